// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.model;

import io.vnetc.dsl.value.IntegerRange;
import java.util.List;
import java.util.Optional;

/**
 * The VLANs of a port (IEEE 802.1Q).
 *
 * @param tagged 1 to 4094, sorted, none overlapping: they pass with their tag
 * @param untagged what comes in without a tag belongs to it
 * @param keepsTag whether frames of {@code untagged} leave with their tag all the same (libvirt's native mode tagged)
 */
public record Vlan(List<IntegerRange> tagged, Optional<Integer> untagged, boolean keepsTag) {
    public Vlan {
        tagged = List.copyOf(tagged);
    }

    /** A port of one VLAN, whose guest sees no tags. */
    public static Vlan access(int tag) {
        return new Vlan(List.of(), Optional.of(tag), false);
    }
}
