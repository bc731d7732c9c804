// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.netlink.conntrack;

import static io.vnetc.applier.netlink.wire.AttributeTypes.BIG_ENDIAN_U16;
import static io.vnetc.applier.netlink.wire.AttributeTypes.BIG_ENDIAN_U32;
import static io.vnetc.applier.netlink.wire.AttributeTypes.IP_ADDRESS;
import static io.vnetc.applier.netlink.wire.AttributeTypes.OCTETS;
import static io.vnetc.applier.netlink.wire.AttributeTypes.U8;

import io.vnetc.applier.netlink.wire.Attribute;
import io.vnetc.applier.netlink.wire.AttributeSet;
import io.vnetc.applier.netlink.wire.AttributeTypes;
import io.vnetc.applier.netlink.wire.Attributes;
import io.vnetc.applier.netlink.wire.HeaderLayout;
import io.vnetc.applier.netlink.wire.MessageType;
import io.vnetc.applier.netlink.wire.Protocol;
import io.vnetc.dsl.value.IpAddress;

/** Connection tracking over {@code NETLINK_NETFILTER}: {@code CTA_…} of linux/netfilter/nfnetlink_conntrack.h. */
final class ConntrackProtocol {
    private static final AttributeSet.Table IP_LINES = new AttributeSet.Table("addresses");
    static final Attribute<IpAddress> V4_SOURCE = IP_LINES.add(1, "CTA_IP_V4_SRC", IP_ADDRESS);
    static final Attribute<IpAddress> V4_DESTINATION = IP_LINES.add(2, "CTA_IP_V4_DST", IP_ADDRESS);
    static final Attribute<IpAddress> V6_SOURCE = IP_LINES.add(3, "CTA_IP_V6_SRC", IP_ADDRESS);
    static final Attribute<IpAddress> V6_DESTINATION = IP_LINES.add(4, "CTA_IP_V6_DST", IP_ADDRESS);

    private static final AttributeSet.Table PROTOCOL_LINES = new AttributeSet.Table("transport");
    static final Attribute<Long> NUMBER = PROTOCOL_LINES.add(1, "CTA_PROTO_NUM", U8);
    static final Attribute<Long> SOURCE_PORT = PROTOCOL_LINES.add(2, "CTA_PROTO_SRC_PORT", BIG_ENDIAN_U16);
    static final Attribute<Long> DESTINATION_PORT = PROTOCOL_LINES.add(3, "CTA_PROTO_DST_PORT", BIG_ENDIAN_U16);

    private static final AttributeSet.Table TUPLE_LINES = new AttributeSet.Table("tuple");
    static final Attribute<Attributes> IP = TUPLE_LINES.add(1, "CTA_TUPLE_IP", AttributeTypes.nested(IP_LINES.build()));
    static final Attribute<Attributes> TRANSPORT = TUPLE_LINES.add(
            2,
            "CTA_TUPLE_PROTO",
            AttributeTypes.nested(PROTOCOL_LINES
                    .addAll(4, BIG_ENDIAN_U16, "CTA_PROTO_ICMP_ID")
                    .addAll(5, U8, "CTA_PROTO_ICMP_TYPE", "CTA_PROTO_ICMP_CODE")
                    .addAll(7, BIG_ENDIAN_U16, "CTA_PROTO_ICMPV6_ID")
                    .addAll(8, U8, "CTA_PROTO_ICMPV6_TYPE", "CTA_PROTO_ICMPV6_CODE")
                    .build()));
    private static final AttributeSet TUPLE =
            TUPLE_LINES.addAll(3, BIG_ENDIAN_U16, "CTA_TUPLE_ZONE").build();

    private static final AttributeSet.Table LINES = new AttributeSet.Table("flow");
    static final Attribute<Attributes> ORIGINAL = LINES.add(1, "CTA_TUPLE_ORIG", AttributeTypes.nested(TUPLE));
    static final Attribute<Attributes> REPLY = LINES.add(2, "CTA_TUPLE_REPLY", AttributeTypes.nested(TUPLE));
    static final Attribute<Long> STATUS = LINES.add(3, "CTA_STATUS", BIG_ENDIAN_U32);
    static final Attribute<Long> MARK = LINES.add(8, "CTA_MARK", BIG_ENDIAN_U32);
    static final Attribute<Long> ID = LINES.add(12, "CTA_ID", BIG_ENDIAN_U32);
    static final Attribute<Long> ZONE = LINES.add(18, "CTA_ZONE", BIG_ENDIAN_U16);
    private static final AttributeSet SET = LINES.addAll(4, OCTETS, "CTA_PROTOINFO", "CTA_HELP", "CTA_NAT_SRC")
            .addAll(7, BIG_ENDIAN_U32, "CTA_TIMEOUT")
            .addAll(9, OCTETS, "CTA_COUNTERS_ORIG", "CTA_COUNTERS_REPLY")
            .addAll(11, BIG_ENDIAN_U32, "CTA_USE")
            .addAll(13, OCTETS, "CTA_NAT_DST", "CTA_TUPLE_MASTER", "CTA_SEQ_ADJ_ORIG", "CTA_SEQ_ADJ_REPLY")
            .addAll(19, OCTETS, "CTA_SECCTX", "CTA_TIMESTAMP")
            .addAll(21, BIG_ENDIAN_U32, "CTA_MARK_MASK")
            .addAll(22, OCTETS, "CTA_LABELS", "CTA_LABELS_MASK", "CTA_SYNPROXY", "CTA_FILTER")
            .addAll(26, BIG_ENDIAN_U32, "CTA_STATUS_MASK")
            .build();

    private static final HeaderLayout.Table LAYOUT = new HeaderLayout.Table("nfgenmsg");
    static final HeaderLayout.Field FAMILY = LAYOUT.add("family", 1);
    private static final HeaderLayout HEADER = LAYOUT.skip(3).build();

    private static final int SUBSYSTEM = 1 << 8;
    static final MessageType NEW = new MessageType(SUBSYSTEM, "IPCTNL_MSG_CT_NEW", HEADER, SET);
    static final MessageType GET = new MessageType(SUBSYSTEM | 1, "IPCTNL_MSG_CT_GET", HEADER, SET);
    static final MessageType DELETE = new MessageType(SUBSYSTEM | 2, "IPCTNL_MSG_CT_DELETE", HEADER, SET);

    static final Protocol PROTOCOL = new Protocol(12, "NETLINK_NETFILTER", NEW, GET, DELETE);

    private ConntrackProtocol() {}
}
