// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.netlink.route;

import static io.vnetc.applier.netlink.wire.AttributeTypes.BIG_ENDIAN_U16;
import static io.vnetc.applier.netlink.wire.AttributeTypes.IP_ADDRESS;
import static io.vnetc.applier.netlink.wire.AttributeTypes.OCTETS;
import static io.vnetc.applier.netlink.wire.AttributeTypes.S32;
import static io.vnetc.applier.netlink.wire.AttributeTypes.U16;
import static io.vnetc.applier.netlink.wire.AttributeTypes.U32;
import static io.vnetc.applier.netlink.wire.AttributeTypes.U8;

import io.vnetc.applier.netlink.wire.Attribute;
import io.vnetc.applier.netlink.wire.AttributeSet;
import io.vnetc.applier.netlink.wire.HeaderLayout;
import io.vnetc.dsl.value.IpAddress;

/** Attributes of routes: {@code RTA_…} of linux/rtnetlink.h. */
public final class RouteAttributes {
    private static final AttributeSet.Table LINES = new AttributeSet.Table("route");

    /** Where to; absent for the default route. */
    public static final Attribute<IpAddress> DST = LINES.add(1, "RTA_DST", IP_ADDRESS);

    public static final Attribute<IpAddress> SRC = LINES.add(2, "RTA_SRC", IP_ADDRESS);

    public static final Attribute<Long> IIF = LINES.add(3, "RTA_IIF", S32);

    /** The index of the link that it leaves by. */
    public static final Attribute<Long> OIF = LINES.add(4, "RTA_OIF", S32);

    public static final Attribute<IpAddress> GATEWAY = LINES.add(5, "RTA_GATEWAY", IP_ADDRESS);

    /** The metric: the lower wins. */
    public static final Attribute<Long> PRIORITY = LINES.add(6, "RTA_PRIORITY", U32);

    /** The source of what this host sends. */
    public static final Attribute<IpAddress> PREFSRC = LINES.add(7, "RTA_PREFSRC", IP_ADDRESS);

    /** An MTU, a window and the like, of this route alone. */
    public static final Attribute<byte[]> METRICS = LINES.add(8, "RTA_METRICS", OCTETS);

    /** Several next hops, one {@code struct rtnexthop} after the other. */
    public static final Attribute<byte[]> MULTIPATH = LINES.add(9, "RTA_MULTIPATH", OCTETS);

    public static final Attribute<Long> FLOW = LINES.add(11, "RTA_FLOW", U32);

    public static final Attribute<Long> TABLE = LINES.add(15, "RTA_TABLE", U32);

    public static final Attribute<Long> MARK = LINES.add(16, "RTA_MARK", U32);

    /** A next hop of another family. */
    public static final Attribute<byte[]> VIA = LINES.add(18, "RTA_VIA", OCTETS);

    public static final Attribute<byte[]> NEW_DESTINATION = LINES.add(19, "RTA_NEWDST", OCTETS);

    /** RFC 4191. */
    public static final Attribute<Long> PREF = LINES.add(20, "RTA_PREF", U8);

    public static final Attribute<Long> ENCAP_TYPE = LINES.add(21, "RTA_ENCAP_TYPE", U16);

    public static final Attribute<Long> EXPIRES = LINES.add(23, "RTA_EXPIRES", U32);

    public static final Attribute<Long> UID = LINES.add(25, "RTA_UID", U32);

    public static final Attribute<Long> TTL_PROPAGATE = LINES.add(26, "RTA_TTL_PROPAGATE", U8);

    public static final Attribute<Long> IP_PROTO = LINES.add(27, "RTA_IP_PROTO", U8);

    public static final Attribute<Long> SPORT = LINES.add(28, "RTA_SPORT", BIG_ENDIAN_U16);

    public static final Attribute<Long> DPORT = LINES.add(29, "RTA_DPORT", BIG_ENDIAN_U16);

    /** The number of a next hop object. */
    public static final Attribute<Long> NH_ID = LINES.add(30, "RTA_NH_ID", U32);

    /** All of them. */
    public static final AttributeSet SET = LINES.addAll(10, OCTETS, "RTA_PROTOINFO")
            .addAll(12, OCTETS, "RTA_CACHEINFO", "RTA_SESSION", "RTA_MP_ALGO")
            .addAll(17, OCTETS, "RTA_MFC_STATS")
            .addAll(22, OCTETS, "RTA_ENCAP")
            .addAll(24, OCTETS, "RTA_PAD")
            .addAll(31, OCTETS, "RTA_FLOWLABEL")
            .build();

    private static final HeaderLayout.Table LAYOUT = new HeaderLayout.Table("rtmsg");

    /** {@code rtm_family}. */
    static final HeaderLayout.Field FAMILY = LAYOUT.add("family", 1);

    /** {@code rtm_dst_len}. */
    static final HeaderLayout.Field DESTINATION_LENGTH = LAYOUT.add("dst_len", 1);

    /** {@code rtm_src_len}. */
    static final HeaderLayout.Field SOURCE_LENGTH = LAYOUT.add("src_len", 1);

    /** {@code rtm_tos}. */
    static final HeaderLayout.Field TOS = LAYOUT.add("tos", 1);

    /** {@code rtm_table}: the lower eight bits; RTA_TABLE has all. */
    static final HeaderLayout.Field LOW_TABLE = LAYOUT.add("table", 1);

    /** {@code rtm_protocol}. */
    static final HeaderLayout.Field ORIGIN = LAYOUT.add("protocol", 1);

    /** {@code rtm_scope}. */
    static final HeaderLayout.Field SCOPE = LAYOUT.add("scope", 1);

    /** {@code rtm_type}. */
    static final HeaderLayout.Field TYPE = LAYOUT.add("type", 1);

    /** {@code rtm_flags}. */
    static final HeaderLayout.Field FLAGS = LAYOUT.add("flags", 4);

    /** {@code struct rtmsg}. */
    static final HeaderLayout HEADER = LAYOUT.build();

    private RouteAttributes() {}
}
