// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.model;

import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How ports of a bridge are set; what is absent is not said here.
 *
 * @param isolated whether it reaches no other isolated port
 * @param vlan its VLANs
 * @param virtualport what a switch is told of it
 * @param trustFilters whether the guest's own receive filters are believed
 * @param hairpin whether a frame may leave by the port that it came in by
 * @param learning whether source addresses are learned on it
 * @param flood whether unicast to unknown addresses is sent to it
 * @param cost 1 to 65535, of the spanning tree
 * @param priority 0 to 63, of the spanning tree
 * @param options each that is said to be on or off
 */
public record PortSettings(
        Optional<Boolean> isolated,
        Optional<Vlan> vlan,
        Optional<Virtualport> virtualport,
        Optional<Boolean> trustFilters,
        Optional<Boolean> hairpin,
        Optional<Boolean> learning,
        Optional<Boolean> flood,
        Optional<Integer> cost,
        Optional<Integer> priority,
        SortedMap<PortOption, Boolean> options) {
    public static final PortSettings NONE = new PortSettings(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            new TreeMap<>());

    public PortSettings {
        options = Collections.unmodifiableSortedMap(new TreeMap<>(options));
    }

    /** The same, reaching no other isolated port. */
    public PortSettings isolatedFromOthers() {
        return new PortSettings(
                Optional.of(true), vlan, virtualport, trustFilters, hairpin, learning, flood, cost, priority, options);
    }
}
