// SPDX-License-Identifier: Apache-2.0
package io.vnetc.dsl.value;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A rate of traffic; units are decimal, as tc(8) reads {@code bit}, {@code kbit}, {@code mbit} and {@code gbit}.
 *
 * @param bitsPerSecond above 0
 */
public record Rate(long bitsPerSecond) implements Comparable<Rate> {
    private static final Pattern TEXT = Pattern.compile("([0-9]{1,12})(?:\\.([0-9]{1,9}))?(bit|kbit|mbit|gbit|tbit)");
    private static final String[] UNITS = {"tbit", "gbit", "mbit", "kbit", "bit"};

    public Rate {
        if (bitsPerSecond <= 0) {
            throw new LiteralException("a rate is above zero");
        }
    }

    /**
     * Reads a rate with its unit.
     *
     * @throws LiteralException when it is none, or not a whole number of bits
     */
    public static Rate parse(String text) {
        Matcher match = TEXT.matcher(text);
        if (!match.matches()) {
            throw new LiteralException(
                    "`" + text + "` is not a rate", "write bits a second, as in 500kbit, 10mbit or 1.5gbit");
        }
        return new Rate(Scaled.exact(text, match.group(1), match.group(2), scale(match.group(3))));
    }

    private static long scale(String unit) {
        return switch (unit) {
            case "bit" -> 1;
            case "kbit" -> 1_000L;
            case "mbit" -> 1_000_000L;
            case "gbit" -> 1_000_000_000L;
            default -> 1_000_000_000_000L;
        };
    }

    @Override
    public int compareTo(Rate other) {
        return Long.compare(bitsPerSecond, other.bitsPerSecond);
    }

    @Override
    public String toString() {
        for (String unit : UNITS) {
            if (bitsPerSecond % scale(unit) == 0) {
                return bitsPerSecond / scale(unit) + unit;
            }
        }
        throw new AssertionError(bitsPerSecond);
    }
}
