// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.apply;

import io.vnetc.applier.kinds.DriverException;
import io.vnetc.compiler.model.Origin;
import io.vnetc.compiler.plan.Step;
import java.util.Optional;

/**
 * Why an apply did not come to its end.
 *
 * @param what went wrong, in the words of the kernel or the program
 * @param step that it was at; absent where it was none, as when the host was looked at again
 * @param remedy what to do, where somebody knows
 */
public record Failure(String what, Optional<Step> step, Optional<String> remedy) {
    static Failure at(Step step, DriverException e) {
        return new Failure(e.getMessage(), Optional.of(step), e.remedy());
    }

    static Failure looking(DriverException e) {
        return new Failure(e.getMessage(), Optional.empty(), e.remedy());
    }

    /** The place in the source that wanted the step. */
    public Optional<Origin> origin() {
        return step.flatMap(Step::origin);
    }
}
