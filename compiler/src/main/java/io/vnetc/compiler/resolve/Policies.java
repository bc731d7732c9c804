// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.resolve;

import io.vnetc.compiler.model.Guest;
import io.vnetc.compiler.model.Network;
import io.vnetc.compiler.model.Policy;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What may pass to guests, which is known only when the guests are. */
final class Policies {
    private final PolicyResolver policies;
    private final Placement placement;
    private final Map<String, Network> byName;

    Policies(PolicyResolver policies, Placement placement, Map<String, Network> byName) {
        this.policies = policies;
        this.placement = placement;
        this.byName = byName;
    }

    /** The networks with theirs. */
    List<Network> networks(Collection<io.vnetc.dsl.vnet.Network> written, List<Network> networks) {
        Map<String, Policy> found = new HashMap<>();
        for (io.vnetc.dsl.vnet.Network declaration : written) {
            Optional.ofNullable(byName.get(declaration.getName()))
                    .ifPresent(network -> found.put(
                            network.name(), policies.resolve(declaration, network, placement.of(declaration))));
        }
        return networks.stream()
                .map(network -> network.with(found.getOrDefault(network.name(), network.policy())))
                .toList();
    }

    /** The guests, with isolated ports where their networks let them reach no other guest. */
    static List<Guest> apart(List<Network> networks, List<Guest> guests) {
        Set<String> apart = networks.stream()
                .filter(network -> network.policy().isolates())
                .map(Network::name)
                .collect(Collectors.toSet());
        return guests.stream()
                .map(guest -> guest.with(guest.nics().stream()
                        .map(nic -> nic.network().filter(apart::contains).isPresent()
                                ? nic.with(nic.port().isolatedFromOthers())
                                : nic)
                        .toList()))
                .toList();
    }
}
