// SPDX-License-Identifier: Apache-2.0
package io.vnetc.dsl.value;

import java.util.Comparator;

/**
 * An IPv4 or IPv6 address without a zone. An IPv4 address is the low 32 bits of {@code low}.
 *
 * @param family which of the two
 * @param high the upper 64 bits of an IPv6 address, 0 for IPv4
 * @param low the lower 64 bits
 */
public record IpAddress(IpFamily family, long high, long low) implements Comparable<IpAddress> {
    private static final Comparator<IpAddress> ORDER = Comparator.comparing(IpAddress::family)
            .thenComparing(IpAddress::high, Long::compareUnsigned)
            .thenComparing(IpAddress::low, Long::compareUnsigned);

    public IpAddress {
        if (family == IpFamily.IPV4 && (high != 0 || low >>> 32 != 0)) {
            throw new IllegalArgumentException("an IPv4 address has 32 bits");
        }
    }

    /**
     * Reads a dotted quad or an RFC 4291 text.
     *
     * @throws LiteralException when it is neither
     */
    public static IpAddress parse(String text) {
        return text.indexOf(':') >= 0 ? IpAddressText.parseIpv6(text) : IpAddressText.parseIpv4(text);
    }

    /** The address with these 4 or 16 octets, in network order. */
    public static IpAddress ofBytes(byte[] octets) {
        return switch (octets.length) {
            case 4 -> new IpAddress(IpFamily.IPV4, 0, number(octets, 0, 4));
            case 16 -> new IpAddress(IpFamily.IPV6, number(octets, 0, 8), number(octets, 8, 8));
            default -> throw new IllegalArgumentException("an address has 4 or 16 octets, not " + octets.length);
        };
    }

    private static long number(byte[] octets, int from, int count) {
        long value = 0;
        for (int i = from; i < from + count; i++) {
            value = value << 8 | (octets[i] & 0xff);
        }
        return value;
    }

    /** The 4 or 16 octets in network order. */
    public byte[] toBytes() {
        byte[] octets = new byte[family.bits() / 8];
        for (int i = 0; i < octets.length; i++) {
            int shift = 8 * (octets.length - 1 - i);
            octets[i] = (byte) (shift >= 64 ? high >>> (shift - 64) : low >>> shift);
        }
        return octets;
    }

    /**
     * The address {@code offset} further; {@code offset} may be negative.
     *
     * @throws LiteralException when that is outside the family's addresses
     */
    public IpAddress plus(long offset) {
        if (family == IpFamily.IPV4) {
            long sum = low + offset;
            if (sum < 0 || sum >>> 32 != 0) {
                throw new LiteralException("`" + this + "` + " + offset + " is not an IPv4 address");
            }
            return new IpAddress(family, 0, sum);
        }
        long sum = low + offset;
        long carry = offset >= 0 && Long.compareUnsigned(sum, low) < 0
                ? 1
                : offset < 0 && Long.compareUnsigned(sum, low) > 0 ? -1 : 0;
        long top = high + carry;
        if ((carry == 1 && top == 0) || (carry == -1 && top == -1)) {
            throw new LiteralException("`" + this + "` + " + offset + " is not an IPv6 address");
        }
        return new IpAddress(family, top, sum);
    }

    /** The address with all but the first {@code length} bits cleared. */
    public IpAddress masked(int length) {
        if (family == IpFamily.IPV4) {
            return new IpAddress(family, 0, low & mask(length + 32));
        }
        return new IpAddress(family, high & mask(length), length <= 64 ? 0 : low & mask(length - 64));
    }

    /** The address with all but the first {@code length} bits set. */
    IpAddress filled(int length) {
        if (family == IpFamily.IPV4) {
            return new IpAddress(family, 0, (low | ~mask(length + 32)) & 0xffff_ffffL);
        }
        return new IpAddress(family, high | ~mask(length), length <= 64 ? -1L : low | ~mask(length - 64));
    }

    private static long mask(int length) {
        return length <= 0 ? 0 : length >= 64 ? -1L : -1L << (64 - length);
    }

    /** 224.0.0.0/4 and ff00::/8. */
    public boolean isMulticast() {
        return family == IpFamily.IPV4 ? low >>> 28 == 0xe : high >>> 56 == 0xff;
    }

    /** 127.0.0.0/8 and ::1. */
    public boolean isLoopback() {
        return family == IpFamily.IPV4 ? low >>> 24 == 127 : high == 0 && low == 1;
    }

    /** 169.254.0.0/16 and fe80::/10. */
    public boolean isLinkLocal() {
        return family == IpFamily.IPV4 ? low >>> 16 == 0xa9fe : high >>> 54 == 0xfe80L >>> 6;
    }

    /** 0.0.0.0 and ::. */
    public boolean isUnspecified() {
        return high == 0 && low == 0;
    }

    @Override
    public int compareTo(IpAddress other) {
        return ORDER.compare(this, other);
    }

    /** A dotted quad, or the RFC 5952 form. */
    @Override
    public String toString() {
        return family == IpFamily.IPV4 ? IpAddressText.printIpv4(low) : IpAddressText.printIpv6(high, low);
    }
}
