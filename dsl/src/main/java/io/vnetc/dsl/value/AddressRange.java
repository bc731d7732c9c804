// SPDX-License-Identifier: Apache-2.0
package io.vnetc.dsl.value;

/**
 * Addresses from {@code first} to {@code last}, both included.
 *
 * @param first the lowest
 * @param last the highest, of the same family
 */
public record AddressRange(IpAddress first, IpAddress last) {
    public AddressRange {
        if (first.family() != last.family()) {
            throw new LiteralException(
                    "`" + first + " .. " + last + "` goes from " + first.family() + " to " + last.family());
        }
        if (first.compareTo(last) > 0) {
            throw new LiteralException(
                    "`" + first + " .. " + last + "` ends before it begins", "write " + last + " .. " + first);
        }
    }

    public IpFamily family() {
        return first.family();
    }

    public boolean contains(IpAddress address) {
        return address.family() == family() && first.compareTo(address) <= 0 && address.compareTo(last) <= 0;
    }

    public boolean overlaps(AddressRange other) {
        return contains(other.first) || other.contains(first);
    }

    /** How many addresses, {@link Long#MAX_VALUE} where they are more. */
    public long size() {
        long high = last.high() - first.high() - (Long.compareUnsigned(last.low(), first.low()) < 0 ? 1 : 0);
        long low = last.low() - first.low();
        return high != 0 || low < 0 || low == Long.MAX_VALUE ? Long.MAX_VALUE : low + 1;
    }

    @Override
    public String toString() {
        return first + ".." + last;
    }
}
