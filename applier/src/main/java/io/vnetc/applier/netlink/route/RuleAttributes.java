// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.netlink.route;

import static io.vnetc.applier.netlink.wire.AttributeTypes.IP_ADDRESS;
import static io.vnetc.applier.netlink.wire.AttributeTypes.OCTETS;
import static io.vnetc.applier.netlink.wire.AttributeTypes.TEXT;
import static io.vnetc.applier.netlink.wire.AttributeTypes.U32;
import static io.vnetc.applier.netlink.wire.AttributeTypes.U8;

import io.vnetc.applier.netlink.wire.Attribute;
import io.vnetc.applier.netlink.wire.AttributeSet;
import io.vnetc.applier.netlink.wire.HeaderLayout;
import io.vnetc.dsl.value.IpAddress;

/** Attributes of routing rules: {@code FRA_…} of linux/fib_rules.h. */
public final class RuleAttributes {
    private static final AttributeSet.Table LINES = new AttributeSet.Table("rule");

    public static final Attribute<IpAddress> DST = LINES.add(1, "FRA_DST", IP_ADDRESS);

    public static final Attribute<IpAddress> SRC = LINES.add(2, "FRA_SRC", IP_ADDRESS);

    /** Packets that came in by this link. */
    public static final Attribute<String> IIFNAME = LINES.add(3, "FRA_IIFNAME", TEXT);

    public static final Attribute<Long> GOTO = LINES.add(4, "FRA_GOTO", U32);

    /** The lower is looked at first. */
    public static final Attribute<Long> PRIORITY = LINES.add(6, "FRA_PRIORITY", U32);

    public static final Attribute<Long> FWMARK = LINES.add(10, "FRA_FWMARK", U32);

    public static final Attribute<Long> FLOW = LINES.add(11, "FRA_FLOW", U32);

    public static final Attribute<Long> SUPPRESS_IFGROUP = LINES.add(13, "FRA_SUPPRESS_IFGROUP", U32);

    public static final Attribute<Long> SUPPRESS_PREFIXLEN = LINES.add(14, "FRA_SUPPRESS_PREFIXLEN", U32);

    /** The table to look in. */
    public static final Attribute<Long> TABLE = LINES.add(15, "FRA_TABLE", U32);

    public static final Attribute<Long> FWMASK = LINES.add(16, "FRA_FWMASK", U32);

    public static final Attribute<String> OIFNAME = LINES.add(17, "FRA_OIFNAME", TEXT);

    public static final Attribute<Long> L3MDEV = LINES.add(19, "FRA_L3MDEV", U8);

    /** Who made it. */
    public static final Attribute<Long> PROTOCOL = LINES.add(21, "FRA_PROTOCOL", U8);

    public static final Attribute<Long> IP_PROTO = LINES.add(22, "FRA_IP_PROTO", U8);

    /** All of them. */
    public static final AttributeSet SET = LINES.addAll(12, OCTETS, "FRA_TUN_ID")
            .addAll(18, OCTETS, "FRA_PAD")
            .addAll(20, OCTETS, "FRA_UID_RANGE")
            .addAll(23, OCTETS, "FRA_SPORT_RANGE", "FRA_DPORT_RANGE")
            .build();

    private static final HeaderLayout.Table LAYOUT = new HeaderLayout.Table("fib_rule_hdr");

    /** {@code family}. */
    static final HeaderLayout.Field FAMILY = LAYOUT.add("family", 1);

    /** {@code dst_len}. */
    static final HeaderLayout.Field DESTINATION_LENGTH = LAYOUT.add("dst_len", 1);

    /** {@code src_len}. */
    static final HeaderLayout.Field SOURCE_LENGTH = LAYOUT.add("src_len", 1);

    /** {@code tos}. */
    static final HeaderLayout.Field TOS = LAYOUT.add("tos", 1);

    /** {@code table}: the lower eight bits; FRA_TABLE has all. */
    static final HeaderLayout.Field LOW_TABLE = LAYOUT.add("table", 1);

    static {
        LAYOUT.skip(2);
    }

    /** {@code action}: FR_ACT_…. */
    static final HeaderLayout.Field ACTION = LAYOUT.add("action", 1);

    /** {@code flags}. */
    static final HeaderLayout.Field FLAGS = LAYOUT.add("flags", 4);

    /** {@code struct fib_rule_hdr}. */
    static final HeaderLayout HEADER = LAYOUT.build();

    private RuleAttributes() {}
}
