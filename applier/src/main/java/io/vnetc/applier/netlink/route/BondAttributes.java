// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.netlink.route;

import static io.vnetc.applier.netlink.wire.AttributeTypes.IP_ADDRESS;
import static io.vnetc.applier.netlink.wire.AttributeTypes.OCTETS;
import static io.vnetc.applier.netlink.wire.AttributeTypes.S32;
import static io.vnetc.applier.netlink.wire.AttributeTypes.U16;
import static io.vnetc.applier.netlink.wire.AttributeTypes.U32;
import static io.vnetc.applier.netlink.wire.AttributeTypes.U8;

import io.vnetc.applier.netlink.wire.Attribute;
import io.vnetc.applier.netlink.wire.AttributeSet;
import io.vnetc.applier.netlink.wire.AttributeTypes;
import io.vnetc.applier.netlink.wire.Attributes;
import io.vnetc.dsl.value.IpAddress;

/** Options of bonds: {@code IFLA_BOND_…} of linux/if_link.h; times in milliseconds. */
public final class BondAttributes {
    /** {@code BOND_MAX_ARP_TARGETS} of linux/if_bonding.h. */
    private static final int MOST_TARGETS = 16;

    private static final AttributeSet.Table LINES = new AttributeSet.Table("bond");
    private static final AttributeSet.Table TARGETS = new AttributeSet.Table("ARP target");

    static {
        for (int i = 0; i < MOST_TARGETS; i++) {
            TARGETS.add(i, "target " + i, IP_ADDRESS);
        }
    }

    private static final AttributeSet TARGET_SET = TARGETS.build();

    /** 0 balance-rr to 6 balance-alb; only while it is down and has no members. */
    public static final Attribute<Long> MODE = LINES.add(1, "IFLA_BOND_MODE", U8);

    /** The index of the member that is used now. */
    public static final Attribute<Long> ACTIVE_SLAVE = LINES.add(2, "IFLA_BOND_ACTIVE_SLAVE", U32);

    public static final Attribute<Long> MIIMON = LINES.add(3, "IFLA_BOND_MIIMON", U32);

    /** Only with {@link #MIIMON}. */
    public static final Attribute<Long> UPDELAY = LINES.add(4, "IFLA_BOND_UPDELAY", U32);

    public static final Attribute<Long> DOWNDELAY = LINES.add(5, "IFLA_BOND_DOWNDELAY", U32);

    public static final Attribute<Long> USE_CARRIER = LINES.add(6, "IFLA_BOND_USE_CARRIER", U8);

    public static final Attribute<Long> ARP_INTERVAL = LINES.add(7, "IFLA_BOND_ARP_INTERVAL", U32);

    /** All of them: what is not named goes. */
    public static final Attribute<Attributes> ARP_IP_TARGET =
            LINES.add(8, "IFLA_BOND_ARP_IP_TARGET", AttributeTypes.nested(TARGET_SET));

    public static final Attribute<Long> ARP_VALIDATE = LINES.add(9, "IFLA_BOND_ARP_VALIDATE", U32);

    public static final Attribute<Long> ARP_ALL_TARGETS = LINES.add(10, "IFLA_BOND_ARP_ALL_TARGETS", U32);

    /** The index of the member that is preferred, once it is one; 0 for none. */
    public static final Attribute<Long> PRIMARY = LINES.add(11, "IFLA_BOND_PRIMARY", S32);

    public static final Attribute<Long> PRIMARY_RESELECT = LINES.add(12, "IFLA_BOND_PRIMARY_RESELECT", U8);

    public static final Attribute<Long> FAIL_OVER_MAC = LINES.add(13, "IFLA_BOND_FAIL_OVER_MAC", U8);

    public static final Attribute<Long> XMIT_HASH_POLICY = LINES.add(14, "IFLA_BOND_XMIT_HASH_POLICY", U8);

    public static final Attribute<Long> RESEND_IGMP = LINES.add(15, "IFLA_BOND_RESEND_IGMP", U32);

    public static final Attribute<Long> NUM_PEER_NOTIF = LINES.add(16, "IFLA_BOND_NUM_PEER_NOTIF", U8);

    public static final Attribute<Long> ALL_SLAVES_ACTIVE = LINES.add(17, "IFLA_BOND_ALL_SLAVES_ACTIVE", U8);

    public static final Attribute<Long> MIN_LINKS = LINES.add(18, "IFLA_BOND_MIN_LINKS", U32);

    public static final Attribute<Long> LP_INTERVAL = LINES.add(19, "IFLA_BOND_LP_INTERVAL", U32);

    public static final Attribute<Long> PACKETS_PER_SLAVE = LINES.add(20, "IFLA_BOND_PACKETS_PER_SLAVE", U32);

    /** 0 slow, 1 fast; only while it is down. */
    public static final Attribute<Long> AD_LACP_RATE = LINES.add(21, "IFLA_BOND_AD_LACP_RATE", U8);

    /** 0 stable, 1 bandwidth, 2 count; only while it is down. */
    public static final Attribute<Long> AD_SELECT = LINES.add(22, "IFLA_BOND_AD_SELECT", U8);

    public static final Attribute<Long> AD_ACTOR_SYS_PRIO = LINES.add(24, "IFLA_BOND_AD_ACTOR_SYS_PRIO", U16);

    public static final Attribute<Long> AD_USER_PORT_KEY = LINES.add(25, "IFLA_BOND_AD_USER_PORT_KEY", U16);

    public static final Attribute<Long> TLB_DYNAMIC_LB = LINES.add(27, "IFLA_BOND_TLB_DYNAMIC_LB", U8);

    public static final Attribute<Long> PEER_NOTIF_DELAY = LINES.add(28, "IFLA_BOND_PEER_NOTIF_DELAY", U32);

    public static final Attribute<Long> AD_LACP_ACTIVE = LINES.add(29, "IFLA_BOND_AD_LACP_ACTIVE", U8);

    public static final Attribute<Long> MISSED_MAX = LINES.add(30, "IFLA_BOND_MISSED_MAX", U8);

    /** All of them. */
    public static final AttributeSet SET = LINES.addAll(23, OCTETS, "IFLA_BOND_AD_INFO")
            .addAll(26, OCTETS, "IFLA_BOND_AD_ACTOR_SYSTEM")
            .addAll(31, OCTETS, "IFLA_BOND_NS_IP6_TARGET")
            .build();

    private BondAttributes() {}

    /** One of {@link #ARP_IP_TARGET}, by its place. */
    @SuppressWarnings("unchecked")
    static Attribute<IpAddress> target(int place) {
        return (Attribute<IpAddress>) TARGET_SET.attributes().get(place);
    }
}
