// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.netlink.route;

import static io.vnetc.applier.netlink.wire.AttributeTypes.BIG_ENDIAN_U16;
import static io.vnetc.applier.netlink.wire.AttributeTypes.MAC;
import static io.vnetc.applier.netlink.wire.AttributeTypes.OCTETS;
import static io.vnetc.applier.netlink.wire.AttributeTypes.U16;
import static io.vnetc.applier.netlink.wire.AttributeTypes.U32;
import static io.vnetc.applier.netlink.wire.AttributeTypes.U64;
import static io.vnetc.applier.netlink.wire.AttributeTypes.U8;

import io.vnetc.applier.netlink.wire.Attribute;
import io.vnetc.applier.netlink.wire.AttributeSet;
import io.vnetc.dsl.value.MacAddress;

/** Options of bridges: {@code IFLA_BR_…} of linux/if_link.h. The kernel rounds times to its own ticks. */
public final class BridgeAttributes {
    private static final AttributeSet.Table LINES = new AttributeSet.Table("bridge");

    /** Hundredths of a second; 200 to 3000 where STP is on. */
    public static final Attribute<Long> FORWARD_DELAY = LINES.add(1, "IFLA_BR_FORWARD_DELAY", U32);

    /** Hundredths of a second. */
    public static final Attribute<Long> HELLO_TIME = LINES.add(2, "IFLA_BR_HELLO_TIME", U32);

    /** Hundredths of a second. */
    public static final Attribute<Long> MAX_AGE = LINES.add(3, "IFLA_BR_MAX_AGE", U32);

    /** Hundredths of a second; 0 floods all. */
    public static final Attribute<Long> AGEING_TIME = LINES.add(4, "IFLA_BR_AGEING_TIME", U32);

    /** 0 off, 1 the kernel's own. */
    public static final Attribute<Long> STP_STATE = LINES.add(5, "IFLA_BR_STP_STATE", U32);

    /** 0 to 65535. */
    public static final Attribute<Long> PRIORITY = LINES.add(6, "IFLA_BR_PRIORITY", U16);

    public static final Attribute<Long> VLAN_FILTERING = LINES.add(7, "IFLA_BR_VLAN_FILTERING", U8);

    /** 0x8100 or 0x88a8. */
    public static final Attribute<Long> VLAN_PROTOCOL = LINES.add(8, "IFLA_BR_VLAN_PROTOCOL", BIG_ENDIAN_U16);

    /** Which of 01:80:c2:00:00:0X are forwarded. */
    public static final Attribute<Long> GROUP_FWD_MASK = LINES.add(9, "IFLA_BR_GROUP_FWD_MASK", U16);

    public static final Attribute<Long> ROOT_PORT = LINES.add(12, "IFLA_BR_ROOT_PORT", U16);

    public static final Attribute<Long> ROOT_PATH_COST = LINES.add(13, "IFLA_BR_ROOT_PATH_COST", U32);

    public static final Attribute<Long> TOPOLOGY_CHANGE = LINES.add(14, "IFLA_BR_TOPOLOGY_CHANGE", U8);

    public static final Attribute<Long> TOPOLOGY_CHANGE_DETECTED =
            LINES.add(15, "IFLA_BR_TOPOLOGY_CHANGE_DETECTED", U8);

    /** Hundredths of a second. */
    public static final Attribute<Long> HELLO_TIMER = LINES.add(16, "IFLA_BR_HELLO_TIMER", U64);

    /** Hundredths of a second. */
    public static final Attribute<Long> TCN_TIMER = LINES.add(17, "IFLA_BR_TCN_TIMER", U64);

    /** Hundredths of a second. */
    public static final Attribute<Long> TOPOLOGY_CHANGE_TIMER = LINES.add(18, "IFLA_BR_TOPOLOGY_CHANGE_TIMER", U64);

    /** Hundredths of a second. */
    public static final Attribute<Long> GC_TIMER = LINES.add(19, "IFLA_BR_GC_TIMER", U64);

    /** Where BPDUs go. */
    public static final Attribute<MacAddress> GROUP_ADDR = LINES.add(20, "IFLA_BR_GROUP_ADDR", MAC);

    public static final Attribute<Long> MCAST_ROUTER = LINES.add(22, "IFLA_BR_MCAST_ROUTER", U8);

    public static final Attribute<Long> MCAST_SNOOPING = LINES.add(23, "IFLA_BR_MCAST_SNOOPING", U8);

    public static final Attribute<Long> MCAST_QUERY_USE_IFADDR = LINES.add(24, "IFLA_BR_MCAST_QUERY_USE_IFADDR", U8);

    public static final Attribute<Long> MCAST_QUERIER = LINES.add(25, "IFLA_BR_MCAST_QUERIER", U8);

    public static final Attribute<Long> MCAST_HASH_ELASTICITY = LINES.add(26, "IFLA_BR_MCAST_HASH_ELASTICITY", U32);

    public static final Attribute<Long> MCAST_HASH_MAX = LINES.add(27, "IFLA_BR_MCAST_HASH_MAX", U32);

    public static final Attribute<Long> MCAST_LAST_MEMBER_CNT = LINES.add(28, "IFLA_BR_MCAST_LAST_MEMBER_CNT", U32);

    public static final Attribute<Long> MCAST_STARTUP_QUERY_CNT = LINES.add(29, "IFLA_BR_MCAST_STARTUP_QUERY_CNT", U32);

    /** Hundredths of a second. */
    public static final Attribute<Long> MCAST_LAST_MEMBER_INTVL = LINES.add(30, "IFLA_BR_MCAST_LAST_MEMBER_INTVL", U64);

    /** Hundredths of a second. */
    public static final Attribute<Long> MCAST_MEMBERSHIP_INTVL = LINES.add(31, "IFLA_BR_MCAST_MEMBERSHIP_INTVL", U64);

    /** Hundredths of a second. */
    public static final Attribute<Long> MCAST_QUERIER_INTVL = LINES.add(32, "IFLA_BR_MCAST_QUERIER_INTVL", U64);

    /** Hundredths of a second. */
    public static final Attribute<Long> MCAST_QUERY_INTVL = LINES.add(33, "IFLA_BR_MCAST_QUERY_INTVL", U64);

    /** Hundredths of a second. */
    public static final Attribute<Long> MCAST_QUERY_RESPONSE_INTVL =
            LINES.add(34, "IFLA_BR_MCAST_QUERY_RESPONSE_INTVL", U64);

    /** Hundredths of a second. */
    public static final Attribute<Long> MCAST_STARTUP_QUERY_INTVL =
            LINES.add(35, "IFLA_BR_MCAST_STARTUP_QUERY_INTVL", U64);

    /** Bridged packets pass iptables. */
    public static final Attribute<Long> NF_CALL_IPTABLES = LINES.add(36, "IFLA_BR_NF_CALL_IPTABLES", U8);

    public static final Attribute<Long> NF_CALL_IP6TABLES = LINES.add(37, "IFLA_BR_NF_CALL_IP6TABLES", U8);

    public static final Attribute<Long> NF_CALL_ARPTABLES = LINES.add(38, "IFLA_BR_NF_CALL_ARPTABLES", U8);

    /** 0 for none. */
    public static final Attribute<Long> VLAN_DEFAULT_PVID = LINES.add(39, "IFLA_BR_VLAN_DEFAULT_PVID", U16);

    public static final Attribute<Long> VLAN_STATS_ENABLED = LINES.add(41, "IFLA_BR_VLAN_STATS_ENABLED", U8);

    public static final Attribute<Long> MCAST_STATS_ENABLED = LINES.add(42, "IFLA_BR_MCAST_STATS_ENABLED", U8);

    public static final Attribute<Long> MCAST_IGMP_VERSION = LINES.add(43, "IFLA_BR_MCAST_IGMP_VERSION", U8);

    public static final Attribute<Long> MCAST_MLD_VERSION = LINES.add(44, "IFLA_BR_MCAST_MLD_VERSION", U8);

    public static final Attribute<Long> VLAN_STATS_PER_PORT = LINES.add(45, "IFLA_BR_VLAN_STATS_PER_PORT", U8);

    public static final Attribute<Long> FDB_N_LEARNED = LINES.add(48, "IFLA_BR_FDB_N_LEARNED", U32);

    public static final Attribute<Long> FDB_MAX_LEARNED = LINES.add(49, "IFLA_BR_FDB_MAX_LEARNED", U32);

    /** Options of one bit: 32 bits that are set or not, and 32 that say which of them are meant. */
    public static final Attribute<byte[]> MULTI_BOOLOPT = LINES.add(46, "IFLA_BR_MULTI_BOOLOPT", OCTETS);

    /** All of them. */
    public static final AttributeSet SET = LINES.addAll(10, OCTETS, "IFLA_BR_ROOT_ID", "IFLA_BR_BRIDGE_ID")
            .addAll(21, OCTETS, "IFLA_BR_FDB_FLUSH")
            .addAll(40, OCTETS, "IFLA_BR_PAD")
            .addAll(47, OCTETS, "IFLA_BR_MCAST_QUERIER_STATE")
            .build();

    private BridgeAttributes() {}
}
