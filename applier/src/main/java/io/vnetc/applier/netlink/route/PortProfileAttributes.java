// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.netlink.route;

import static io.vnetc.applier.netlink.wire.AttributeTypes.OCTETS;
import static io.vnetc.applier.netlink.wire.AttributeTypes.TEXT;
import static io.vnetc.applier.netlink.wire.AttributeTypes.U16;
import static io.vnetc.applier.netlink.wire.AttributeTypes.U32;
import static io.vnetc.applier.netlink.wire.AttributeTypes.U8;

import io.vnetc.applier.netlink.wire.Attribute;
import io.vnetc.applier.netlink.wire.AttributeSet;
import io.vnetc.applier.netlink.wire.AttributeTypes;
import io.vnetc.applier.netlink.wire.Attributes;

/** What the switch behind a link is told of a guest: {@code IFLA_PORT_…} of linux/if_link.h. */
public final class PortProfileAttributes {
    private static final AttributeSet.Table LINES = new AttributeSet.Table("port");

    /** The number of the SR-IOV function. */
    public static final Attribute<Long> VF = LINES.add(1, "IFLA_PORT_VF", U32);

    /** Of 802.1Qbh, at most 39 octets. */
    public static final Attribute<String> PROFILE = LINES.add(2, "IFLA_PORT_PROFILE", TEXT);

    /** Of 802.1Qbg: {@code struct ifla_port_vsi}. */
    public static final Attribute<byte[]> VSI_TYPE = LINES.add(3, "IFLA_PORT_VSI_TYPE", OCTETS);

    /** The guest's port. */
    public static final Attribute<byte[]> INSTANCE_UUID = LINES.add(4, "IFLA_PORT_INSTANCE_UUID", OCTETS);

    public static final Attribute<byte[]> HOST_UUID = LINES.add(5, "IFLA_PORT_HOST_UUID", OCTETS);

    /** {@code PORT_REQUEST_…}. */
    public static final Attribute<Long> REQUEST = LINES.add(6, "IFLA_PORT_REQUEST", U8);

    /** How the switch answered: {@code PORT_VDP_RESPONSE_…} or {@code PORT_PROFILE_RESPONSE_…}. */
    public static final Attribute<Long> RESPONSE = LINES.add(7, "IFLA_PORT_RESPONSE", U16);

    /** All of them. */
    public static final AttributeSet SET = LINES.build();

    private static final AttributeSet.Table FUNCTIONS = new AttributeSet.Table("ports");

    /** One function's. */
    public static final Attribute<Attributes> VF_PORT = FUNCTIONS.add(1, "IFLA_VF_PORT", AttributeTypes.nested(SET));

    /** Those of all functions. */
    static final AttributeSet ALL_FUNCTIONS = FUNCTIONS.build();

    private PortProfileAttributes() {}
}
