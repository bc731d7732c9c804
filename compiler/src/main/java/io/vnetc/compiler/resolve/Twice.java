// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.resolve;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.BiConsumer;

/** Finds values that are wanted more than once. */
final class Twice {
    private Twice() {}

    /** Calls {@code clash} with the first one in reading order and each further one that is equal to it. */
    static <T extends Comparable<? super T>> void among(
            List<Placed<T>> wanted, BiConsumer<Placed<T>, Placed<T>> clash) {
        List<Placed<T>> sorted = new ArrayList<>(wanted);
        sorted.sort(Comparator.<Placed<T>, T>comparing(Placed::value).thenComparing(Placed::place));
        for (int i = 1, first = 0; i < sorted.size(); i++) {
            if (sorted.get(i).value().compareTo(sorted.get(first).value()) == 0) {
                clash.accept(sorted.get(first), sorted.get(i));
            } else {
                first = i;
            }
        }
    }
}
