// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.netlink.conntrack;

import io.vnetc.applier.netlink.wire.Attributes;
import io.vnetc.applier.netlink.wire.Message;

/**
 * A flow that the kernel keeps track of.
 *
 * @param original the direction that began it, as its first packet was before any translation
 * @param reply what answers look like when they come in: of a flow behind NAT, to the host's own address
 * @param mark {@code connmark}
 * @param message everything the kernel told
 */
public record FlowInfo(FlowTuple original, FlowTuple reply, long mark, Message message) {
    private static final long SEEN_REPLY = 1 << 1;
    private static final long SOURCE_TRANSLATED = 1 << 4;
    private static final long DESTINATION_TRANSLATED = 1 << 5;

    static FlowInfo of(Message message) {
        Attributes attributes = message.attributes();
        return new FlowInfo(
                FlowTuple.of(attributes.nested(ConntrackProtocol.ORIGINAL)),
                FlowTuple.of(attributes.nested(ConntrackProtocol.REPLY)),
                attributes.number(ConntrackProtocol.MARK, 0),
                message);
    }

    /** Whether there were packets in both directions. */
    public boolean isAnswered() {
        return (status() & SEEN_REPLY) != 0;
    }

    /** Whether its sources are translated (SNAT, masquerade). */
    public boolean isSourceTranslated() {
        return (status() & SOURCE_TRANSLATED) != 0;
    }

    /** Whether its destinations are translated (DNAT, redirect). */
    public boolean isDestinationTranslated() {
        return (status() & DESTINATION_TRANSLATED) != 0;
    }

    private long status() {
        return message.attributes().number(ConntrackProtocol.STATUS, 0);
    }
}
