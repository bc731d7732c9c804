// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.netlink.route;

import static io.vnetc.applier.netlink.wire.AttributeTypes.U32;
import static io.vnetc.applier.netlink.wire.AttributeTypes.U8;

import io.vnetc.applier.netlink.wire.Attribute;
import io.vnetc.applier.netlink.wire.AttributeSet;

/** What a tun or tap tells about itself: {@code IFLA_TUN_…} of linux/if_link.h. None can be set by netlink. */
public final class TunAttributes {
    private static final AttributeSet.Table LINES = new AttributeSet.Table("tun");

    /** Who may open it: a user id; absent where nobody was named. */
    public static final Attribute<Long> OWNER = LINES.add(1, "IFLA_TUN_OWNER", U32);

    /** Who may open it: a group id; absent where none was named. */
    public static final Attribute<Long> GROUP = LINES.add(2, "IFLA_TUN_GROUP", U32);

    /** 1 tun, 2 tap. */
    public static final Attribute<Long> TYPE = LINES.add(3, "IFLA_TUN_TYPE", U8);

    /** A header of four octets before each packet. */
    public static final Attribute<Long> PI = LINES.add(4, "IFLA_TUN_PI", U8);

    /** As whoever opened it last asked. */
    public static final Attribute<Long> VNET_HDR = LINES.add(5, "IFLA_TUN_VNET_HDR", U8);

    /** Stays when nobody has it open. */
    public static final Attribute<Long> PERSIST = LINES.add(6, "IFLA_TUN_PERSIST", U8);

    /** Made for several queues. */
    public static final Attribute<Long> MULTI_QUEUE = LINES.add(7, "IFLA_TUN_MULTI_QUEUE", U8);

    /** How many are open; only with several queues. */
    public static final Attribute<Long> NUM_QUEUES = LINES.add(8, "IFLA_TUN_NUM_QUEUES", U32);

    public static final Attribute<Long> NUM_DISABLED_QUEUES = LINES.add(9, "IFLA_TUN_NUM_DISABLED_QUEUES", U32);

    /** All of them. */
    public static final AttributeSet SET = LINES.build();

    private TunAttributes() {}
}
