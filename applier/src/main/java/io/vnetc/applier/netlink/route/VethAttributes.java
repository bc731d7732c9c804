// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.netlink.route;

import static io.vnetc.applier.netlink.wire.AttributeTypes.OCTETS;

import io.vnetc.applier.netlink.wire.Attribute;
import io.vnetc.applier.netlink.wire.AttributeSet;

/** Options of pairs: {@code VETH_INFO_…} of linux/veth.h. */
public final class VethAttributes {
    private static final AttributeSet.Table LINES = new AttributeSet.Table("veth");

    /** The other end: a {@code struct ifinfomsg} and attributes of links. */
    public static final Attribute<byte[]> PEER = LINES.add(1, "VETH_INFO_PEER", OCTETS);

    /** All of them. */
    public static final AttributeSet SET = LINES.build();

    private VethAttributes() {}
}
