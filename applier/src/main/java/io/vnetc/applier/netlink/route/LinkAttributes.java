// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.netlink.route;

import static io.vnetc.applier.netlink.wire.AttributeTypes.OCTETS;
import static io.vnetc.applier.netlink.wire.AttributeTypes.S32;
import static io.vnetc.applier.netlink.wire.AttributeTypes.TEXT;
import static io.vnetc.applier.netlink.wire.AttributeTypes.U32;
import static io.vnetc.applier.netlink.wire.AttributeTypes.U8;

import io.vnetc.applier.netlink.wire.Attribute;
import io.vnetc.applier.netlink.wire.AttributeSet;
import io.vnetc.applier.netlink.wire.AttributeTypes;
import io.vnetc.applier.netlink.wire.Attributes;
import io.vnetc.applier.netlink.wire.HeaderLayout;

/** Attributes of links: {@code IFLA_…} of linux/if_link.h. */
public final class LinkAttributes {
    private static final AttributeSet.Table LINES = new AttributeSet.Table("link");

    /** The hardware address: six octets on Ethernet. */
    public static final Attribute<byte[]> ADDRESS = LINES.add(1, "IFLA_ADDRESS", OCTETS);

    /** The hardware broadcast address. */
    public static final Attribute<byte[]> BROADCAST = LINES.add(2, "IFLA_BROADCAST", OCTETS);

    /** The name, at most 15 octets. */
    public static final Attribute<String> IFNAME = LINES.add(3, "IFLA_IFNAME", TEXT);

    public static final Attribute<Long> MTU = LINES.add(4, "IFLA_MTU", U32);

    /** The index of the device below, or the peer. */
    public static final Attribute<Long> LINK = LINES.add(5, "IFLA_LINK", S32);

    public static final Attribute<String> QDISC = LINES.add(6, "IFLA_QDISC", TEXT);

    /** The index of the bridge or bond it is a port of; 0 takes it out. */
    public static final Attribute<Long> MASTER = LINES.add(10, "IFLA_MASTER", S32);

    public static final Attribute<Long> TXQLEN = LINES.add(13, "IFLA_TXQLEN", U32);

    /** RFC 2863. */
    public static final Attribute<Long> OPERSTATE = LINES.add(16, "IFLA_OPERSTATE", U8);

    public static final Attribute<Long> LINKMODE = LINES.add(17, "IFLA_LINKMODE", U8);

    /** What kind of link it is, and the options of that kind. */
    public static final Attribute<Attributes> LINKINFO =
            LINES.add(18, "IFLA_LINKINFO", AttributeTypes.nested(LinkKind.SET));

    public static final Attribute<Long> NET_NS_PID = LINES.add(19, "IFLA_NET_NS_PID", U32);

    /** Free text of at most 255 octets; ignored by the kernel in the message that creates a link. */
    public static final Attribute<String> IFALIAS = LINES.add(20, "IFLA_IFALIAS", TEXT);

    public static final Attribute<Long> NUM_VF = LINES.add(21, "IFLA_NUM_VF", U32);

    /** What the switch behind it is told of the guests that have its functions. */
    public static final Attribute<Attributes> VF_PORTS =
            LINES.add(24, "IFLA_VF_PORTS", AttributeTypes.nested(PortProfileAttributes.ALL_FUNCTIONS));

    /** What the switch behind it is told of the guest that has it. */
    public static final Attribute<Attributes> PORT_SELF =
            LINES.add(25, "IFLA_PORT_SELF", AttributeTypes.nested(PortProfileAttributes.SET));

    /** Settings by address family. */
    public static final Attribute<Attributes> AF_SPEC =
            LINES.add(26, "IFLA_AF_SPEC", AttributeTypes.nested(FamilySettings.SET));

    public static final Attribute<Long> GROUP = LINES.add(27, "IFLA_GROUP", U32);

    public static final Attribute<Long> NET_NS_FD = LINES.add(28, "IFLA_NET_NS_FD", U32);

    /** What a dump is to contain or to leave out. */
    public static final Attribute<Long> EXT_MASK = LINES.add(29, "IFLA_EXT_MASK", U32);

    public static final Attribute<Long> PROMISCUITY = LINES.add(30, "IFLA_PROMISCUITY", U32);

    public static final Attribute<Long> NUM_TX_QUEUES = LINES.add(31, "IFLA_NUM_TX_QUEUES", U32);

    public static final Attribute<Long> NUM_RX_QUEUES = LINES.add(32, "IFLA_NUM_RX_QUEUES", U32);

    /** Whether there is a peer at the other end. */
    public static final Attribute<Long> CARRIER = LINES.add(33, "IFLA_CARRIER", U8);

    public static final Attribute<Long> CARRIER_CHANGES = LINES.add(35, "IFLA_CARRIER_CHANGES", U32);

    /** Set when the device below is in another namespace. */
    public static final Attribute<Long> LINK_NETNSID = LINES.add(37, "IFLA_LINK_NETNSID", S32);

    public static final Attribute<Long> PROTO_DOWN = LINES.add(39, "IFLA_PROTO_DOWN", U8);

    public static final Attribute<Long> GSO_MAX_SEGS = LINES.add(40, "IFLA_GSO_MAX_SEGS", U32);

    public static final Attribute<Long> GSO_MAX_SIZE = LINES.add(41, "IFLA_GSO_MAX_SIZE", U32);

    public static final Attribute<Long> CARRIER_UP_COUNT = LINES.add(47, "IFLA_CARRIER_UP_COUNT", U32);

    public static final Attribute<Long> CARRIER_DOWN_COUNT = LINES.add(48, "IFLA_CARRIER_DOWN_COUNT", U32);

    public static final Attribute<Long> NEW_IFINDEX = LINES.add(49, "IFLA_NEW_IFINDEX", S32);

    public static final Attribute<Long> MIN_MTU = LINES.add(50, "IFLA_MIN_MTU", U32);

    public static final Attribute<Long> MAX_MTU = LINES.add(51, "IFLA_MAX_MTU", U32);

    private static final AttributeSet.Table PROPERTIES = new AttributeSet.Table("link property");

    /** Another name; stands in {@link #PROP_LIST}. */
    public static final Attribute<String> ALT_IFNAME = PROPERTIES.add(53, "IFLA_ALT_IFNAME", TEXT);

    /** What there may be several of. */
    public static final Attribute<Attributes> PROP_LIST =
            LINES.add(52, "IFLA_PROP_LIST", AttributeTypes.nested(PROPERTIES.build()));

    /** The device on its bus, such as a PCI address. */
    public static final Attribute<String> PARENT_DEV_NAME = LINES.add(56, "IFLA_PARENT_DEV_NAME", TEXT);

    public static final Attribute<String> PARENT_DEV_BUS_NAME = LINES.add(57, "IFLA_PARENT_DEV_BUS_NAME", TEXT);

    public static final Attribute<Long> GRO_MAX_SIZE = LINES.add(58, "IFLA_GRO_MAX_SIZE", U32);

    public static final Attribute<Long> TSO_MAX_SIZE = LINES.add(59, "IFLA_TSO_MAX_SIZE", U32);

    public static final Attribute<Long> TSO_MAX_SEGS = LINES.add(60, "IFLA_TSO_MAX_SEGS", U32);

    public static final Attribute<Long> ALLMULTI = LINES.add(61, "IFLA_ALLMULTI", U32);

    /** All of them. */
    public static final AttributeSet SET = LINES.addAll(7, OCTETS, "IFLA_STATS", "IFLA_COST", "IFLA_PRIORITY")
            .addAll(11, OCTETS, "IFLA_WIRELESS", "IFLA_PROTINFO")
            .addAll(14, OCTETS, "IFLA_MAP", "IFLA_WEIGHT")
            .addAll(22, OCTETS, "IFLA_VFINFO_LIST", "IFLA_STATS64")
            .addAll(34, OCTETS, "IFLA_PHYS_PORT_ID")
            .addAll(36, OCTETS, "IFLA_PHYS_SWITCH_ID")
            .addAll(38, OCTETS, "IFLA_PHYS_PORT_NAME")
            .addAll(42, OCTETS, "IFLA_PAD", "IFLA_XDP", "IFLA_EVENT", "IFLA_NEW_NETNSID", "IFLA_IF_NETNSID")
            .addAll(54, OCTETS, "IFLA_PERM_ADDRESS", "IFLA_PROTO_DOWN_REASON")
            .addAll(
                    62,
                    OCTETS,
                    "IFLA_DEVLINK_PORT",
                    "IFLA_GSO_IPV4_MAX_SIZE",
                    "IFLA_GRO_IPV4_MAX_SIZE",
                    "IFLA_DPLL_PIN",
                    "IFLA_MAX_PACING_OFFLOAD_HORIZON",
                    "IFLA_NETNS_IMMUTABLE",
                    "IFLA_HEADROOM",
                    "IFLA_TAILROOM")
            .build();

    private static final HeaderLayout.Table LAYOUT = new HeaderLayout.Table("ifinfomsg");

    /** {@code ifi_family}. */
    static final HeaderLayout.Field FAMILY = LAYOUT.add("family", 1);

    static {
        LAYOUT.skip(1);
    }

    /** {@code ifi_type}: ARPHRD_…. */
    static final HeaderLayout.Field HARDWARE_TYPE = LAYOUT.add("type", 2);

    /** {@code ifi_index}. */
    static final HeaderLayout.Field INDEX = LAYOUT.add("index", 4);

    /** {@code ifi_flags}: IFF_…. */
    static final HeaderLayout.Field FLAGS = LAYOUT.add("flags", 4);

    /** {@code ifi_change}: which flags to change. */
    static final HeaderLayout.Field CHANGE = LAYOUT.add("change", 4);

    /** {@code struct ifinfomsg}. */
    static final HeaderLayout HEADER = LAYOUT.build();

    private LinkAttributes() {}
}
