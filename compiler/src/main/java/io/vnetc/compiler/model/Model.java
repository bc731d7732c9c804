// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.model;

import java.util.List;

/**
 * A whole source, resolved, for all of its hosts.
 *
 * @param hosts sorted by name
 * @param networks sorted by name
 * @param guests sorted by name
 * @param pools sorted by name
 * @param permissions between networks, in source order
 */
public record Model(
        List<Host> hosts, List<Network> networks, List<Guest> guests, List<Pool> pools, List<Permission> permissions) {
    public Model {
        hosts = List.copyOf(hosts);
        networks = List.copyOf(networks);
        guests = List.copyOf(guests);
        pools = List.copyOf(pools);
        permissions = List.copyOf(permissions);
    }

    /** A model with no pools and no rules. */
    public Model(List<Host> hosts, List<Network> networks, List<Guest> guests) {
        this(hosts, networks, guests, List.of(), List.of());
    }
}
