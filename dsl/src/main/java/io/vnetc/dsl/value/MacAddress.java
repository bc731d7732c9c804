// SPDX-License-Identifier: Apache-2.0
package io.vnetc.dsl.value;

import java.util.Locale;

/**
 * An Ethernet address (IEEE 802 EUI-48).
 *
 * @param bits its 48 bits, the first octet uppermost
 */
public record MacAddress(long bits) implements Comparable<MacAddress> {
    public MacAddress {
        if (bits >>> 48 != 0) {
            throw new IllegalArgumentException("a MAC address has 48 bits");
        }
    }

    /**
     * Reads six pairs of hexadecimal digits with colons between them.
     *
     * @throws LiteralException when it is anything else
     */
    public static MacAddress parse(String text) {
        String[] octets = text.split(":", -1);
        if (octets.length != 6) {
            throw new LiteralException(
                    "`" + text + "` is not a MAC address: it has six octets", "as in 52:54:00:12:34:56");
        }
        long bits = 0;
        for (String octet : octets) {
            if (octet.length() != 2 || !isHex(octet.charAt(0)) || !isHex(octet.charAt(1))) {
                throw new LiteralException("`" + text + "`: `" + octet + "` is not two hexadecimal digits");
            }
            bits = bits << 8 | Integer.parseInt(octet, 16);
        }
        return new MacAddress(bits);
    }

    /** Of the ASCII digits only: {@link Character#digit} knows others too. */
    private static boolean isHex(char c) {
        return c < 0x80 && Character.digit(c, 16) >= 0;
    }

    /** The address with these six octets. */
    public static MacAddress ofBytes(byte[] octets) {
        if (octets.length != 6) {
            throw new IllegalArgumentException("a MAC address has 6 octets, not " + octets.length);
        }
        long bits = 0;
        for (byte octet : octets) {
            bits = bits << 8 | (octet & 0xff);
        }
        return new MacAddress(bits);
    }

    /** The six octets. */
    public byte[] toBytes() {
        byte[] octets = new byte[6];
        for (int i = 0; i < 6; i++) {
            octets[i] = (byte) (bits >>> (40 - 8 * i));
        }
        return octets;
    }

    /** Whether it names a group: no interface may carry it. */
    public boolean isMulticast() {
        return (bits >>> 40 & 1) != 0;
    }

    @Override
    public int compareTo(MacAddress other) {
        return Long.compareUnsigned(bits, other.bits);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(17);
        for (byte octet : toBytes()) {
            text.append(text.isEmpty() ? "" : ":").append(String.format(Locale.ROOT, "%02x", octet));
        }
        return text.toString();
    }
}
