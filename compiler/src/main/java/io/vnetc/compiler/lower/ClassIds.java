// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.lower;

import io.vnetc.dsl.value.MacAddress;
import java.util.Collection;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The classes of a network's guests, which derive from their MACs: a guest that comes or goes leaves the others' classes,
 * and what waits in them, alone. Two with one hash are the exception: the later one gets the next that is free.
 */
final class ClassIds {
    /** Below are the classes of the network itself. */
    static final int FIRST = 0x10;
    /** Above, at 0x7676, is the handle of the root, and from 0x8000 on those that the kernel gives by itself. */
    private static final int COUNT = 0x7000 - FIRST;

    private ClassIds() {}

    static SortedMap<MacAddress, Integer> of(Collection<MacAddress> macs) {
        SortedMap<MacAddress, Integer> ids = new TreeMap<>();
        TreeSet<Integer> taken = new TreeSet<>();
        for (MacAddress mac : new TreeSet<>(macs)) {
            int id = FIRST + Math.floorMod(hash(mac), COUNT);
            while (!taken.add(id)) {
                id = FIRST + (id - FIRST + 1) % COUNT;
            }
            ids.put(mac, id);
        }
        return ids;
    }

    /** Multiplicative (Knuth, volume 3, 6.4), so that neighbours, as people number MACs, are far from each other. */
    private static int hash(MacAddress mac) {
        return (int) ((mac.bits() * 0x9e37_79b9_7f4a_7c15L) >>> 33);
    }
}
