// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.lower;

import io.vnetc.compiler.kind.Setting;
import io.vnetc.compiler.model.Host;
import io.vnetc.compiler.model.Network;
import io.vnetc.compiler.model.Origin;
import io.vnetc.compiler.model.Uplink;
import io.vnetc.compiler.state.Entry;
import io.vnetc.compiler.state.HostFacts.Feature;
import io.vnetc.dsl.value.InterfaceName;
import io.vnetc.dsl.value.IpFamily;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Forwarding of what comes in by the uplinks; that of a bridge is set on the bridge. {@code ip_forward} is never touched:
 * it would overwrite the setting of every interface.
 */
final class ForwardingLowering {
    private final HostNetworks networks;
    private final Surroundings surroundings;
    private final Carriers carriers;
    private final List<Entry> entries = new ArrayList<>();
    private final List<String> notices;

    private ForwardingLowering(
            HostNetworks networks, Surroundings surroundings, Carriers carriers, List<String> notices) {
        this.networks = networks;
        this.surroundings = surroundings;
        this.carriers = carriers;
        this.notices = notices;
    }

    /** The links by which packets of the family may come back, as far as the source says them. */
    static Set<InterfaceName> ways(HostNetworks networks, IpFamily family) {
        return networks.ours().stream()
                .filter(network -> networks.forwards(network, family))
                .flatMap(network -> declared(networks, network).stream())
                .map(Uplink::link)
                .collect(Collectors.toSet());
    }

    private static List<Uplink> declared(HostNetworks networks, Network network) {
        List<Uplink> via = HostNetworks.via(network);
        return via.isEmpty() ? networks.host().map(Host::uplinks).orElse(List.of()) : via;
    }

    /** The links that packets of a family are forwarded from. */
    static Set<String> links(HostNetworks networks, Surroundings surroundings, Carriers carriers, IpFamily family) {
        return new ForwardingLowering(networks, surroundings, carriers, new ArrayList<>())
                .uplinks(family)
                .keySet();
    }

    /** The settings of links that are not ours; a bridge says by itself whether it forwards. */
    static List<Entry> lower(
            HostNetworks networks, Surroundings surroundings, Carriers carriers, List<String> notices) {
        ForwardingLowering forwarding = new ForwardingLowering(networks, surroundings, carriers, notices);
        Map<String, Origin> ipv4 = forwarding.uplinks(IpFamily.IPV4);
        Map<String, Origin> ipv6 = forwarding.uplinks(IpFamily.IPV6);
        carriers.byBridge().keySet().forEach(bridge -> {
            ipv4.remove(bridge.text());
            ipv6.remove(bridge.text());
        });
        ipv4.forEach((link, origin) -> forwarding.set(link, Setting.Key.IPV4_FORWARDING, 1, origin));
        if (surroundings.features().contains(Feature.FORCE_FORWARDING)) {
            ipv6.forEach((link, origin) -> forwarding.set(link, Setting.Key.IPV6_FORCE_FORWARDING, 1, origin));
        } else {
            forwarding.forwardAllIpv6();
        }
        return forwarding.entries;
    }

    /** By name, the links that packets of the family may come back by, each with the place that wants it. */
    private Map<String, Origin> uplinks(IpFamily family) {
        Map<String, Origin> links = new TreeMap<>();
        for (Network network : networks.ours()) {
            if (networks.forwards(network, family)) {
                List<Uplink> declared = declared(networks, network);
                declared.forEach(uplink ->
                        links.putIfAbsent(carriers.outward(uplink.link().text()), uplink.origin()));
                if (declared.isEmpty()) {
                    surroundings
                            .defaultRouteLinks()
                            .forEach(link -> links.putIfAbsent(carriers.outward(link), network.origin()));
                    noteUnknownUplinks(network);
                }
            }
        }
        return links;
    }

    private void noteUnknownUplinks(Network network) {
        String notice = surroundings.looked()
                ? "network " + network.name() + " (" + network.origin()
                        + ") has no uplink: none is declared and the host"
                        + " has no default route, so nothing is forwarded back to it"
                : "network " + network.name() + " (" + network.origin()
                        + ") names no uplink: forwarding is set on the links"
                        + " that carry the host's default routes, which are known on the host only";
        if (surroundings.defaultRouteLinks().isEmpty() && !notices.contains(notice)) {
            notices.add(notice);
        }
    }

    /** Without force_forwarding there is one switch for all links, and hosts that forward ignore advertisements. */
    private void forwardAllIpv6() {
        networks.ours().stream()
                .filter(network -> networks.forwards(network, IpFamily.IPV6))
                .findFirst()
                .ifPresent(network -> {
                    surroundings.advertisedLinks().stream()
                            .sorted()
                            .forEach(link -> set(link, Setting.Key.IPV6_ACCEPT_RA, 2, network.origin()));
                    set(Setting.ALL, Setting.Key.IPV6_FORWARDING, 1, network.origin());
                });
    }

    private void set(String link, Setting.Key key, long value, Origin origin) {
        // A link of ours has it from its own step.
        if (!networks.makes(link)) {
            entries.add(Entry.borrowed(new Setting(link, key, value), origin));
        }
    }
}
