// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.netlink.route;

import static io.vnetc.applier.netlink.wire.AttributeTypes.OCTETS;
import static io.vnetc.applier.netlink.wire.AttributeTypes.U16;

import io.vnetc.applier.netlink.wire.Attribute;
import io.vnetc.applier.netlink.wire.AttributeSet;
import io.vnetc.applier.netlink.wire.AttributeTypes;
import io.vnetc.applier.netlink.wire.Attributes;
import io.vnetc.applier.netlink.wire.MessageFormatException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * VLANs that a port of a bridge is in, or the bridge itself ({@code struct bridge_vlan_info} of linux/if_bridge.h).
 *
 * @param first 1 to 4094
 * @param last of the range
 * @param pvid whether frames without a tag belong to it
 * @param untagged whether frames leave without their tag
 */
public record BridgeVlan(int first, int last, boolean pvid, boolean untagged) {
    private static final int PVID = 0x2;
    private static final int UNTAGGED = 0x4;
    private static final int RANGE_BEGIN = 0x8;
    private static final int RANGE_END = 0x10;

    private static final AttributeSet.Table LINES = new AttributeSet.Table("bridge");

    /** Whose VLANs are meant: {@code BRIDGE_FLAGS_MASTER} or {@code BRIDGE_FLAGS_SELF}. */
    static final Attribute<Long> FLAGS = LINES.add(0, "IFLA_BRIDGE_FLAGS", U16);

    /** Any number of them. */
    static final Attribute<byte[]> VLAN_INFO = LINES.add(2, "IFLA_BRIDGE_VLAN_INFO", OCTETS);

    /** What {@code IFLA_AF_SPEC} holds in messages of the family AF_BRIDGE: no families, but this. */
    static final Attribute<Attributes> SPECIFICATION = new Attribute<>(
            LinkAttributes.AF_SPEC.number(),
            LinkAttributes.AF_SPEC.name(),
            AttributeTypes.nested(LINES.addAll(1, U16, "IFLA_BRIDGE_MODE").build()));

    /** The kernel's structures: one, or two for a range. */
    List<byte[]> encode() {
        int flags = (pvid ? PVID : 0) | (untagged ? UNTAGGED : 0);
        return first == last
                ? List.of(info(flags, first))
                : List.of(info(flags | RANGE_BEGIN, first), info(flags | RANGE_END, last));
    }

    private static byte[] info(int flags, int vlan) {
        return ByteBuffer.allocate(4)
                .order(ByteOrder.nativeOrder())
                .putShort((short) flags)
                .putShort((short) vlan)
                .array();
    }

    /** What a link of a bridge is in. */
    static List<BridgeVlan> decode(Attributes link) {
        Attributes specification = link.nested(SPECIFICATION);
        List<BridgeVlan> vlans = new ArrayList<>();
        int begin = 0;
        for (Attributes.Entry entry : specification.entries()) {
            if (entry.number() != VLAN_INFO.number()) {
                continue;
            }
            byte[] octets = specification.octets(entry);
            if (octets.length != 4) {
                throw new MessageFormatException(octets.length + " octets where a VLAN should be");
            }
            ByteBuffer info = ByteBuffer.wrap(octets).order(ByteOrder.nativeOrder());
            int flags = info.getShort() & 0xffff;
            int vlan = info.getShort() & 0xffff;
            if ((flags & RANGE_BEGIN) != 0) {
                begin = vlan;
            } else {
                int first = (flags & RANGE_END) != 0 ? begin : vlan;
                vlans.add(new BridgeVlan(first, vlan, (flags & PVID) != 0, (flags & UNTAGGED) != 0));
            }
        }
        return vlans;
    }
}
