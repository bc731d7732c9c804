// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.netlink.route;

import static io.vnetc.applier.netlink.wire.AttributeTypes.BIG_ENDIAN_U16;
import static io.vnetc.applier.netlink.wire.AttributeTypes.OCTETS;
import static io.vnetc.applier.netlink.wire.AttributeTypes.U16;

import io.vnetc.applier.netlink.wire.Attribute;
import io.vnetc.applier.netlink.wire.AttributeSet;

/** Options of VLANs of a link: {@code IFLA_VLAN_…} of linux/if_link.h. */
public final class VlanAttributes {
    private static final AttributeSet.Table LINES = new AttributeSet.Table("vlan");

    /** 0 to 4094; only while it is made. */
    public static final Attribute<Long> ID = LINES.add(1, "IFLA_VLAN_ID", U16);

    /** 0x8100 or 0x88a8; only while it is made. */
    public static final Attribute<Long> PROTOCOL = LINES.add(5, "IFLA_VLAN_PROTOCOL", BIG_ENDIAN_U16);

    /** All of them. */
    public static final AttributeSet SET = LINES.addAll(
                    2, OCTETS, "IFLA_VLAN_FLAGS", "IFLA_VLAN_EGRESS_QOS", "IFLA_VLAN_INGRESS_QOS")
            .build();

    private VlanAttributes() {}
}
