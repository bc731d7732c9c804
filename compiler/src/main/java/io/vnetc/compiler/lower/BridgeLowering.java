// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.lower;

import io.vnetc.compiler.kind.Bridge;
import io.vnetc.compiler.kind.BridgeAddress;
import io.vnetc.compiler.kind.Route;
import io.vnetc.compiler.model.Forwarding;
import io.vnetc.compiler.model.Network;
import io.vnetc.compiler.model.StaticRoute;
import io.vnetc.compiler.model.Subnet;
import io.vnetc.compiler.state.Entry;
import io.vnetc.dsl.value.InterfaceAddress;
import io.vnetc.dsl.value.IpAddress;
import io.vnetc.dsl.value.IpFamily;
import io.vnetc.dsl.value.MacAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The bridge of a network, with its addresses and routes. */
final class BridgeLowering {
    private final HostNetworks networks;
    private final PortLowering ports;
    private final Carriers carriers;
    private final Map<IpFamily, Set<String>> forwardingLinks;

    /**
     * Prepares it.
     *
     * @param forwardingLinks the links that packets of a family are forwarded from, bridges that carry an uplink's among them
     */
    BridgeLowering(
            HostNetworks networks, PortLowering ports, Carriers carriers, Map<IpFamily, Set<String>> forwardingLinks) {
        this.networks = networks;
        this.ports = ports;
        this.carriers = carriers;
        this.forwardingLinks = forwardingLinks;
    }

    List<Entry> lower(Network network) {
        List<Entry> entries = new ArrayList<>();
        entries.add(Entry.owned(bridge(network), network.origin()));
        for (Subnet subnet : network.subnets()) {
            subnet.gateway()
                    .map(gateway ->
                            new InterfaceAddress(gateway, subnet.network().length()))
                    .ifPresent(address -> entries.add(Entry.owned(address(network, address), subnet.origin())));
        }
        if (speaksIpv6(network)) {
            entries.add(Entry.owned(address(network, linkLocal(mac(network))), network.origin()));
        }
        for (StaticRoute route : network.routes()) {
            entries.add(Entry.owned(route(network, route), route.origin()));
        }
        return entries;
    }

    private Bridge bridge(Network network) {
        return new Bridge(
                network.bridge().name(),
                network.owner(),
                mac(network),
                network.bridge().mtu(),
                network.bridge().stp(),
                PortLowering.hundredths(network.bridge().forwardDelay()),
                ports.switching(network),
                forwards(network, IpFamily.IPV4),
                speaksIpv6(network),
                forwards(network, IpFamily.IPV6),
                true,
                network.lifecycle().isProtected(),
                carriers.of(network.bridge().name()));
    }

    private boolean speaksIpv6(Network network) {
        return HostNetworks.speaks(network, IpFamily.IPV6)
                || carriers.speaks(network.bridge().name(), IpFamily.IPV6);
    }

    private boolean forwards(Network network, IpFamily family) {
        return networks.forwards(network, family)
                || forwardingLinks
                        .getOrDefault(family, Set.of())
                        .contains(network.bridge().name().text());
    }

    private MacAddress mac(Network network) {
        boolean own = network.forwarding() instanceof Forwarding.ManagedBridge managed && managed.ownMac();
        return own
                ? network.bridge().mac()
                : carriers.mac(network.bridge().name()).orElse(network.bridge().mac());
    }

    private static BridgeAddress address(Network network, InterfaceAddress address) {
        return new BridgeAddress(network.bridge().name(), network.owner(), address);
    }

    /**
     * The address that router advertisements come from (RFC 4291 appendix A). The kernel would make one only when a first
     * guest is plugged in, and try it out for a second.
     */
    static InterfaceAddress linkLocal(MacAddress mac) {
        byte[] octets = mac.toBytes();
        byte[] address = {
            (byte) 0xfe,
            (byte) 0x80,
            0,
            0,
            0,
            0,
            0,
            0,
            (byte) (octets[0] ^ 2),
            octets[1],
            octets[2],
            (byte) 0xff,
            (byte) 0xfe,
            octets[3],
            octets[4],
            octets[5]
        };
        return new InterfaceAddress(IpAddress.ofBytes(address), 64);
    }

    private static Route route(Network network, StaticRoute route) {
        return new Route(
                route.destination(),
                route.metric()
                        .orElseGet(() -> Route.defaultMetric(route.destination().family())),
                network.bridge().name(),
                network.owner(),
                route.gateway());
    }
}
