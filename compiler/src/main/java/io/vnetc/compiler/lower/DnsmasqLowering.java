// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.lower;

import io.vnetc.compiler.kind.Dnsmasq;
import io.vnetc.compiler.model.Network;
import io.vnetc.compiler.render.dnsmasq.DnsmasqPlace;
import io.vnetc.compiler.render.dnsmasq.DnsmasqText;
import io.vnetc.compiler.state.Entry;
import java.util.List;

/** The dnsmasq of each network that needs one. */
final class DnsmasqLowering {
    private DnsmasqLowering() {}

    static List<Entry> lower(HostNetworks networks, Surroundings surroundings) {
        List<Network> served =
                networks.networks().stream().filter(DnsmasqText::isNeeded).toList();
        if (served.isEmpty()) {
            return List.of();
        }
        DnsmasqText text = new DnsmasqText();
        return served.stream()
                .map(network -> Entry.owned(dnsmasq(network, text, surroundings), network.origin()))
                .toList();
    }

    private static Dnsmasq dnsmasq(Network network, DnsmasqText text, Surroundings surroundings) {
        String identity = network.lifecycle().identity();
        DnsmasqPlace place = new DnsmasqPlace(
                surroundings.paths().dnsmasqDirectory(identity),
                surroundings.paths().leaseFile(identity));
        return new Dnsmasq(
                identity,
                network.owner(),
                network.bridge().name(),
                place.directory(),
                text.configuration(network, place),
                text.dhcpHosts(network),
                text.dnsHosts(network),
                true);
    }
}
