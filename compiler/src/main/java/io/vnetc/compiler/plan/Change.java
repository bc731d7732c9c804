// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.plan;

import io.vnetc.compiler.model.Origin;
import io.vnetc.compiler.state.Resource;
import io.vnetc.compiler.state.ResourceAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All that a plan does to one resource.
 *
 * @param steps in order, at least one; the first from what it was, the last to what it will be
 */
public record Change(List<Step> steps) {
    /** What comes of a resource. */
    public enum Outcome {
        ADD,
        CHANGE,
        /** Taken away and made again. */
        REPLACE,
        REMOVE
    }

    public Change {
        steps = List.copyOf(steps);
    }

    /** The changes of a plan, in the order of their first steps. */
    public static List<Change> of(Plan plan) {
        Map<ResourceAddress, List<Step>> byAddress = new LinkedHashMap<>();
        for (Step step : plan.steps()) {
            byAddress
                    .computeIfAbsent(step.address(), absent -> new ArrayList<>(1))
                    .add(step);
        }
        return byAddress.values().stream().map(Change::new).toList();
    }

    public ResourceAddress address() {
        return steps.get(0).address();
    }

    public Optional<Resource> before() {
        return steps.get(0).before();
    }

    public Optional<Resource> after() {
        return steps.get(steps.size() - 1).after();
    }

    /** The resource as it will be, or as it was where it goes. */
    public Resource resource() {
        return after().or(this::before).orElseThrow();
    }

    /** The place in the source that wants it. */
    public Optional<Origin> origin() {
        return steps.get(0).origin();
    }

    public Outcome outcome() {
        if (before().isEmpty()) {
            return Outcome.ADD;
        }
        if (after().isEmpty()) {
            return Outcome.REMOVE;
        }
        return steps.stream().anyMatch(step -> step.after().isEmpty()) ? Outcome.REPLACE : Outcome.CHANGE;
    }
}
