// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.model;

import io.vnetc.dsl.value.AddressRange;
import io.vnetc.dsl.value.PortRange;
import java.util.List;
import java.util.Optional;

/** How packets leave a network, and whether they come in. */
public sealed interface Forwarding {
    /** Guests and host among themselves; nothing is forwarded. */
    record Isolated() implements Forwarding {}

    /**
     * Out with the host's address; in only what answers. That goes for both families: IPv6 subnets are masqueraded as
     * well, for whoever writes NAT expects nothing to come in; to hand on global addresses as they are, there is
     * {@code ipv6Routed}.
     *
     * @param via the uplinks that may be used; empty: any link that is not a network's bridge
     * @param ports that sources are mapped to; absent: the kernel's choice
     * @param addresses that they leave with, one range of a family at most; absent: the uplink's own. The host has to have
     *     them, or to be the router to them: they are given to no interface
     * @param ipv6Routed whether IPv6 goes out and in with addresses unchanged
     */
    record Nat(List<Uplink> via, Optional<PortRange> ports, List<AddressRange> addresses, boolean ipv6Routed)
            implements Forwarding {
        public Nat {
            via = List.copyOf(via);
            addresses = List.copyOf(addresses);
        }

        /** With the uplinks' own addresses, in both families. */
        public Nat(List<Uplink> via, Optional<PortRange> ports) {
            this(via, ports, List.of(), false);
        }
    }

    /**
     * Out and in, addresses unchanged.
     *
     * @param via the uplinks that may be used; empty: any link that is not a network's bridge
     */
    record Routed(List<Uplink> via) implements Forwarding {
        public Routed {
            via = List.copyOf(via);
        }
    }

    /** Forwarded, with no rule of ours; the host's own firewall decides. */
    record Open() implements Forwarding {}

    /** A bridge that somebody else made; guests are plugged in, nothing else is touched. */
    record ExistingBridge() implements Forwarding {}

    /**
     * A bridge of ours that links of the host are ports of: guests are on the network that those lead to.
     *
     * @param via the links, at least one
     * @param port how they are set as ports; what is not said is as Linux has it, the cost as of 10 Gbit/s
     * @param ownMac whether the source says the bridge's MAC; otherwise a bridge that has addresses of an uplink has that
     *     one's
     */
    record ManagedBridge(List<Uplink> via, PortSettings port, boolean ownMac) implements Forwarding {
        public ManagedBridge {
            via = List.copyOf(via);
        }
    }

    /**
     * No bridge: each guest has a macvtap on a link of the host, and is on the network that this leads to. Guests and
     * host do not reach each other by it.
     *
     * @param mode how guests of one link meet
     * @param via the links, at least one, in the order in which they are chosen
     */
    record Macvtap(Mode mode, List<Uplink> via) implements Forwarding {
        public Macvtap {
            via = List.copyOf(via);
        }

        @Override
        public boolean hasBridge() {
            return false;
        }

        /** How guests of one link meet (macvlan modes of linux/if_link.h). */
        public enum Mode {
            /** Not at all. */
            PRIVATE,
            /** By way of a switch that sends back where it came from (IEEE 802.1Qbg). */
            VEPA,
            /** Inside the host. */
            BRIDGE,
            /** There is one guest only, which has the link to itself. */
            PASSTHROUGH
        }
    }

    /**
     * No bridge: each guest is given a device of a pool, and is on the network that this leads to.
     *
     * @param pool its name
     */
    record Hostdev(String pool) implements Forwarding {
        @Override
        public boolean hasBridge() {
            return false;
        }
    }

    /** Whether there is a bridge that guests are ports of. */
    default boolean hasBridge() {
        return true;
    }
}
