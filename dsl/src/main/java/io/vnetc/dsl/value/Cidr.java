// SPDX-License-Identifier: Apache-2.0
package io.vnetc.dsl.value;

import java.util.Comparator;

/**
 * A network: the addresses that share the first {@code length} bits. The host bits of {@code base} are zero.
 *
 * @param base the first address
 * @param length of the prefix, 0 to 32 or 128
 */
public record Cidr(IpAddress base, int length) implements Comparable<Cidr> {
    private static final Comparator<Cidr> ORDER =
            Comparator.comparing(Cidr::base).thenComparing(Cidr::length);

    public Cidr {
        if (length < 0 || length > base.family().bits()) {
            throw new LiteralException("`" + base + "/" + length + "`: a prefix of " + base.family() + " is 0 to "
                    + base.family().bits() + " bits long");
        }
        if (!base.masked(length).equals(base)) {
            throw new LiteralException(
                    "`" + base + "/" + length + "` has host bits set",
                    "did you mean " + base.masked(length) + "/" + length + "?");
        }
    }

    /** Reads {@code address/length}. */
    public static Cidr parse(String text) {
        InterfaceAddress parts = InterfaceAddress.parse(text);
        return new Cidr(parts.address(), parts.length());
    }

    public IpFamily family() {
        return base.family();
    }

    public IpAddress first() {
        return base;
    }

    /** The last address; in IPv4 the broadcast address. */
    public IpAddress last() {
        return base.filled(length);
    }

    public boolean contains(IpAddress address) {
        return address.family() == family() && address.masked(length).equals(base);
    }

    public boolean contains(Cidr other) {
        return other.length >= length && contains(other.base);
    }

    public boolean overlaps(Cidr other) {
        return contains(other.base) || other.contains(base);
    }

    /**
     * The {@code index}-th of the networks of this one that are {@code newLength} bits long.
     *
     * @throws LiteralException when there is none
     */
    public Cidr subnet(int newLength, long index) {
        int free = newLength - length;
        if (free < 0 || newLength > family().bits()) {
            throw new LiteralException("`" + this + "` has no subnets of length " + newLength);
        }
        if (index < 0 || (free < 63 && index >= 1L << free)) {
            throw new LiteralException(
                    "`" + this + "` has " + (free < 63 ? "only " + (1L << free) : "no such number of")
                            + " subnets of length " + newLength + "; there is no number " + index);
        }
        IpAddress address = base;
        int shift = family().bits() - newLength;
        if (shift >= 64) {
            address = new IpAddress(family(), base.high() | index << (shift - 64), base.low());
        } else {
            long low = base.low() | index << shift;
            long high = base.high() | (shift == 0 ? 0 : index >>> (64 - shift));
            address = new IpAddress(family(), family() == IpFamily.IPV4 ? 0 : high, low);
        }
        return new Cidr(address, newLength);
    }

    /**
     * The address whose host part is {@code offset}.
     *
     * @throws LiteralException when the network has no such host
     */
    public IpAddress host(long offset) {
        IpAddress address = base.plus(offset);
        if (offset < 0 || !contains(address)) {
            throw new LiteralException("`" + this + "` has no host number " + offset);
        }
        return address;
    }

    @Override
    public int compareTo(Cidr other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return base + "/" + length;
    }
}
