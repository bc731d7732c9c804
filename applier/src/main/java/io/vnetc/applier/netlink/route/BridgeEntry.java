// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.netlink.route;

import io.vnetc.applier.netlink.wire.Message;
import io.vnetc.dsl.value.MacAddress;
import java.util.Optional;

/**
 * Who is behind which port, as a bridge knows it.
 *
 * @param port index of the link
 * @param mac of who is behind it
 * @param fixed whether it was written and not learned, and stays until it is taken out
 */
public record BridgeEntry(int port, MacAddress mac, boolean fixed) {
    /** {@code NUD_NOARP}: what bridge(8) calls static. */
    static final int FIXED = 0x40;

    /** Empty where it is no bridge's, but a link's own list of what it listens to. */
    static Optional<BridgeEntry> of(Message message) {
        Optional<byte[]> octets = message.attributes().get(NeighbourAttributes.LLADDR);
        if (octets.isEmpty()
                || octets.get().length != 6
                || message.attributes().get(NeighbourAttributes.MASTER).isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new BridgeEntry(
                (int) message.header(NeighbourAttributes.INDEX),
                MacAddress.ofBytes(octets.get()),
                message.header(NeighbourAttributes.STATE) == FIXED));
    }
}
