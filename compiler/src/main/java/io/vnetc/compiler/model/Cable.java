// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.model;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A cable between guests' cards: frames pass untouched.
 *
 * @param ends two, or more in a group
 * @param transport what carries them between QEMU and QEMU
 */
public record Cable(List<End> ends, Transport transport, Origin origin) {
    public Cable {
        ends = List.copyOf(ends);
    }

    /** A card. */
    public record End(String guest, String nic) implements Comparable<End> {
        @Override
        public int compareTo(End other) {
            int byGuest = guest.compareTo(other.guest);
            return byGuest != 0 ? byGuest : nic.compareTo(other.nic);
        }

        @Override
        public String toString() {
            return guest + "." + nic;
        }
    }

    /** What carries frames between QEMU and QEMU. */
    public enum Transport {
        UDP,
        STREAM,
        MULTICAST,
        UNIX
    }

    /** As it is written in the source. */
    @Override
    public String toString() {
        return ends.stream().map(End::toString).collect(Collectors.joining(" <-> "));
    }
}
