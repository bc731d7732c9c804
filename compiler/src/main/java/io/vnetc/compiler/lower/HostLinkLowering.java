// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.lower;

import io.vnetc.compiler.kind.BondMember;
import io.vnetc.compiler.kind.BridgeAddress;
import io.vnetc.compiler.kind.BridgePort;
import io.vnetc.compiler.kind.HostLink.Speaking;
import io.vnetc.compiler.kind.Route;
import io.vnetc.compiler.link.LinkOptions;
import io.vnetc.compiler.model.Forwarding;
import io.vnetc.compiler.model.Guest;
import io.vnetc.compiler.model.HostLink;
import io.vnetc.compiler.model.Network;
import io.vnetc.compiler.state.Entry;
import io.vnetc.dsl.value.InterfaceName;
import io.vnetc.dsl.value.IpFamily;
import io.vnetc.dsl.value.MacAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The links that the host makes for itself, with their members, addresses and routes. */
final class HostLinkLowering {
    private final HostNetworks networks;
    private final List<Guest> guests;
    private final List<Entry> entries = new ArrayList<>();

    private HostLinkLowering(HostNetworks networks, List<Guest> guests) {
        this.networks = networks;
        this.guests = guests;
    }

    static List<Entry> lower(HostNetworks networks, List<Guest> guests) {
        HostLinkLowering lowering = new HostLinkLowering(networks, guests);
        networks.host().ifPresent(host -> host.links().forEach(lowering::lower));
        return lowering.entries;
    }

    private void lower(HostLink link) {
        add(link, link.name(), Optional.empty(), link.mac(), speaking(link));
        link.peer().ifPresent(peer -> add(link, peer, Optional.of(link.name()), link.peerMac(), ofOthers(peer, false)));
        for (InterfaceName member : link.members()) {
            boolean primary = link.primary().equals(Optional.of(member));
            entries.add(Entry.borrowed(new BondMember(member, Optional.of(link.name()), primary, true), link.origin()));
        }
        link.addresses()
                .forEach(address ->
                        entries.add(Entry.owned(new BridgeAddress(link.name(), link.owner(), address), link.origin())));
        link.routes()
                .forEach(route -> entries.add(Entry.owned(
                        new Route(
                                route.destination(),
                                route.metric()
                                        .orElseGet(() -> Route.defaultMetric(
                                                route.destination().family())),
                                link.name(),
                                link.owner(),
                                route.gateway()),
                        route.origin())));
    }

    private Speaking speaking(HostLink link) {
        return ofOthers(link.name(), link.addresses().stream().anyMatch(address -> address.family() == IpFamily.IPV6));
    }

    /** What networks want that go by the link, beside what it says itself. */
    private Speaking ofOthers(InterfaceName name, boolean ipv6) {
        return new Speaking(
                ForwardingLowering.ways(networks, IpFamily.IPV4).contains(name),
                ipv6,
                ipv6 && ForwardingLowering.ways(networks, IpFamily.IPV6).contains(name));
    }

    /** One link, or one end of a pair. */
    private void add(
            HostLink link,
            InterfaceName name,
            Optional<InterfaceName> firstEnd,
            Optional<MacAddress> mac,
            Speaking speaking) {
        Optional<Network> network = networks.networks().stream()
                .filter(each -> each.forwarding() instanceof Forwarding.ManagedBridge managed
                        && managed.via().stream()
                                .anyMatch(uplink -> uplink.link().equals(name)))
                .findFirst();
        BridgePort port = network.map(each -> UplinkLowering.port(
                        ((Forwarding.ManagedBridge) each.forwarding()).port(), UplinkLowering.trunk(each, guests)))
                .orElse(BridgePort.DEFAULT);
        entries.add(Entry.owned(
                new io.vnetc.compiler.kind.HostLink(
                        name,
                        link.owner(),
                        link.type(),
                        firstEnd.isPresent() ? LinkOptions.NONE : link.options(),
                        firstEnd.or(link::lower),
                        firstEnd.isPresent() ? Optional.empty() : link.peer(),
                        mac,
                        link.mtu(),
                        speaking,
                        network.map(each -> each.bridge().name()),
                        port,
                        true),
                link.origin()));
    }
}
