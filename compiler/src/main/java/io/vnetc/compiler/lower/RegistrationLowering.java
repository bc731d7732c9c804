// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.lower;

import io.vnetc.compiler.kind.Registration;
import io.vnetc.compiler.model.Network;
import io.vnetc.compiler.model.Subnet;
import io.vnetc.compiler.render.dnsmasq.DnsmasqText;
import io.vnetc.compiler.state.Entry;
import io.vnetc.compiler.state.HostFacts.Feature;
import java.util.ArrayList;
import java.util.List;

/** The domains that the host itself asks its networks' resolvers for. */
final class RegistrationLowering {
    private RegistrationLowering() {}

    static List<Entry> lower(HostNetworks networks, Surroundings surroundings, List<String> notices) {
        List<Entry> entries = new ArrayList<>();
        for (Network network : networks.networks()) {
            network.domain()
                    .filter(Network.Domain::registered)
                    .filter(domain -> DnsmasqText.isNeeded(network))
                    .ifPresent(domain -> {
                        if (surroundings.features().contains(Feature.RESOLVED)) {
                            entries.add(Entry.owned(registration(network, domain), network.origin()));
                        } else {
                            notices.add("the host itself is not told of the domain " + domain.name() + " of network "
                                    + network.name() + ": no systemd-resolved runs here");
                        }
                    });
        }
        return entries;
    }

    private static Registration registration(Network network, Network.Domain domain) {
        return new Registration(
                network.bridge().name(),
                network.owner(),
                network.subnets().stream()
                        .map(Subnet::gateway)
                        .flatMap(gateway -> gateway.stream())
                        .toList(),
                List.of(domain.name()));
    }
}
