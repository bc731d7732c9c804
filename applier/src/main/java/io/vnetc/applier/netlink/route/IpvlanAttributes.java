// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.netlink.route;

import static io.vnetc.applier.netlink.wire.AttributeTypes.U16;

import io.vnetc.applier.netlink.wire.Attribute;
import io.vnetc.applier.netlink.wire.AttributeSet;

/** Options of ipvlans: {@code IFLA_IPVLAN_…} of linux/if_link.h. */
public final class IpvlanAttributes {
    private static final AttributeSet.Table LINES = new AttributeSet.Table("ipvlan");

    /** 0 l2, 1 l3, 2 l3s. */
    public static final Attribute<Long> MODE = LINES.add(1, "IFLA_IPVLAN_MODE", U16);

    /** 1 private, 2 vepa. */
    public static final Attribute<Long> FLAGS = LINES.add(2, "IFLA_IPVLAN_FLAGS", U16);

    /** All of them. */
    public static final AttributeSet SET = LINES.build();

    private IpvlanAttributes() {}
}
