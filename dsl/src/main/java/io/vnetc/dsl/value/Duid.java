// SPDX-License-Identifier: Apache-2.0
package io.vnetc.dsl.value;

import java.util.Locale;

/**
 * A DHCP unique identifier (RFC 8415 section 11): 3 to 130 octets, a type of two and 1 to 128 more.
 *
 * @param text pairs of lower-case hexadecimal digits with colons between them
 */
public record Duid(String text) implements Comparable<Duid> {
    private static final int MOST_OCTETS = 130;

    public Duid {
        String[] octets = text.split(":", -1);
        if (octets.length < 3 || octets.length > MOST_OCTETS) {
            throw new LiteralException(
                    "`" + text + "` is not a DUID: it has 3 to " + MOST_OCTETS + " octets",
                    "as in 00:01:00:01:2a:3b:4c:5d:52:54:00:12:34:56");
        }
        for (String octet : octets) {
            if (octet.length() != 2 || !octet.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'))) {
                throw new LiteralException("`" + text + "`: `" + octet + "` is not two hexadecimal digits");
            }
        }
    }

    /** Reads one, in upper or lower case. */
    public static Duid parse(String text) {
        return new Duid(text.toLowerCase(Locale.ROOT));
    }

    @Override
    public int compareTo(Duid other) {
        return text.compareTo(other.text);
    }

    @Override
    public String toString() {
        return text;
    }
}
