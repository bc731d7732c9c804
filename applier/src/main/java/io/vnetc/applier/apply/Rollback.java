// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.apply;

import io.vnetc.applier.host.HostContext;
import io.vnetc.applier.kinds.DriverException;
import io.vnetc.compiler.plan.Step;
import io.vnetc.compiler.state.Entry;
import io.vnetc.compiler.state.HostState;
import io.vnetc.compiler.state.ObservedHost;
import io.vnetc.compiler.state.Resource;
import io.vnetc.compiler.state.ResourceAddress;
import io.vnetc.compiler.state.Standing;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Takes steps back, last first, going by what is there and not by what is believed to be done: of each resource the state
 * is before, after or neither. It goes on after a failure.
 */
final class Rollback {
    private final DriverSet drivers;
    private final HostContext host;
    private final Progress progress;
    private final List<String> problems = new ArrayList<>();

    Rollback(DriverSet drivers, HostContext host, Progress progress) {
        this.drivers = drivers;
        this.host = host;
        this.progress = progress;
    }

    /**
     * Takes back what is made of these steps.
     *
     * @param attempted steps that may be made, in the order in which they were tried
     * @param now what is there
     * @return what went wrong, a line each; whether all is as before is for the caller to see
     */
    List<String> run(List<Step> attempted, ObservedHost now) {
        List<Step> back = inverses(attempted, now);
        for (int from = 0; from < back.size(); ) {
            int to = from + 1;
            while (to < back.size()
                    && back.get(to)
                            .address()
                            .kind()
                            .equals(back.get(from).address().kind())) {
                to++;
            }
            take(back.subList(from, to));
            from = to;
        }
        return problems;
    }

    private List<Step> inverses(List<Step> attempted, ObservedHost now) {
        Map<ResourceAddress, Optional<Resource>> current = new HashMap<>();
        List<Step> back = new ArrayList<>();
        for (int i = attempted.size() - 1; i >= 0; i--) {
            Step step = attempted.get(i);
            Optional<Resource> there = current.computeIfAbsent(
                    step.address(), address -> now.state().find(address).map(Entry::resource));
            if (there.equals(step.before())
                    || now.facts().hasEnded(step.resource())
                    || isNotYetReached(there, step, attempted.subList(0, i))) {
                continue;
            }
            if (!there.equals(step.after()) && !mayOverwrite(step, now.state())) {
                problems.add(step.address() + ": somebody else changed it meanwhile; left as it is");
                continue;
            }
            back.add(new Step(there, step.before(), step.standing(), step.origin(), step.impact()));
            current.put(step.address(), step.before());
        }
        return back;
    }

    /** A resource may have several steps: what is there may be what an earlier one began with. */
    private static boolean isNotYetReached(Optional<Resource> there, Step step, List<Step> earlier) {
        return !there.equals(step.after())
                && earlier.stream()
                        .anyMatch(other -> other.address().equals(step.address())
                                && other.before().equals(there));
    }

    /** What is neither before nor after was left half done by a step; or it is not ours, and stays. */
    private static boolean mayOverwrite(Step step, HostState now) {
        boolean isForeign = now.find(step.address())
                .filter(entry -> entry.standing() == Standing.FOREIGN)
                .isPresent();
        return step.standing() == Standing.OWNED && !isForeign;
    }

    private void take(List<Step> batch) {
        List<Step> made = new ArrayList<>();
        try {
            drivers.move(batch, host, step -> {
                made.add(step);
                progress.undone(step);
            });
        } catch (DriverException e) {
            List<Step> rest =
                    batch.stream().filter(step -> !made.contains(step)).toList();
            if (batch.size() == 1) {
                problems.add(rest.get(0).address() + ": " + e.getMessage());
            } else {
                rest.forEach(step -> take(List.of(step)));
            }
        }
    }
}
