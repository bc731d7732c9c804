// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.model;

import java.util.Optional;

/**
 * What QEMU makes of a NIC.
 *
 * @param model that the guest sees; of a device of the host it has no meaning
 * @param properties how it is set, by the language's words for them
 * @param linkUp whether its cable is in
 * @param standby the NIC of the same guest that takes over while this one is away
 * @param isStandby whether it takes over for another
 * @param hub in place of a card: the number of the hub in QEMU that the other end is plugged into
 * @param vhost whether the host's kernel moves its packets, of a tap or a macvtap; absent: where it can
 * @param sendBuffer bytes that it may have on their way into the host, of a tap or a macvtap; absent or 0: without end
 */
public record Card(
        CardModel model,
        PropertySet properties,
        boolean linkUp,
        Optional<String> standby,
        boolean isStandby,
        Optional<Integer> hub,
        Optional<Boolean> vhost,
        Optional<Long> sendBuffer) {
    /** A card that nothing is said of. */
    public static final Card PLAIN = new Card(
            CardModel.VIRTIO,
            PropertySet.NONE,
            true,
            Optional.empty(),
            false,
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    /** The same as one that takes over for another, or not. */
    public Card standby(boolean whether) {
        return new Card(model, properties, linkUp, standby, whether, hub, vhost, sendBuffer);
    }
}
