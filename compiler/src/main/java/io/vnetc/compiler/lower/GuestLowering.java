// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.lower;

import io.vnetc.compiler.kind.BridgePort;
import io.vnetc.compiler.kind.Macvtap;
import io.vnetc.compiler.kind.Tap;
import io.vnetc.compiler.model.Attachment;
import io.vnetc.compiler.model.Bridge;
import io.vnetc.compiler.model.Forwarding;
import io.vnetc.compiler.model.Guest;
import io.vnetc.compiler.model.Network;
import io.vnetc.compiler.model.Nic;
import io.vnetc.compiler.plan.Conflict;
import io.vnetc.compiler.render.qemu.QemuArguments;
import io.vnetc.compiler.state.Entry;
import io.vnetc.compiler.state.Resource;
import io.vnetc.dsl.value.InterfaceName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What guests' cards are on the host, and what plugs the guests into it. */
final class GuestLowering {
    private final HostNetworks networks;
    private final Surroundings surroundings;
    private final List<Entry> taps = new ArrayList<>();
    private final List<QemuArguments> arguments = new ArrayList<>();
    private final List<Entry> plugged = new ArrayList<>();
    private final List<String> notices;
    private final List<Conflict> conflicts;
    private final SwitchingObstacles obstacles;

    GuestLowering(
            HostNetworks networks,
            Surroundings surroundings,
            SwitchingObstacles obstacles,
            List<String> notices,
            List<Conflict> conflicts) {
        this.networks = networks;
        this.surroundings = surroundings;
        this.obstacles = obstacles;
        this.notices = notices;
        this.conflicts = conflicts;
    }

    List<Entry> taps() {
        return taps;
    }

    List<Entry> plugs() {
        return plugged;
    }

    List<QemuArguments> arguments() {
        return arguments;
    }

    void lower(Guest guest) {
        List<QemuArguments.Plug> plugs = new ArrayList<>();
        for (Nic nic : guest.nics()) {
            if (!networks.has(nic)) {
                continue;
            }
            Optional<Network> network = networks.network(nic);
            int mtu = nic.mtu()
                    .orElse(network.map(Network::bridge).map(Bridge::mtu).orElse(QemuArguments.ETHERNET_MTU));
            if (nic.attachment() instanceof Attachment.Function function) {
                obstacles.function(nic, function);
            } else if (nic.attachment().isOfHost()) {
                taps.add(Entry.owned(link(nic, network.orElseThrow(), mtu), nic.origin()));
            }
            plugs.add(new QemuArguments.Plug(nic, mtu));
        }
        if (!plugs.isEmpty()) {
            QemuArguments started = QemuArguments.of(guest.name(), plugs, surroundings.qemu(networks.host()));
            arguments.add(started);
            plugged.addAll(PlugLowering.lower(guest, started));
        }
    }

    private Resource link(Nic nic, Network network, int mtu) {
        if (network.forwarding() instanceof Forwarding.Macvtap forwarding
                && nic.attachment() instanceof Attachment.Macvtap macvtap) {
            obstacles.macvtap(nic);
            return macvtap(nic, macvtap, forwarding, mtu);
        }
        return tap(nic, nic.attachment().link().orElseThrow(), network, mtu);
    }

    private static Macvtap macvtap(Nic nic, Attachment.Macvtap link, Forwarding.Macvtap macvtap, int mtu) {
        Macvtap.Mode mode = switch (macvtap.mode()) {
            case PRIVATE -> Macvtap.Mode.PRIVATE;
            case VEPA -> Macvtap.Mode.VEPA;
            case BRIDGE -> Macvtap.Mode.BRIDGE;
            case PASSTHROUGH -> Macvtap.Mode.PASSTHROUGH;
        };
        return new Macvtap(
                link.name(),
                nic.owner(),
                link.lower(),
                mode,
                nic.mac(),
                mtu,
                nic.card().linkUp(),
                nic.lifecycle().isProtected());
    }

    private Tap tap(Nic nic, InterfaceName link, Network network, int mtu) {
        obstacles.tap(nic);
        BridgePort port = PortLowering.port(nic, network);
        if (port.hasVlans()) {
            obstacles.vlans(network, nic);
        }
        return new Tap(
                link,
                nic.owner(),
                nic.user()
                        .flatMap(name ->
                                known("user", name, surroundings.accounts().user(name), nic, link)),
                nic.group()
                        .flatMap(name ->
                                known("group", name, surroundings.accounts().group(name), nic, link)),
                nic.queues() > 1,
                mtu,
                Optional.of(network.bridge().name()),
                port,
                nic.card().linkUp(),
                nic.lifecycle().isProtected());
    }

    private Optional<Long> known(String what, String name, Optional<Long> number, Nic nic, InterfaceName link) {
        if (number.isEmpty() && surroundings.looked()) {
            conflicts.add(new Conflict(
                    Conflict.Reason.MISSING,
                    "there is no " + what + " `" + name + "` on this host, who is to open " + link,
                    "create the " + what + ", or name another one",
                    Optional.of(nic.origin())));
        } else if (number.isEmpty()) {
            notices.add("the number of the " + what + " " + name + ", who is to open " + link
                    + ", is known on the host only and left out here (" + nic.origin() + ")");
        }
        return number;
    }
}
