// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.netlink.route;

import static io.vnetc.applier.netlink.wire.AttributeTypes.OCTETS;
import static io.vnetc.applier.netlink.wire.AttributeTypes.U16;
import static io.vnetc.applier.netlink.wire.AttributeTypes.U32;

import io.vnetc.applier.netlink.wire.Attribute;
import io.vnetc.applier.netlink.wire.AttributeSet;
import io.vnetc.applier.netlink.wire.HeaderLayout;

/** Attributes of neighbours, and of what a bridge knows of who is where: {@code NDA_…} of linux/neighbour.h. */
public final class NeighbourAttributes {
    private static final AttributeSet.Table LINES = new AttributeSet.Table("neighbour");

    /** The hardware address: six octets on Ethernet. */
    public static final Attribute<byte[]> LLADDR = LINES.add(2, "NDA_LLADDR", OCTETS);

    public static final Attribute<Long> VLAN = LINES.add(5, "NDA_VLAN", U16);

    /** The index of the bridge that knows it. */
    public static final Attribute<Long> MASTER = LINES.add(9, "NDA_MASTER", U32);

    /** All of them. */
    public static final AttributeSet SET = LINES.addAll(1, OCTETS, "NDA_DST")
            .addAll(3, OCTETS, "NDA_CACHEINFO", "NDA_PROBES")
            .addAll(6, OCTETS, "NDA_PORT", "NDA_VNI", "NDA_IFINDEX")
            .addAll(
                    10,
                    OCTETS,
                    "NDA_LINK_NETNSID",
                    "NDA_SRC_VNI",
                    "NDA_PROTOCOL",
                    "NDA_NH_ID",
                    "NDA_FDB_EXT_ATTRS",
                    "NDA_FLAGS_EXT",
                    "NDA_NDM_STATE_MASK",
                    "NDA_NDM_FLAGS_MASK")
            .build();

    private static final HeaderLayout.Table LAYOUT = new HeaderLayout.Table("ndmsg");

    /** {@code ndm_family}. */
    static final HeaderLayout.Field FAMILY = LAYOUT.add("family", 1);

    static {
        LAYOUT.skip(3);
    }

    /** {@code ndm_ifindex}. */
    static final HeaderLayout.Field INDEX = LAYOUT.add("ifindex", 4);

    /** {@code ndm_state}: NUD_…. */
    static final HeaderLayout.Field STATE = LAYOUT.add("state", 2);

    /** {@code ndm_flags}: NTF_…. */
    static final HeaderLayout.Field FLAGS = LAYOUT.add("flags", 1);

    static {
        LAYOUT.add("type", 1);
    }

    /** {@code struct ndmsg}. */
    static final HeaderLayout HEADER = LAYOUT.build();

    private NeighbourAttributes() {}
}
