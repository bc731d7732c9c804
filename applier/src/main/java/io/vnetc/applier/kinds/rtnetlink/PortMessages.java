// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.kinds.rtnetlink;

import io.vnetc.applier.kinds.DriverException;
import io.vnetc.applier.netlink.NetlinkException;
import io.vnetc.applier.netlink.route.BridgeEntryChange;
import io.vnetc.applier.netlink.route.BridgePortAttributes;
import io.vnetc.applier.netlink.route.BridgeVlan;
import io.vnetc.applier.netlink.route.BridgeVlanChange;
import io.vnetc.applier.netlink.route.Change;
import io.vnetc.applier.netlink.route.LinkChange;
import io.vnetc.applier.netlink.route.LinkInfo;
import io.vnetc.applier.netlink.route.RouteSocket;
import io.vnetc.applier.netlink.system.Errno;
import io.vnetc.compiler.kind.BridgePort;
import io.vnetc.compiler.kind.PortVlan;
import io.vnetc.compiler.model.PortOption;
import io.vnetc.dsl.value.InterfaceName;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/** The messages that set a port of a bridge. */
final class PortMessages {
    /** What Linux before 6.3 gives a tap, which said then that it had 10 Mbit/s. */
    private static final int FORMER_COST = 100;

    private PortMessages() {}

    /** How this kernel has a tap when it has just become a port. */
    static BridgePort fresh() throws DriverException {
        BridgePort port = BridgePort.DEFAULT;
        return KernelRelease.read().isAtLeast(6, 3)
                ? port
                : new BridgePort(
                        port.isolated(),
                        port.hairpin(),
                        port.learning(),
                        port.flood(),
                        FORMER_COST,
                        port.priority(),
                        port.vlans(),
                        port.macs());
    }

    /**
     * Takes a port from one to the other. What is kept from it goes before what it is known by, and the other way round:
     * whoever is killed between finds what to go on with.
     *
     * @param bridge that it is a port of
     */
    static void move(InterfaceName link, InterfaceName bridge, BridgePort old, BridgePort now, RouteSocket socket)
            throws NetlinkException {
        List<PortVlan> defaults = List.of();
        if (!old.vlans().equals(now.vlans())) {
            Optional<LinkInfo> master = socket.link(bridge.text());
            defaults = master.map(PortView::fresh).orElse(BridgePort.DEFAULT.vlans());
        }
        for (Change message : messages(link.text(), old, now, defaults)) {
            try {
                socket.apply(message);
            } catch (NetlinkException e) {
                if (!isGone(message, e)) {
                    throw e;
                }
            }
        }
    }

    /** What was to be taken away and is not there. */
    private static boolean isGone(Change message, NetlinkException e) {
        boolean takesAway = (message instanceof BridgeEntryChange entry && !entry.add())
                || (message instanceof BridgeVlanChange vlan && !vlan.add());
        return takesAway && e.errno().equals(Errno.ENOENT);
    }

    /**
     * The messages in their order.
     *
     * @param defaults the VLANs that the bridge gives a port of which nothing is said
     */
    static List<Change> messages(String link, BridgePort old, BridgePort now, List<PortVlan> defaults) {
        List<Change> messages = new ArrayList<>();
        Optional<LinkChange> options = options(link, old, now);
        boolean closes = (old.learning() && !now.learning()) || (old.flood() && !now.flood());
        if (closes) {
            options.ifPresent(messages::add);
        }
        boolean otherVlans = !old.vlans().equals(now.vlans());
        old.macs().stream()
                .filter(mac -> otherVlans || !now.macs().contains(mac))
                .forEach(mac -> messages.add(BridgeEntryChange.delete(link, mac)));
        if (otherVlans) {
            vlans(link, old.hasVlans() ? old.vlans() : defaults, now.hasVlans() ? now.vlans() : defaults, messages);
        }
        now.macs().stream()
                .filter(mac -> otherVlans || !old.macs().contains(mac))
                .forEach(mac -> messages.add(BridgeEntryChange.add(link, mac)));
        if (!closes) {
            options.ifPresent(messages::add);
        }
        return messages;
    }

    private static Optional<LinkChange> options(String link, BridgePort old, BridgePort now) {
        LinkChange message = LinkChange.change(link);
        boolean changed = false;
        if (old.isolated() != now.isolated()) {
            message.port(BridgePortAttributes.ISOLATED, bit(now.isolated()));
            changed = true;
        }
        if (old.hairpin() != now.hairpin()) {
            message.port(BridgePortAttributes.MODE, bit(now.hairpin()));
            changed = true;
        }
        if (old.learning() != now.learning()) {
            message.port(BridgePortAttributes.LEARNING, bit(now.learning()));
            changed = true;
        }
        if (old.flood() != now.flood()) {
            message.port(BridgePortAttributes.UNICAST_FLOOD, bit(now.flood()));
            changed = true;
        }
        for (PortOption option : PortOption.values()) {
            if (old.options().contains(option) != now.options().contains(option)) {
                message.port(PortOptions.attribute(option), bit(now.options().contains(option)));
                changed = true;
            }
        }
        if (old.cost() != now.cost()) {
            message.port(BridgePortAttributes.COST, (long) now.cost());
            changed = true;
        }
        if (old.priority() != now.priority()) {
            message.port(BridgePortAttributes.PRIORITY, (long) now.priority());
            changed = true;
        }
        return changed ? Optional.of(message) : Optional.empty();
    }

    private static long bit(boolean on) {
        return on ? 1 : 0;
    }

    /** It is in the new ones before it leaves the old ones. */
    private static void vlans(String link, List<PortVlan> old, List<PortVlan> now, List<Change> messages) {
        List<BridgeVlan> added = now.stream()
                .filter(vlan -> !old.contains(vlan))
                .map(vlan -> new BridgeVlan(vlan.first(), vlan.last(), vlan.pvid(), vlan.untagged()))
                .toList();
        if (!added.isEmpty()) {
            messages.add(new BridgeVlanChange(true, link, false, added));
        }
        BitSet left = numbers(old);
        left.andNot(numbers(now));
        List<BridgeVlan> gone = new ArrayList<>();
        for (int first = left.nextSetBit(0); first >= 0; ) {
            int end = left.nextClearBit(first);
            gone.add(new BridgeVlan(first, end - 1, false, false));
            first = left.nextSetBit(end);
        }
        if (!gone.isEmpty()) {
            messages.add(new BridgeVlanChange(false, link, false, gone));
        }
    }

    private static BitSet numbers(List<PortVlan> vlans) {
        BitSet numbers = new BitSet();
        vlans.forEach(vlan -> numbers.set(vlan.first(), vlan.last() + 1));
        return numbers;
    }

    /** Changes the VLANs whose frames the host gets. */
    static List<Change> hostVlans(String bridge, List<Integer> old, List<Integer> now) {
        List<BridgeVlan> gone = without(old, now);
        List<BridgeVlan> added = without(now, old);
        List<Change> messages = new ArrayList<>();
        if (!gone.isEmpty()) {
            messages.add(new BridgeVlanChange(false, bridge, true, gone));
        }
        if (!added.isEmpty()) {
            messages.add(new BridgeVlanChange(true, bridge, true, added));
        }
        return messages;
    }

    private static List<BridgeVlan> without(List<Integer> all, List<Integer> others) {
        return all.stream()
                .filter(vlan -> !others.contains(vlan))
                .map(vlan -> new BridgeVlan(vlan, vlan, false, true))
                .toList();
    }
}
