// SPDX-License-Identifier: Apache-2.0
package io.vnetc.dsl.value;

import java.util.Comparator;

/**
 * An address as an interface carries it: with the length of the prefix of its network. The host bits stay.
 *
 * @param address of the interface
 * @param length of its network's prefix
 */
public record InterfaceAddress(IpAddress address, int length) implements Comparable<InterfaceAddress> {
    private static final Comparator<InterfaceAddress> ORDER =
            Comparator.comparing(InterfaceAddress::address).thenComparing(InterfaceAddress::length);

    public InterfaceAddress {
        if (length < 0 || length > address.family().bits()) {
            throw new LiteralException("`" + address + "/" + length + "`: a prefix of " + address.family() + " is 0 to "
                    + address.family().bits() + " bits long");
        }
    }

    /** Reads {@code address/length}. */
    public static InterfaceAddress parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            throw new LiteralException("`" + text + "` has no prefix length", "write it as in " + text + "/24");
        }
        String length = text.substring(slash + 1);
        if (length.isEmpty() || length.length() > 3 || !length.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new LiteralException("`" + text + "`: the prefix length `" + length + "` is not a number of bits");
        }
        return new InterfaceAddress(IpAddress.parse(text.substring(0, slash)), Integer.parseInt(length));
    }

    /** The network that the address lies in. */
    public Cidr network() {
        return new Cidr(address.masked(length), length);
    }

    public IpFamily family() {
        return address.family();
    }

    @Override
    public int compareTo(InterfaceAddress other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return address + "/" + length;
    }
}
