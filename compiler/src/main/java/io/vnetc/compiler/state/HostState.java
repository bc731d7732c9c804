// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.state;

import java.util.Collection;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The resources of one host, by address. */
public record HostState(SortedMap<ResourceAddress, Entry> entries) {
    public static final HostState EMPTY = new HostState(new TreeMap<>());

    public HostState {
        entries = Collections.unmodifiableSortedMap(new TreeMap<>(entries));
    }

    /**
     * The state of these.
     *
     * @throws IllegalArgumentException when two have one address
     */
    public static HostState of(Collection<Entry> entries) {
        TreeMap<ResourceAddress, Entry> byAddress = new TreeMap<>();
        for (Entry entry : entries) {
            if (byAddress.put(entry.resource().address(), entry) != null) {
                throw new IllegalArgumentException(
                        "twice in one state: " + entry.resource().address());
            }
        }
        return new HostState(byAddress);
    }

    public Optional<Entry> find(ResourceAddress address) {
        return Optional.ofNullable(entries.get(address));
    }
}
