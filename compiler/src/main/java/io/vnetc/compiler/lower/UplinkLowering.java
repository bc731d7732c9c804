// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.lower;

import io.vnetc.compiler.kind.BridgePort;
import io.vnetc.compiler.kind.LinkSetting;
import io.vnetc.compiler.kind.PortVlan;
import io.vnetc.compiler.kind.UplinkPort;
import io.vnetc.compiler.model.Forwarding;
import io.vnetc.compiler.model.Guest;
import io.vnetc.compiler.model.Network;
import io.vnetc.compiler.model.PortSettings;
import io.vnetc.compiler.model.Uplink;
import io.vnetc.compiler.state.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The host's links that are ports of bridges of ours. */
final class UplinkLowering {
    private UplinkLowering() {}

    static List<Entry> lower(HostNetworks networks, Carriers carriers, List<Guest> guests) {
        List<Entry> ports = new ArrayList<>();
        for (Network network : networks.networks()) {
            if (network.forwarding() instanceof Forwarding.ManagedBridge managed) {
                for (Uplink uplink : managed.via()) {
                    if (networks.makes(uplink.link().text())) {
                        // It says itself of which bridge it is a port.
                        continue;
                    }
                    ports.add(Entry.borrowed(
                            new UplinkPort(
                                    uplink.link(),
                                    Optional.of(network.bridge().name()),
                                    port(managed.port(), trunk(network, guests)),
                                    true,
                                    carriers.carried(
                                            uplink.link(), network.bridge().name())),
                            network.origin()));
                }
            }
        }
        networks.host()
                .ifPresent(host -> host.uplinks().forEach(uplink -> {
                    uplink.mtu().ifPresent(mtu -> ports.add(setting(uplink, LinkSetting.Key.MTU, mtu)));
                    uplink.mac().ifPresent(mac -> ports.add(setting(uplink, LinkSetting.Key.MAC, mac)));
                }));
        return ports;
    }

    private static Entry setting(Uplink uplink, LinkSetting.Key key, Object value) {
        return Entry.borrowed(new LinkSetting(uplink.link(), key, value.toString()), uplink.origin());
    }

    /** All VLANs of the guests, with their tags, beside what has none: as the port of a switch that they lead to. */
    static List<PortVlan> trunk(Network network, List<Guest> guests) {
        List<PortVlan> vlans = new ArrayList<>(BridgePort.DEFAULT.vlans());
        guests.stream()
                .flatMap(guest -> guest.nics().stream())
                .filter(nic -> nic.isOn(network.name()))
                .flatMap(nic -> PortLowering.port(nic, network).vlans().stream())
                .filter(vlan -> vlan.first() != PortVlan.DEFAULT.first())
                .map(vlan -> new PortVlan(vlan.first(), vlan.last(), false, false))
                .distinct()
                .forEach(vlans::add);
        return PortVlan.canonical(vlans);
    }

    static BridgePort port(PortSettings wanted, List<PortVlan> vlans) {
        return new BridgePort(
                wanted.isolated().orElse(false),
                wanted.hairpin().orElse(false),
                wanted.learning().orElse(true),
                wanted.flood().orElse(true),
                wanted.cost().orElse(BridgePort.DEFAULT_COST),
                wanted.priority().orElse(BridgePort.DEFAULT_PRIORITY),
                vlans,
                PortLowering.on(wanted),
                List.of());
    }
}
