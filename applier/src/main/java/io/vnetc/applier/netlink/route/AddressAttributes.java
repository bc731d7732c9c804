// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.netlink.route;

import static io.vnetc.applier.netlink.wire.AttributeTypes.IP_ADDRESS;
import static io.vnetc.applier.netlink.wire.AttributeTypes.S32;
import static io.vnetc.applier.netlink.wire.AttributeTypes.TEXT;
import static io.vnetc.applier.netlink.wire.AttributeTypes.U32;
import static io.vnetc.applier.netlink.wire.AttributeTypes.U8;
import static io.vnetc.applier.netlink.wire.AttributeTypes.WORDS;

import io.vnetc.applier.netlink.wire.Attribute;
import io.vnetc.applier.netlink.wire.AttributeSet;
import io.vnetc.applier.netlink.wire.HeaderLayout;
import io.vnetc.dsl.value.IpAddress;

/** Attributes of addresses: {@code IFA_…} of linux/if_addr.h. */
public final class AddressAttributes {
    private static final AttributeSet.Table LINES = new AttributeSet.Table("address");

    /** The address, or on a point-to-point link that of the peer. */
    public static final Attribute<IpAddress> ADDRESS = LINES.add(1, "IFA_ADDRESS", IP_ADDRESS);

    /** The address; IPv6 has it only where a peer is named. */
    public static final Attribute<IpAddress> LOCAL = LINES.add(2, "IFA_LOCAL", IP_ADDRESS);

    /** IPv4 only. */
    public static final Attribute<String> LABEL = LINES.add(3, "IFA_LABEL", TEXT);

    public static final Attribute<IpAddress> BROADCAST = LINES.add(4, "IFA_BROADCAST", IP_ADDRESS);

    public static final Attribute<IpAddress> ANYCAST = LINES.add(5, "IFA_ANYCAST", IP_ADDRESS);

    /** Seconds it is preferred and valid (-1 for ever), then when it was made and changed. */
    public static final Attribute<int[]> CACHEINFO = LINES.add(6, "IFA_CACHEINFO", WORDS);

    public static final Attribute<IpAddress> MULTICAST = LINES.add(7, "IFA_MULTICAST", IP_ADDRESS);

    /** IFA_F_…. */
    public static final Attribute<Long> FLAGS = LINES.add(8, "IFA_FLAGS", U32);

    /** The metric of the route that comes with it. */
    public static final Attribute<Long> RT_PRIORITY = LINES.add(9, "IFA_RT_PRIORITY", U32);

    public static final Attribute<Long> TARGET_NETNSID = LINES.add(10, "IFA_TARGET_NETNSID", S32);

    /** Who set it (Linux 5.18). */
    public static final Attribute<Long> PROTO = LINES.add(11, "IFA_PROTO", U8);

    /** All of them. */
    public static final AttributeSet SET = LINES.build();

    private static final HeaderLayout.Table LAYOUT = new HeaderLayout.Table("ifaddrmsg");

    /** {@code ifa_family}. */
    static final HeaderLayout.Field FAMILY = LAYOUT.add("family", 1);

    /** {@code ifa_prefixlen}. */
    static final HeaderLayout.Field PREFIX_LENGTH = LAYOUT.add("prefixlen", 1);

    /** {@code ifa_flags}: the lower eight bits. */
    static final HeaderLayout.Field LOW_FLAGS = LAYOUT.add("flags", 1);

    /** {@code ifa_scope}. */
    static final HeaderLayout.Field SCOPE = LAYOUT.add("scope", 1);

    /** {@code ifa_index}. */
    static final HeaderLayout.Field INDEX = LAYOUT.add("index", 4);

    /** {@code struct ifaddrmsg}. */
    static final HeaderLayout HEADER = LAYOUT.build();

    private AddressAttributes() {}
}
