// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.netlink.route;

import io.vnetc.applier.netlink.wire.Attributes;
import io.vnetc.applier.netlink.wire.Message;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A queueing discipline as the kernel told it.
 *
 * @param linkIndex of the link that it is on
 * @param handle of it; 0 where the kernel put it there by itself
 * @param parent the class that it is the queue of, {@link TrafficHandle#ROOT} or {@link TrafficHandle#INGRESS}
 * @param kind such as {@code htb}
 * @param limit of {@code pfifo} in packets, of {@code bfifo} in octets; 0 for others
 * @param fallback of {@code htb} the minor of the class for what no filter takes; 0 for others
 */
public record QdiscInfo(int linkIndex, int handle, int parent, String kind, long limit, int fallback) {
    static QdiscInfo of(Message message) {
        Attributes attributes = message.attributes();
        String kind = attributes.require(TrafficAttributes.KIND);
        return new QdiscInfo(
                (int) message.header(TrafficAttributes.INDEX),
                (int) message.header(TrafficAttributes.HANDLE),
                (int) message.header(TrafficAttributes.PARENT),
                kind,
                kind.equals("pfifo") || kind.equals("bfifo") ? limit(attributes) : 0,
                kind.equals("htb") ? fallback(attributes.nested(TrafficAttributes.OPTIONS)) : 0);
    }

    /** {@code struct tc_fifo_qopt}, bare. */
    private static long limit(Attributes attributes) {
        for (Attributes.Entry entry : attributes.entries()) {
            if (entry.number() == TrafficAttributes.OPTIONS_NUMBER && entry.length() >= Integer.BYTES) {
                return ByteBuffer.wrap(attributes.octets(entry))
                                .order(ByteOrder.nativeOrder())
                                .getInt()
                        & 0xffff_ffffL;
            }
        }
        return 0;
    }

    /** {@code defcls} of {@code struct tc_htb_glob}. */
    private static int fallback(Attributes options) {
        byte[] init = options.get(TrafficAttributes.HTB_INIT).orElse(new byte[0]);
        return init.length < 12
                ? 0
                : ByteBuffer.wrap(init).order(ByteOrder.nativeOrder()).getInt(8);
    }
}
