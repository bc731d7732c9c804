// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.model;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A whole source, resolved, for all of its hosts.
 *
 * @param hosts sorted by name
 * @param networks sorted by name
 * @param guests sorted by name
 * @param pools sorted by name
 * @param cables between guests, in source order
 * @param permissions between networks, in source order
 */
public record Model(
        List<Host> hosts,
        List<Network> networks,
        List<Guest> guests,
        List<Pool> pools,
        List<Cable> cables,
        List<Permission> permissions) {
    public Model {
        hosts = List.copyOf(hosts);
        networks = List.copyOf(networks);
        guests = List.copyOf(guests);
        pools = List.copyOf(pools);
        cables = List.copyOf(cables);
        permissions = List.copyOf(permissions);
    }

    /** The cards of all guests that are plugged into a network, by its name. */
    public Map<String, List<Nic>> nicsByNetwork() {
        return guests.stream()
                .flatMap(guest -> guest.nics().stream())
                .filter(nic -> nic.network().isPresent())
                .collect(Collectors.groupingBy(nic -> nic.network().get()));
    }

    /** A model with no pools, cables and rules. */
    public Model(List<Host> hosts, List<Network> networks, List<Guest> guests) {
        this(hosts, networks, guests, List.of(), List.of(), List.of());
    }
}
