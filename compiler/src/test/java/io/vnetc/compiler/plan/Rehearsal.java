// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.vnetc.compiler.state.Claim;
import io.vnetc.compiler.state.Entry;
import io.vnetc.compiler.state.HostState;
import io.vnetc.compiler.state.KindTable;
import io.vnetc.compiler.state.Resource;
import io.vnetc.compiler.state.ResourceAddress;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** A host in memory that takes a step only where the kernel would take it and nothing else would be lost by it. */
final class Rehearsal {
    private final KindTable kinds;
    private final TreeMap<ResourceAddress, Resource> state = new TreeMap<>();

    Rehearsal(KindTable kinds, HostState start) {
        this.kinds = kinds;
        state.putAll(resources(start));
    }

    SortedMap<ResourceAddress, Resource> state() {
        return state;
    }

    static SortedMap<ResourceAddress, Resource> resources(HostState host) {
        TreeMap<ResourceAddress, Resource> resources = new TreeMap<>();
        host.entries().forEach((address, entry) -> resources.put(address, entry.resource()));
        return resources;
    }

    static SortedMap<ResourceAddress, Resource> resources(Collection<Entry> entries) {
        return resources(HostState.of(entries));
    }

    Rehearsal take(List<Step> steps) {
        steps.forEach(this::take);
        return this;
    }

    Rehearsal takeBack(List<Step> steps) {
        for (int i = steps.size() - 1; i >= 0; i--) {
            Step step = steps.get(i).inverse();
            move(step);
            complete(step);
        }
        return this;
    }

    private void take(Step step) {
        if (step.before().isPresent()) {
            for (Resource other : state.values()) {
                assertThat(!other.address().equals(step.address())
                                && shares(step.before().get(), other)
                                && kinds.drags(step.before().get(), step.after(), other))
                        .as("%s drags %s along", step, other)
                        .isFalse();
            }
        }
        move(step);
        complete(step);
    }

    private static boolean shares(Resource resource, Resource other) {
        return other.needs().stream()
                .anyMatch(need ->
                        resource.claims().contains(need) || resource.needs().contains(need));
    }

    private void move(Step step) {
        assertThat(Optional.ofNullable(state.get(step.address())))
                .as("what %s finds", step)
                .isEqualTo(step.before());
        step.after().ifPresentOrElse(after -> state.put(step.address(), after), () -> state.remove(step.address()));
    }

    private void complete(Step step) {
        Map<Claim, ResourceAddress> held = new HashMap<>();
        for (Resource resource : state.values()) {
            for (Claim claim : resource.claims()) {
                assertThat(held.put(claim, resource.address()))
                        .as("who also holds %s of %s after %s", claim, resource.address(), step)
                        .isNull();
            }
        }
        for (Resource resource : state.values()) {
            assertThat(state.values().stream()
                            .filter(other -> other != resource)
                            .flatMap(other -> other.needs().stream())
                            .filter(resource.bars()::contains))
                    .as("what others need of what %s bars after %s", resource.address(), step)
                    .isEmpty();
            Set<Claim> unmet = new HashSet<>(resource.needs());
            unmet.removeAll(held.keySet());
            assertThat(unmet)
                    .as("unmet needs of %s after %s", resource.address(), step)
                    .isEmpty();
        }
    }
}
