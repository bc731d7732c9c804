// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.apply;

import io.vnetc.applier.host.HostContext;
import io.vnetc.applier.kinds.DriverException;
import io.vnetc.compiler.plan.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Takes the steps of a plan in their order, those of one kind that follow each other together. */
final class StepRunner {
    /** So many at once that it pays, so few that a request to stop is heard soon. */
    private static final int MOST_AT_ONCE = 250;

    private final DriverSet drivers;
    private final HostContext host;
    private final StepFault fault;
    private final Progress progress;

    StepRunner(DriverSet drivers, HostContext host, StepFault fault, Progress progress) {
        this.drivers = drivers;
        this.host = host;
        this.fault = fault;
        this.progress = progress;
    }

    /**
     * How far it came.
     *
     * @param attempted steps that are made, or may be, in order
     * @param failure why it went no further; absent when it was asked to stop, or came to the end
     */
    record Run(List<Step> attempted, Optional<Failure> failure, boolean stopped) {}

    Run run(List<Step> steps, BooleanSupplier stop) {
        for (int from = 0; from < steps.size(); ) {
            if (stop.getAsBoolean()) {
                return new Run(steps.subList(0, from), Optional.empty(), true);
            }
            int to = endOfBatch(steps, from);
            Optional<Failure> failure = take(steps.subList(from, to), from);
            if (failure.isPresent()) {
                return new Run(steps.subList(0, to), failure, false);
            }
            from = to;
        }
        return new Run(steps, Optional.empty(), false);
    }

    private Optional<Failure> take(List<Step> batch, int index) {
        List<Step> made = new ArrayList<>();
        Step next = batch.get(0);
        try {
            fault.before(index, next);
            drivers.move(batch, host, step -> {
                made.add(step);
                progress.done(step);
            });
            fault.after(index, next);
            return Optional.empty();
        } catch (DriverException e) {
            Step failed = batch.get(Math.min(made.size(), batch.size() - 1));
            progress.failed(failed, e.getMessage());
            return Optional.of(Failure.at(failed, e));
        }
    }

    private int endOfBatch(List<Step> steps, int from) {
        String kind = steps.get(from).address().kind();
        int longest = fault == StepFault.NONE ? MOST_AT_ONCE : 1;
        int to = from + 1;
        while (to < steps.size()
                && to - from < longest
                && steps.get(to).address().kind().equals(kind)) {
            to++;
        }
        return to;
    }
}
