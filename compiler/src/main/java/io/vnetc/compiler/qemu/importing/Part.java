// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.qemu.importing;

import io.vnetc.compiler.model.CardModel;
import java.util.Optional;

/**
 * A card of a guest.
 *
 * @param settings of it
 * @param id that others name it by
 * @param kind what it is
 * @param plug where it is plugged in; known once all are read
 */
record Part(Settings settings, Optional<String> id, Kind kind, Plugging plug) {
    /** What a card is. */
    sealed interface Kind {
        /** One that QEMU makes. */
        record Emulated(CardModel model) implements Kind {}

        /** A device of the host on the PCI bus. */
        record Pci() implements Kind {}

        /** A device of the host on USB. */
        record Usb() implements Kind {}

        /** One of a name that is not known. */
        record Unknown(String driver) implements Kind {}
    }

    /** How it is plugged in, as it is said. */
    sealed interface Plugging {
        /** Into a backend by its identifier. */
        record Named(String id) implements Plugging {}

        /** Into one that is said with it. */
        record Own(Backend backend) implements Plugging {}

        /** Into a hub, or the older VLAN, by its number. */
        record Hub(int number) implements Plugging {}

        /** Not at all. */
        record Loose() implements Plugging {}
    }
}
