// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.netlink.route;

import static io.vnetc.applier.netlink.wire.AttributeTypes.OCTETS;
import static io.vnetc.applier.netlink.wire.AttributeTypes.TEXT;
import static io.vnetc.applier.netlink.wire.AttributeTypes.U32;
import static io.vnetc.applier.netlink.wire.AttributeTypes.U64;
import static io.vnetc.applier.netlink.wire.AttributeTypes.U8;

import io.vnetc.applier.netlink.wire.Attribute;
import io.vnetc.applier.netlink.wire.AttributeSet;
import io.vnetc.applier.netlink.wire.AttributeTypes;
import io.vnetc.applier.netlink.wire.Attributes;
import io.vnetc.applier.netlink.wire.HeaderLayout;
import java.util.Map;

/**
 * Attributes of qdiscs, classes and filters: {@code TCA_…} of linux/rtnetlink.h, and those of the kinds that are used,
 * of linux/pkt_sched.h and linux/pkt_cls.h.
 */
public final class TrafficAttributes {
    private static final AttributeSet.Table HTB_LINES = new AttributeSet.Table("htb");

    /** {@code struct tc_htb_opt} of a class. */
    static final Attribute<byte[]> HTB_PARAMETERS = HTB_LINES.add(1, "TCA_HTB_PARMS", OCTETS);

    /** {@code struct tc_htb_glob} of the qdisc. */
    static final Attribute<byte[]> HTB_INIT = HTB_LINES.add(2, "TCA_HTB_INIT", OCTETS);

    static final Attribute<byte[]> HTB_CEIL_TABLE = HTB_LINES.add(3, "TCA_HTB_CTAB", OCTETS);

    static final Attribute<byte[]> HTB_RATE_TABLE = HTB_LINES.add(4, "TCA_HTB_RTAB", OCTETS);

    /** Packets that may wait outside of all classes. */
    static final Attribute<Long> HTB_DIRECT_LENGTH = HTB_LINES.add(5, "TCA_HTB_DIRECT_QLEN", U32);

    /** Octets a second, where 32 bits are not enough. */
    static final Attribute<Long> HTB_RATE = HTB_LINES.add(6, "TCA_HTB_RATE64", U64);

    /** Octets a second, where 32 bits are not enough. */
    static final Attribute<Long> HTB_CEIL = HTB_LINES.add(7, "TCA_HTB_CEIL64", U64);

    private static final AttributeSet HTB = HTB_LINES.build();

    private static final AttributeSet.Table MIRROR_LINES = new AttributeSet.Table("mirred");

    /** {@code struct tc_mirred}. */
    static final Attribute<byte[]> MIRROR_PARAMETERS = MIRROR_LINES.add(2, "TCA_MIRRED_PARMS", OCTETS);

    private static final AttributeSet MIRROR =
            MIRROR_LINES.addAll(1, OCTETS, "TCA_MIRRED_TM").build();

    private static final AttributeSet.Table ACTION_LINES = new AttributeSet.Table("action");

    static final Attribute<String> ACTION_KIND = ACTION_LINES.add(1, "TCA_ACT_KIND", TEXT);

    static final Attribute<Attributes> ACTION_OPTIONS =
            ACTION_LINES.add(2, "TCA_ACT_OPTIONS", AttributeTypes.nestedBy(ACTION_KIND, Map.of("mirred", MIRROR)));

    private static final AttributeSet ACTION = ACTION_LINES
            .addAll(3, OCTETS, "TCA_ACT_INDEX", "TCA_ACT_STATS", "TCA_ACT_PAD", "TCA_ACT_COOKIE", "TCA_ACT_FLAGS")
            .build();

    private static final AttributeSet.Table ACTIONS_LINES = new AttributeSet.Table("actions");

    /** The first action of a filter, and the only one that is written. */
    static final Attribute<Attributes> FIRST_ACTION = ACTIONS_LINES.add(1, "1", AttributeTypes.nested(ACTION));

    private static final AttributeSet ACTIONS = ACTIONS_LINES.build();

    private static final AttributeSet.Table U32_LINES = new AttributeSet.Table("u32");

    /** The class that packets go to. */
    static final Attribute<Long> U32_CLASS = U32_LINES.add(1, "TCA_U32_CLASSID", U32);

    static final Attribute<Long> U32_HASH = U32_LINES.add(2, "TCA_U32_HASH", U32);

    static final Attribute<Long> U32_LINK = U32_LINES.add(3, "TCA_U32_LINK", U32);

    static final Attribute<Long> U32_DIVISOR = U32_LINES.add(4, "TCA_U32_DIVISOR", U32);

    /** {@code struct tc_u32_sel} with its keys. */
    static final Attribute<byte[]> U32_SELECTOR = U32_LINES.add(5, "TCA_U32_SEL", OCTETS);

    static final Attribute<Attributes> U32_ACTIONS = U32_LINES.add(7, "TCA_U32_ACT", AttributeTypes.nested(ACTIONS));

    private static final AttributeSet U32_SET = U32_LINES.build();

    private static final AttributeSet.Table LINES = new AttributeSet.Table("traffic");

    /** Such as {@code htb}, {@code ingress} or {@code u32}. */
    public static final Attribute<String> KIND = LINES.add(1, "TCA_KIND", TEXT);

    /** Number of {@link #OPTIONS}, whose payload is a bare structure for some kinds. */
    static final int OPTIONS_NUMBER = 2;

    /** The options of this kind. */
    public static final Attribute<Attributes> OPTIONS =
            LINES.add(OPTIONS_NUMBER, "TCA_OPTIONS", AttributeTypes.nestedBy(KIND, Map.of("htb", HTB, "u32", U32_SET)));

    public static final Attribute<Long> CHAIN = LINES.add(11, "TCA_CHAIN", U32);

    public static final Attribute<Long> HARDWARE_OFFLOAD = LINES.add(12, "TCA_HW_OFFLOAD", U8);

    /** All of them. */
    public static final AttributeSet SET = LINES.addAll(
                    3, OCTETS, "TCA_STATS", "TCA_XSTATS", "TCA_RATE", "TCA_FCNT", "TCA_STATS2", "TCA_STAB")
            .build();

    private static final HeaderLayout.Table LAYOUT = new HeaderLayout.Table("tcmsg");

    static {
        LAYOUT.add("family", 1);
        LAYOUT.skip(3);
    }

    /** {@code tcm_ifindex}. */
    static final HeaderLayout.Field INDEX = LAYOUT.add("ifindex", 4);

    /** {@code tcm_handle}. */
    static final HeaderLayout.Field HANDLE = LAYOUT.add("handle", 4);

    /** {@code tcm_parent}. */
    static final HeaderLayout.Field PARENT = LAYOUT.add("parent", 4);

    /** {@code tcm_info}: of a filter its priority and protocol. */
    static final HeaderLayout.Field INFO = LAYOUT.add("info", 4);

    /** {@code struct tcmsg}. */
    static final HeaderLayout HEADER = LAYOUT.build();

    private TrafficAttributes() {}
}
