// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.apply;

import io.vnetc.compiler.kind.Kinds;
import io.vnetc.compiler.plan.Step;
import io.vnetc.compiler.state.Entry;
import io.vnetc.compiler.state.HostState;
import io.vnetc.compiler.state.Resource;
import io.vnetc.compiler.state.ResourceAddress;
import io.vnetc.compiler.state.Standing;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is borrowed, and what it was before.
 *
 * @param former values by address
 */
record Ledger(SortedMap<ResourceAddress, Resource> former) {
    static final Ledger EMPTY = new Ledger(new TreeMap<>());

    Ledger {
        former = Collections.unmodifiableSortedMap(new TreeMap<>(former));
    }

    /** The state, in which what is in this ledger is borrowed. */
    HostState mark(HostState observed) {
        return HostState.of(observed.entries().values().stream().map(this::mark).toList());
    }

    private Entry mark(Entry entry) {
        Resource before = former.get(entry.resource().address());
        return before == null
                ? entry
                : new Entry(entry.resource(), Standing.BORROWED, Optional.of(before), entry.origin());
    }

    /** With what these steps borrow; what was borrowed before keeps the value that it had first. */
    Ledger borrowing(List<Step> steps) {
        TreeMap<ResourceAddress, Resource> all = new TreeMap<>(former);
        for (Step step : steps) {
            if (step.standing() == Standing.BORROWED) {
                step.before().ifPresent(before -> all.putIfAbsent(step.address(), before));
            }
        }
        return new Ledger(all);
    }

    /** Without what has its former value again, and without what is gone. */
    Ledger settled(HostState observed) {
        TreeMap<ResourceAddress, Resource> open = new TreeMap<>(former);
        open.entrySet()
                .removeIf(entry -> observed.find(entry.getKey())
                        .map(Entry::resource)
                        .filter(now ->
                                !Kinds.TABLE.givenBack(entry.getValue(), now).equals(now))
                        .isEmpty());
        return new Ledger(open);
    }
}
