// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.netlink.route;

import static io.vnetc.applier.netlink.wire.AttributeTypes.OCTETS;
import static io.vnetc.applier.netlink.wire.AttributeTypes.S32;
import static io.vnetc.applier.netlink.wire.AttributeTypes.U16;
import static io.vnetc.applier.netlink.wire.AttributeTypes.U32;
import static io.vnetc.applier.netlink.wire.AttributeTypes.U64;
import static io.vnetc.applier.netlink.wire.AttributeTypes.U8;

import io.vnetc.applier.netlink.wire.Attribute;
import io.vnetc.applier.netlink.wire.AttributeSet;

/** Options of a bridge's ports: {@code IFLA_BRPORT_…} of linux/if_link.h. */
public final class BridgePortAttributes {
    private static final AttributeSet.Table LINES = new AttributeSet.Table("bridge port");

    /** 0 disabled, 1 listening, 2 learning, 3 forwarding, 4 blocking. */
    public static final Attribute<Long> STATE = LINES.add(1, "IFLA_BRPORT_STATE", U8);

    /** 0 to 63. */
    public static final Attribute<Long> PRIORITY = LINES.add(2, "IFLA_BRPORT_PRIORITY", U16);

    /** 1 to 65535. */
    public static final Attribute<Long> COST = LINES.add(3, "IFLA_BRPORT_COST", U32);

    /** Hairpin: 1 sends back where it came from. */
    public static final Attribute<Long> MODE = LINES.add(4, "IFLA_BRPORT_MODE", U8);

    /** A BPDU that comes in takes the port down. */
    public static final Attribute<Long> GUARD = LINES.add(5, "IFLA_BRPORT_GUARD", U8);

    /** Never becomes the root port. */
    public static final Attribute<Long> PROTECT = LINES.add(6, "IFLA_BRPORT_PROTECT", U8);

    public static final Attribute<Long> FAST_LEAVE = LINES.add(7, "IFLA_BRPORT_FAST_LEAVE", U8);

    /** Learns who is behind it. */
    public static final Attribute<Long> LEARNING = LINES.add(8, "IFLA_BRPORT_LEARNING", U8);

    public static final Attribute<Long> UNICAST_FLOOD = LINES.add(9, "IFLA_BRPORT_UNICAST_FLOOD", U8);

    public static final Attribute<Long> PROXYARP = LINES.add(10, "IFLA_BRPORT_PROXYARP", U8);

    public static final Attribute<Long> PROXYARP_WIFI = LINES.add(12, "IFLA_BRPORT_PROXYARP_WIFI", U8);

    public static final Attribute<Long> DESIGNATED_PORT = LINES.add(15, "IFLA_BRPORT_DESIGNATED_PORT", U16);

    public static final Attribute<Long> DESIGNATED_COST = LINES.add(16, "IFLA_BRPORT_DESIGNATED_COST", U16);

    public static final Attribute<Long> ID = LINES.add(17, "IFLA_BRPORT_ID", U16);

    public static final Attribute<Long> NO = LINES.add(18, "IFLA_BRPORT_NO", U16);

    public static final Attribute<Long> TOPOLOGY_CHANGE_ACK = LINES.add(19, "IFLA_BRPORT_TOPOLOGY_CHANGE_ACK", U8);

    public static final Attribute<Long> CONFIG_PENDING = LINES.add(20, "IFLA_BRPORT_CONFIG_PENDING", U8);

    public static final Attribute<Long> MESSAGE_AGE_TIMER = LINES.add(21, "IFLA_BRPORT_MESSAGE_AGE_TIMER", U64);

    public static final Attribute<Long> FORWARD_DELAY_TIMER = LINES.add(22, "IFLA_BRPORT_FORWARD_DELAY_TIMER", U64);

    public static final Attribute<Long> HOLD_TIMER = LINES.add(23, "IFLA_BRPORT_HOLD_TIMER", U64);

    public static final Attribute<Long> MULTICAST_ROUTER = LINES.add(25, "IFLA_BRPORT_MULTICAST_ROUTER", U8);

    public static final Attribute<Long> MCAST_FLOOD = LINES.add(27, "IFLA_BRPORT_MCAST_FLOOD", U8);

    public static final Attribute<Long> MCAST_TO_UCAST = LINES.add(28, "IFLA_BRPORT_MCAST_TO_UCAST", U8);

    public static final Attribute<Long> VLAN_TUNNEL = LINES.add(29, "IFLA_BRPORT_VLAN_TUNNEL", U8);

    public static final Attribute<Long> BCAST_FLOOD = LINES.add(30, "IFLA_BRPORT_BCAST_FLOOD", U8);

    public static final Attribute<Long> GROUP_FWD_MASK = LINES.add(31, "IFLA_BRPORT_GROUP_FWD_MASK", U16);

    public static final Attribute<Long> NEIGH_SUPPRESS = LINES.add(32, "IFLA_BRPORT_NEIGH_SUPPRESS", U8);

    /** Talks to ports that are not isolated only. */
    public static final Attribute<Long> ISOLATED = LINES.add(33, "IFLA_BRPORT_ISOLATED", U8);

    public static final Attribute<Long> BACKUP_PORT = LINES.add(34, "IFLA_BRPORT_BACKUP_PORT", S32);

    public static final Attribute<Long> MCAST_EHT_HOSTS_LIMIT = LINES.add(37, "IFLA_BRPORT_MCAST_EHT_HOSTS_LIMIT", U32);

    public static final Attribute<Long> MCAST_EHT_HOSTS_CNT = LINES.add(38, "IFLA_BRPORT_MCAST_EHT_HOSTS_CNT", U32);

    public static final Attribute<Long> LOCKED = LINES.add(39, "IFLA_BRPORT_LOCKED", U8);

    public static final Attribute<Long> MAB = LINES.add(40, "IFLA_BRPORT_MAB", U8);

    public static final Attribute<Long> MCAST_N_GROUPS = LINES.add(41, "IFLA_BRPORT_MCAST_N_GROUPS", U32);

    public static final Attribute<Long> MCAST_MAX_GROUPS = LINES.add(42, "IFLA_BRPORT_MCAST_MAX_GROUPS", U32);

    public static final Attribute<Long> NEIGH_VLAN_SUPPRESS = LINES.add(43, "IFLA_BRPORT_NEIGH_VLAN_SUPPRESS", U8);

    public static final Attribute<Long> BACKUP_NHID = LINES.add(44, "IFLA_BRPORT_BACKUP_NHID", U32);

    /** All of them. */
    public static final AttributeSet SET = LINES.addAll(11, OCTETS, "IFLA_BRPORT_LEARNING_SYNC")
            .addAll(13, OCTETS, "IFLA_BRPORT_ROOT_ID", "IFLA_BRPORT_BRIDGE_ID")
            .addAll(24, OCTETS, "IFLA_BRPORT_FLUSH")
            .addAll(26, OCTETS, "IFLA_BRPORT_PAD")
            .addAll(35, OCTETS, "IFLA_BRPORT_MRP_RING_OPEN", "IFLA_BRPORT_MRP_IN_OPEN")
            .build();

    private BridgePortAttributes() {}
}
