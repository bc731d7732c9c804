// SPDX-License-Identifier: Apache-2.0
package io.vnetc.dsl.value;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A size in bytes; units are binary and say so: {@code b}, {@code KiB}, {@code MiB}, {@code GiB}.
 *
 * @param bytes not negative
 */
public record ByteSize(long bytes) implements Comparable<ByteSize> {
    private static final Pattern TEXT =
            Pattern.compile("([0-9]{1,12})(?:\\.([0-9]{1,9}))?(b|[kK]iB|[mM]iB|[gG]iB|kib|mib|gib)");
    private static final String[] UNITS = {"GiB", "MiB", "KiB", "b"};

    public ByteSize {
        if (bytes < 0) {
            throw new LiteralException("a size is not negative");
        }
    }

    /**
     * Reads a size with its unit.
     *
     * @throws LiteralException when it is none, or not a whole number of bytes
     */
    public static ByteSize parse(String text) {
        Matcher match = TEXT.matcher(text);
        if (!match.matches()) {
            throw new LiteralException("`" + text + "` is not a size", "write bytes, as in 1500b, 64KiB or 5MiB");
        }
        return new ByteSize(Scaled.exact(text, match.group(1), match.group(2), scale(match.group(3))));
    }

    private static long scale(String unit) {
        return switch (Character.toUpperCase(unit.charAt(0))) {
            case 'K' -> 1L << 10;
            case 'M' -> 1L << 20;
            case 'G' -> 1L << 30;
            default -> 1;
        };
    }

    @Override
    public int compareTo(ByteSize other) {
        return Long.compare(bytes, other.bytes);
    }

    @Override
    public String toString() {
        for (String unit : UNITS) {
            if (bytes % scale(unit) == 0) {
                return bytes / scale(unit) + unit;
            }
        }
        throw new AssertionError(bytes);
    }
}
