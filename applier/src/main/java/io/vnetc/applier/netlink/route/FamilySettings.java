// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.netlink.route;

import static io.vnetc.applier.netlink.wire.AttributeTypes.OCTETS;
import static io.vnetc.applier.netlink.wire.AttributeTypes.U32;
import static io.vnetc.applier.netlink.wire.AttributeTypes.U8;
import static io.vnetc.applier.netlink.wire.AttributeTypes.WORDS;

import io.vnetc.applier.netlink.wire.Attribute;
import io.vnetc.applier.netlink.wire.AttributeSet;
import io.vnetc.applier.netlink.wire.AttributeTypes;
import io.vnetc.applier.netlink.wire.Attributes;

/**
 * What {@code IFLA_AF_SPEC} holds: a link's settings of IPv4 and IPv6, the same that {@code /proc/sys/net/ipv[46]/conf}
 * shows ({@code IFLA_INET_…}, {@code IFLA_INET6_…} of linux/if_link.h).
 */
public final class FamilySettings {
    private static final AttributeSet.Table IPV4_TABLE = new AttributeSet.Table("IPv4 settings");

    /** As the kernel tells them: a word for each, that of number 1 first. */
    public static final Attribute<int[]> IPV4_VALUES = IPV4_TABLE.add(1, "IFLA_INET_CONF", WORDS);

    /** As the kernel takes them, under the same number: an attribute for each, under the number of the setting. */
    static final Attribute<Attributes> IPV4_CHANGES =
            new Attribute<>(IPV4_VALUES.number(), IPV4_VALUES.name(), AttributeTypes.nested(AttributeSet.UNKNOWN));

    private static final AttributeSet.Table IPV6_TABLE = new AttributeSet.Table("IPv6 settings");

    /** {@code IF_RA_…}, {@code IF_READY} of net/if_inet6.h. */
    public static final Attribute<Long> IPV6_FLAGS = IPV6_TABLE.add(1, "IFLA_INET6_FLAGS", U32);

    /** A word for each, that of number 0 first. */
    public static final Attribute<int[]> IPV6_VALUES = IPV6_TABLE.add(2, "IFLA_INET6_CONF", WORDS);

    /** Where link-local addresses come from: see {@link AddressGeneration}. */
    public static final Attribute<Long> ADDRESS_GENERATION = IPV6_TABLE.add(8, "IFLA_INET6_ADDR_GEN_MODE", U8);

    private static final AttributeSet.Table TABLE = new AttributeSet.Table("address family");

    /** {@code AF_INET}. */
    public static final Attribute<Attributes> IPV4 =
            TABLE.add(Families.IPV4, "AF_INET", AttributeTypes.nested(IPV4_TABLE.build()));

    /** {@code AF_INET6}. */
    public static final Attribute<Attributes> IPV6 = TABLE.add(
            Families.IPV6,
            "AF_INET6",
            AttributeTypes.nested(IPV6_TABLE
                    .addAll(3, OCTETS, "IFLA_INET6_STATS", "IFLA_INET6_MCAST", "IFLA_INET6_CACHEINFO")
                    .addAll(6, OCTETS, "IFLA_INET6_ICMP6STATS", "IFLA_INET6_TOKEN")
                    .addAll(9, U32, "IFLA_INET6_RA_MTU")
                    .build()));

    /** Both. */
    public static final AttributeSet SET = TABLE.build();

    private FamilySettings() {}

    static Attribute<Long> change(Ipv4Setting setting) {
        return new Attribute<>(setting.number(), setting.key(), U32);
    }
}
