// SPDX-License-Identifier: Apache-2.0
package io.vnetc.dsl.value;

/** Reading and writing of addresses; strict where {@code inet_aton} is lax, so that one address has one meaning. */
final class IpAddressText {
    private IpAddressText() {}

    static IpAddress parseIpv4(String text) {
        String[] octets = text.split("\\.", -1);
        if (octets.length != 4) {
            throw new LiteralException("`" + text + "` is not an address: IPv4 has four octets, as in 10.0.0.1");
        }
        long value = 0;
        for (int i = 0; i < 4; i++) {
            value = value << 8 | octet(text, octets[i], i + 1);
        }
        return new IpAddress(IpFamily.IPV4, 0, value);
    }

    private static int octet(String text, String octet, int position) {
        if (octet.isEmpty() || octet.length() > 3 || !octet.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new LiteralException(
                    "`" + text + "`: octet " + position + " is `" + octet + "`, not a number from 0 to 255");
        }
        if (octet.length() > 1 && octet.charAt(0) == '0') {
            throw new LiteralException(
                    "`" + text + "`: octet " + position + " has a leading zero, which some programs read as octal",
                    "write " + Integer.parseInt(octet));
        }
        int value = Integer.parseInt(octet);
        if (value > 255) {
            throw new LiteralException("`" + text + "`: octet " + position + " is " + value + ", at most 255");
        }
        return value;
    }

    static IpAddress parseIpv6(String text) {
        int gap = text.indexOf("::");
        if (gap >= 0 && text.indexOf("::", gap + 1) >= 0) {
            throw new LiteralException("`" + text + "`: `::` stands at most once in an address");
        }
        long[] words = new long[8];
        if (gap < 0) {
            int count = words(text, text, words, true);
            if (count != 8) {
                throw new LiteralException("`" + text + "` has " + count + " groups; an IPv6 address has 8, or `::`");
            }
        } else {
            String tail = text.substring(gap + 2);
            int front = gap == 0 ? 0 : words(text, text.substring(0, gap), words, false);
            long[] back = new long[8];
            int count = tail.isEmpty() ? 0 : words(text, tail, back, true);
            if (front + count > 7) {
                throw new LiteralException("`" + text + "` has too many groups beside `::`");
            }
            System.arraycopy(back, 0, words, 8 - count, count);
        }
        return new IpAddress(
                IpFamily.IPV6,
                words[0] << 48 | words[1] << 32 | words[2] << 16 | words[3],
                words[4] << 48 | words[5] << 32 | words[6] << 16 | words[7]);
    }

    /** Reads groups; a dotted quad may stand for the last two of an address (RFC 4291 section 2.2). */
    private static int words(String text, String part, long[] into, boolean atEnd) {
        int count = 0;
        String[] groups = part.split(":", -1);
        for (int i = 0; i < groups.length; i++) {
            String group = groups[i];
            boolean quad = atEnd && i == groups.length - 1 && group.indexOf('.') >= 0;
            if (count + (quad ? 2 : 1) > 8) {
                throw new LiteralException("`" + text + "` has more than 8 groups");
            }
            if (quad) {
                long low = parseIpv4(group).low();
                into[count++] = low >>> 16;
                into[count++] = low & 0xffff;
            } else {
                into[count++] = word(text, group);
            }
        }
        return count;
    }

    private static long word(String text, String group) {
        boolean hex = !group.isEmpty()
                && group.length() <= 4
                && group.chars().allMatch(c -> Character.digit(c, 16) >= 0 && c < 128);
        if (!hex) {
            throw new LiteralException(
                    "`" + text + "`: the group `" + group + "` is not one to four hexadecimal digits");
        }
        return Long.parseLong(group, 16);
    }

    static String printIpv4(long value) {
        return (value >>> 24) + "." + (value >>> 16 & 0xff) + "." + (value >>> 8 & 0xff) + "." + (value & 0xff);
    }

    /** RFC 5952: lower case, the longest run of two or more zero groups, the first of equals, becomes {@code ::}. */
    static String printIpv6(long high, long low) {
        int[] words = new int[8];
        for (int i = 0; i < 8; i++) {
            words[i] = (int) ((i < 4 ? high >>> (48 - 16 * i) : low >>> (48 - 16 * (i - 4))) & 0xffff);
        }
        int start = -1;
        int length = 1;
        for (int i = 0; i < 8; i++) {
            int run = 0;
            while (i + run < 8 && words[i + run] == 0) {
                run++;
            }
            if (run > length) {
                start = i;
                length = run;
            }
            i += run;
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 8; i++) {
            if (i == start) {
                text.append("::");
                i += length - 1;
                continue;
            }
            if (!text.isEmpty() && text.charAt(text.length() - 1) != ':') {
                text.append(':');
            }
            text.append(Integer.toHexString(words[i]));
        }
        return text.toString();
    }
}
