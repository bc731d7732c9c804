// SPDX-License-Identifier: Apache-2.0
package io.vnetc.dsl.value;

/**
 * Whole numbers from {@code first} to {@code last}, both included.
 *
 * @param first the lowest
 * @param last the highest, not below {@code first}
 */
public record IntegerRange(long first, long last) {
    public IntegerRange {
        if (first > last) {
            throw new LiteralException(
                    "`" + first + ".." + last + "` ends before it begins", "write " + last + ".." + first);
        }
    }

    @Override
    public String toString() {
        return first == last ? Long.toString(first) : first + ".." + last;
    }
}
