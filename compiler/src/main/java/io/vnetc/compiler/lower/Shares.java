// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.lower;

import java.util.List;

/** How a rate is shared among those who have a floor, a cap, or neither; in octets a second. */
final class Shares {
    private Shares() {}

    /**
     * One who shares.
     *
     * @param floor that he has in any case
     * @param cap that he never uses more than
     */
    record Sharer(long floor, long cap) {
        long at(long level) {
            return Math.min(cap, Math.max(floor, level));
        }
    }

    /**
     * The level that all are raised to who are not above it by their floor or held below it by their cap, so that
     * together they have {@code total}, or as near below it as whole octets go; at least {@code least}.
     */
    static long level(List<Sharer> sharers, long total, long least) {
        long low = least;
        long high = Math.max(least, total);
        while (low < high) {
            long middle = low + (high - low + 1) / 2;
            if (sum(sharers, middle) <= total) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    private static long sum(List<Sharer> sharers, long level) {
        return sharers.stream().mapToLong(one -> one.at(level)).sum();
    }
}
