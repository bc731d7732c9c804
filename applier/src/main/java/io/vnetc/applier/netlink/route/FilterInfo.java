// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.netlink.route;

import io.vnetc.applier.netlink.wire.Attributes;
import io.vnetc.applier.netlink.wire.Message;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A filter as the kernel told it.
 *
 * @param linkIndex of the link that it is on
 * @param parent the qdisc that it sorts packets for
 * @param handle of it
 * @param priority lower is asked earlier
 * @param protocol as in an Ethernet header; 3 for all
 * @param kind such as {@code u32}
 * @param classId where packets go; 0 where it names no class
 * @param selector of a filter of the kind u32
 * @param redirectedTo the index of the link that its first action sends packets out by, where it does that
 */
public record FilterInfo(
        int linkIndex,
        int parent,
        int handle,
        int priority,
        int protocol,
        String kind,
        int classId,
        Optional<U32Selector> selector,
        OptionalInt redirectedTo) {
    /** {@code ETH_P_ALL}. */
    public static final int ALL_PROTOCOLS = 3;

    /** {@code eaction} and {@code ifindex} of {@code struct tc_mirred}, behind {@code tc_gen}. */
    static final int MIRROR_ACTION_OFFSET = 20;

    static final int MIRROR_INDEX_OFFSET = 24;
    static final int MIRROR_SIZE = 28;
    /** {@code TCA_EGRESS_REDIR}. */
    static final int EGRESS_REDIRECT = 1;

    static FilterInfo of(Message message) {
        Attributes attributes = message.attributes();
        String kind = attributes.require(TrafficAttributes.KIND);
        boolean known = kind.equals("u32");
        Attributes options = attributes.nested(TrafficAttributes.OPTIONS);
        int info = (int) message.header(TrafficAttributes.INFO);
        return new FilterInfo(
                (int) message.header(TrafficAttributes.INDEX),
                (int) message.header(TrafficAttributes.PARENT),
                (int) message.header(TrafficAttributes.HANDLE),
                info >>> 16,
                swap(info & 0xffff),
                kind,
                known ? (int) options.number(TrafficAttributes.U32_CLASS, 0) : 0,
                known ? options.get(TrafficAttributes.U32_SELECTOR).map(U32Selector::of) : Optional.empty(),
                known ? redirect(options.nested(TrafficAttributes.U32_ACTIONS)) : OptionalInt.empty());
    }

    private static OptionalInt redirect(Attributes actions) {
        Attributes action = actions.nested(TrafficAttributes.FIRST_ACTION);
        byte[] mirror = action.nested(TrafficAttributes.ACTION_OPTIONS)
                .get(TrafficAttributes.MIRROR_PARAMETERS)
                .orElse(new byte[0]);
        if (!action.text(TrafficAttributes.ACTION_KIND, "").equals("mirred") || mirror.length < MIRROR_SIZE) {
            return OptionalInt.empty();
        }
        ByteBuffer data = ByteBuffer.wrap(mirror).order(ByteOrder.nativeOrder());
        return data.getInt(MIRROR_ACTION_OFFSET) == EGRESS_REDIRECT
                ? OptionalInt.of(data.getInt(MIRROR_INDEX_OFFSET))
                : OptionalInt.empty();
    }

    /** Whether it is a real one: the kernel shows each priority and each of its tables beside them. */
    public boolean isComplete() {
        return handle != 0 && (!kind.equals("u32") || selector.isPresent());
    }

    /** The protocol goes over netlink in network order. */
    static int swap(int protocol) {
        return ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN
                ? Short.toUnsignedInt(Short.reverseBytes((short) protocol))
                : protocol;
    }
}
