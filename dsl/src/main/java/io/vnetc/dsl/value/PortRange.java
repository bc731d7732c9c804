// SPDX-License-Identifier: Apache-2.0
package io.vnetc.dsl.value;

/**
 * Ports of TCP or UDP, both ends included.
 *
 * @param first 1 to 65535
 * @param last not below {@code first}, at most 65535
 */
public record PortRange(int first, int last) implements Comparable<PortRange> {
    public PortRange {
        if (first < 1 || last > 65535) {
            throw new LiteralException("`" + first + ".." + last + "`: ports go from 1 to 65535");
        }
        if (first > last) {
            throw new LiteralException(
                    "`" + first + ".." + last + "` ends before it begins", "write " + last + ".." + first);
        }
    }

    @Override
    public int compareTo(PortRange other) {
        return first != other.first ? Integer.compare(first, other.first) : Integer.compare(last, other.last);
    }

    @Override
    public String toString() {
        return first == last ? Integer.toString(first) : first + ".." + last;
    }
}
