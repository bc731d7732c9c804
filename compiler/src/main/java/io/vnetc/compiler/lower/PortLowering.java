// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.lower;

import io.vnetc.compiler.kind.BridgePort;
import io.vnetc.compiler.kind.BridgeSwitching;
import io.vnetc.compiler.kind.PortVlan;
import io.vnetc.compiler.model.Model;
import io.vnetc.compiler.model.Network;
import io.vnetc.compiler.model.Nic;
import io.vnetc.compiler.model.PortOption;
import io.vnetc.compiler.model.PortSettings;
import io.vnetc.compiler.model.Switching;
import io.vnetc.compiler.model.Vlan;
import io.vnetc.dsl.value.IpFamily;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * How the bridges of networks and their guests' ports are set.
 *
 * <p>The host's own address in a network is in VLAN 1, as any port of which nothing is said. A guest that has a VLAN to
 * itself reaches it all the same, and no guest of another VLAN: what it sends goes to the host without its tag, and what
 * the host sends comes to it out of VLAN 1. The bridge is told the guest's address, for it learns in each VLAN apart, and
 * would send what the host has for one guest to all of them.
 */
final class PortLowering {
    private static final int HOST_VLAN = PortVlan.DEFAULT.first();

    private final Map<String, List<Nic>> nics;

    PortLowering(Model model) {
        this.nics = model.nicsByNetwork();
    }

    /** How a bridge of ours forwards, for the guests that are plugged into it. */
    BridgeSwitching switching(Network network) {
        Switching wanted = network.bridge().switching();
        boolean filtering = false;
        TreeSet<Integer> shared = new TreeSet<>();
        for (Nic nic : nics.getOrDefault(network.name(), List.of())) {
            filtering |= vlans(nic, network).isPresent();
            if (sharesHost(nic, network)) {
                nic.port().vlan().flatMap(Vlan::untagged).ifPresent(shared::add);
            }
        }
        return new BridgeSwitching(
                wanted.stpPriority(),
                wanted.multicastSnooping(),
                filtering,
                wanted.vlanProtocol(),
                new BridgeSwitching.Timers(
                        hundredths(wanted.timers().hello()),
                        hundredths(wanted.timers().maxAge()),
                        hundredths(wanted.timers().ageing())),
                new ArrayList<>(shared));
    }

    /** In steps of 20 ms, which every kernel keeps as they are. */
    static int hundredths(Duration time) {
        return (int) (time.toMillis() / 20 * 2);
    }

    /** The options of a port that are on. */
    static SortedSet<PortOption> on(PortSettings wanted) {
        return wanted.options().entrySet().stream()
                .filter(Map.Entry::getValue)
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** How the port of a guest is set. */
    static BridgePort port(Nic nic, Network network) {
        PortSettings wanted = nic.port();
        boolean managed = network.bridge().switching().managedTable();
        boolean known = managed || sharesHost(nic, network);
        return new BridgePort(
                wanted.isolated().orElse(false),
                wanted.hairpin().orElse(false),
                wanted.learning().orElse(!managed),
                wanted.flood().orElse(!managed),
                wanted.cost().orElse(BridgePort.DEFAULT_COST),
                wanted.priority().orElse(BridgePort.DEFAULT_PRIORITY),
                vlans(nic, network).orElse(BridgePort.DEFAULT.vlans()),
                on(wanted),
                known ? List.of(nic.mac()) : List.of());
    }

    private static Optional<List<PortVlan>> vlans(Nic nic, Network network) {
        return nic.port()
                .vlan()
                .map(vlan -> {
                    List<PortVlan> vlans = new ArrayList<>();
                    vlan.tagged()
                            .forEach(range -> vlans.add(new PortVlan(
                                    Math.toIntExact(range.first()), Math.toIntExact(range.last()), false, false)));
                    vlan.untagged().ifPresent(tag -> vlans.add(new PortVlan(tag, tag, true, !vlan.keepsTag())));
                    if (sharesHost(nic, network)) {
                        vlans.add(new PortVlan(HOST_VLAN, HOST_VLAN, false, true));
                    }
                    return PortVlan.canonical(vlans);
                })
                .filter(vlans -> !vlans.equals(BridgePort.DEFAULT.vlans()));
    }

    /** Whether the guest is in a VLAN that the host is not in, and reaches the host's address in the network. */
    private static boolean sharesHost(Nic nic, Network network) {
        return HostNetworks.isOurs(network)
                && (HostNetworks.speaks(network, IpFamily.IPV4) || HostNetworks.speaks(network, IpFamily.IPV6))
                && nic.port()
                        .vlan()
                        .filter(vlan -> !vlan.keepsTag()
                                && vlan.untagged()
                                        .filter(tag -> tag != HOST_VLAN)
                                        .isPresent()
                                && vlan.tagged().stream().noneMatch(range -> range.first() <= HOST_VLAN))
                        .isPresent();
    }
}
