// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.promises;

import io.vnetc.applier.apply.StepFault;
import io.vnetc.applier.kinds.DriverException;
import io.vnetc.compiler.plan.Step;
import java.util.Optional;

/**
 * A moment in an apply at which something happens once: a step fails before anything is done, or when all of it is done
 * and nobody was told yet.
 */
final class Moment implements StepFault {
    /** The kernel's words. */
    static final String WORDS = "ENOBUFS (No buffer space available)";

    private final int index;
    private final boolean after;
    private Optional<Step> met = Optional.empty();

    Moment(int index, boolean after) {
        this.index = index;
        this.after = after;
    }

    /** The step that failed; absent where the apply had fewer steps. */
    Optional<Step> met() {
        return met;
    }

    @Override
    public void before(int step, Step taken) throws DriverException {
        fail(step, taken, false);
    }

    @Override
    public void after(int step, Step taken) throws DriverException {
        fail(step, taken, true);
    }

    private void fail(int step, Step taken, boolean made) throws DriverException {
        if (step == index && made == after) {
            met = Optional.of(taken);
            throw new DriverException("cannot move " + taken.address(), WORDS, "Try it on a kernel without this test.");
        }
    }

    @Override
    public String toString() {
        return (after ? "after" : "before") + " step " + index
                + met.map(step -> " (" + step.action() + " " + step.address() + ")")
                        .orElse("");
    }
}
