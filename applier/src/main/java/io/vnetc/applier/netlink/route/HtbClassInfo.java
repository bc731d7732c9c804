// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.netlink.route;

import io.vnetc.applier.netlink.wire.Attributes;
import io.vnetc.applier.netlink.wire.Message;
import io.vnetc.applier.netlink.wire.MessageFormatException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A class of htb as the kernel told it.
 *
 * @param handle of it
 * @param parent the class or qdisc that it is in
 * @param rate octets a second
 * @param ceil octets a second
 * @param burstTicks the time that its burst takes at its rate, in units of 64 ns
 * @param ceilBurstTicks the time that its cburst takes at its ceil, in units of 64 ns
 * @param quantum in octets
 * @param level 0 for a class without others in it
 * @param priority 0 to 7
 */
public record HtbClassInfo(
        int handle,
        int parent,
        long rate,
        long ceil,
        long burstTicks,
        long ceilBurstTicks,
        long quantum,
        int level,
        int priority) {
    /** {@code sizeof(struct tc_htb_opt)}: two {@code tc_ratespec} of 12 octets, and five words. */
    static final int SIZE = 44;

    static final int RATE = 8;
    static final int CEIL = 20;
    static final int BUFFER = 24;
    static final int CBUFFER = 28;
    static final int QUANTUM = 32;
    static final int LEVEL = 36;
    static final int PRIORITY = 40;
    /** {@code linklayer} of each {@code tc_ratespec}. */
    static final int RATE_LINK_LAYER = 1;

    static final int CEIL_LINK_LAYER = 13;

    static HtbClassInfo of(Message message) {
        Attributes options = message.attributes().nested(TrafficAttributes.OPTIONS);
        byte[] octets = options.require(TrafficAttributes.HTB_PARAMETERS);
        if (octets.length < SIZE) {
            throw new MessageFormatException("a class of htb in " + octets.length + " octets");
        }
        ByteBuffer data = ByteBuffer.wrap(octets).order(ByteOrder.nativeOrder());
        return new HtbClassInfo(
                (int) message.header(TrafficAttributes.HANDLE),
                (int) message.header(TrafficAttributes.PARENT),
                options.number(TrafficAttributes.HTB_RATE, word(data, RATE)),
                options.number(TrafficAttributes.HTB_CEIL, word(data, CEIL)),
                word(data, BUFFER),
                word(data, CBUFFER),
                word(data, QUANTUM),
                data.getInt(LEVEL),
                data.getInt(PRIORITY));
    }

    private static long word(ByteBuffer data, int offset) {
        return data.getInt(offset) & 0xffff_ffffL;
    }
}
