// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.kinds.rtnetlink;

import io.vnetc.applier.netlink.route.AddressGeneration;
import io.vnetc.applier.netlink.route.BridgeAttributes;
import io.vnetc.applier.netlink.route.Ipv4Setting;
import io.vnetc.applier.netlink.route.LinkChange;
import io.vnetc.compiler.kind.Bridge;
import io.vnetc.compiler.kind.BridgeSwitching;
import io.vnetc.compiler.kind.Marks;
import java.util.ArrayList;
import java.util.List;

/** The messages that make and change a bridge. */
final class BridgeMessages {
    private BridgeMessages() {}

    /** The first: it is there, down, in our group. The MTU is another one, see {@link Bridge#otherMtu}. */
    static LinkChange creation(Bridge bridge) {
        // The order counts: without the protocol any delay is taken, with it a short one is silently made 2 s.
        LinkChange message = LinkChange.createBridge(bridge.name().text())
                .mac(bridge.mac())
                .mtu(Bridge.otherMtu(bridge.mtu()))
                .group(Marks.LINK_GROUP)
                .bridge(BridgeAttributes.FORWARD_DELAY, (long) bridge.forwardDelay())
                .bridge(BridgeAttributes.STP_STATE, bridge.stp() ? 1L : 0L);
        switching(BridgeSwitching.DEFAULT, bridge.switching(), message);
        return message;
    }

    /** Adds what is another; tells whether anything is. */
    private static boolean switching(BridgeSwitching old, BridgeSwitching now, LinkChange message) {
        boolean changed = false;
        if (old.stpPriority() != now.stpPriority()) {
            message.bridge(BridgeAttributes.PRIORITY, (long) now.stpPriority());
            changed = true;
        }
        if (old.multicastSnooping() != now.multicastSnooping()) {
            message.bridge(BridgeAttributes.MCAST_SNOOPING, now.multicastSnooping() ? 1L : 0L);
            changed = true;
        }
        BridgeSwitching.Timers before = old.timers();
        BridgeSwitching.Timers after = now.timers();
        if (before.hello() != after.hello()) {
            message.bridge(BridgeAttributes.HELLO_TIME, (long) after.hello());
            changed = true;
        }
        if (before.maxAge() != after.maxAge()) {
            message.bridge(BridgeAttributes.MAX_AGE, (long) after.maxAge());
            changed = true;
        }
        if (before.ageing() != after.ageing()) {
            message.bridge(BridgeAttributes.AGEING_TIME, (long) after.ageing());
            changed = true;
        }
        if (old.vlanProtocol() != now.vlanProtocol()) {
            message.bridge(
                    BridgeAttributes.VLAN_PROTOCOL, (long) now.vlanProtocol().etherType());
            changed = true;
        }
        if (old.vlanFiltering() != now.vlanFiltering()) {
            message.bridge(BridgeAttributes.VLAN_FILTERING, now.vlanFiltering() ? 1L : 0L);
            changed = true;
        }
        return changed;
    }

    /** The second: all that the first cannot hold and that has to be so before it is up. */
    static LinkChange configuration(Bridge bridge) {
        LinkChange message = LinkChange.change(bridge.name().text())
                .mtu(bridge.mtu())
                .ipv4(Ipv4Setting.FORWARDING, bridge.ipv4Forwarding() ? 1 : 0);
        return hasIpv6(bridge) ? message.addressGeneration(AddressGeneration.NONE) : message;
    }

    /** The last: it bears its owner, so that nothing that bears one was left half made, and is up if it is to be. */
    static LinkChange completion(Bridge bridge) {
        return LinkChange.change(bridge.name().text()).alias(bridge.alias()).up(bridge.up());
    }

    /** Whether there are IPv6 settings for it. */
    static boolean hasIpv6(Bridge bridge) {
        return bridge.mtu() >= Ipv6Settings.MIN_MTU && Ipv6Settings.isThere();
    }

    /**
     * From one to the other in as few messages as can be, going up left out: with the spanning tree protocol the kernel
     * takes delays of 2 s to 30 s only, so it goes off before the delay is shortened, and on after it was lengthened.
     */
    static List<LinkChange> changes(Bridge old, Bridge now) {
        String name = now.name().text();
        LinkChange link = LinkChange.changeBridge(name);
        LinkChange delayAlone = LinkChange.changeBridge(name);
        boolean changed = false;
        boolean afterwards = false;
        if (!old.alias().equals(now.alias())) {
            link.alias(now.alias());
            changed = true;
        }
        if (!old.mac().equals(now.mac())) {
            link.mac(now.mac());
            changed = true;
        }
        if (old.mtu() != now.mtu()) {
            link.mtu(now.mtu());
            changed = true;
        }
        if (old.forwardDelay() != now.forwardDelay()) {
            afterwards = old.stp() && !now.stp();
            (afterwards ? delayAlone : link).bridge(BridgeAttributes.FORWARD_DELAY, (long) now.forwardDelay());
            changed = true;
        }
        if (old.stp() != now.stp()) {
            link.bridge(BridgeAttributes.STP_STATE, now.stp() ? 1L : 0L);
            changed = true;
        }
        changed |= switching(old.switching(), now.switching(), link);
        if (old.up() && !now.up()) {
            link.up(false);
            changed = true;
        }
        List<LinkChange> messages = new ArrayList<>();
        if (changed) {
            messages.add(link);
        }
        if (afterwards) {
            messages.add(delayAlone);
        }
        return messages;
    }
}
