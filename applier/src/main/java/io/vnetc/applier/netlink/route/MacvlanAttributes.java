// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.netlink.route;

import static io.vnetc.applier.netlink.wire.AttributeTypes.OCTETS;
import static io.vnetc.applier.netlink.wire.AttributeTypes.U16;
import static io.vnetc.applier.netlink.wire.AttributeTypes.U32;

import io.vnetc.applier.netlink.wire.Attribute;
import io.vnetc.applier.netlink.wire.AttributeSet;

/** Options of a macvlan or macvtap: {@code IFLA_MACVLAN_…} of linux/if_link.h. */
public final class MacvlanAttributes {
    private static final AttributeSet.Table LINES = new AttributeSet.Table("macvlan");

    /** 1 private, 2 vepa, 4 bridge, 8 passthru, 16 source. */
    public static final Attribute<Long> MODE = LINES.add(1, "IFLA_MACVLAN_MODE", U32);

    /** 1: the link below does not become promiscuous for one that is passed through. */
    public static final Attribute<Long> FLAGS = LINES.add(2, "IFLA_MACVLAN_FLAGS", U16);

    /** All of them. */
    public static final AttributeSet SET = LINES.addAll(
                    3,
                    OCTETS,
                    "IFLA_MACVLAN_MACADDR_MODE",
                    "IFLA_MACVLAN_MACADDR",
                    "IFLA_MACVLAN_MACADDR_DATA",
                    "IFLA_MACVLAN_MACADDR_COUNT",
                    "IFLA_MACVLAN_BC_QUEUE_LEN",
                    "IFLA_MACVLAN_BC_QUEUE_LEN_USED",
                    "IFLA_MACVLAN_BC_CUTOFF")
            .build();

    private MacvlanAttributes() {}
}
