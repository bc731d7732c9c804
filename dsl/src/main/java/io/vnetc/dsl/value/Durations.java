// SPDX-License-Identifier: Apache-2.0
package io.vnetc.dsl.value;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times as the language writes them: {@code 500ms}, {@code 30s}, {@code 12h}, {@code 1h30m}, {@code 7d}. */
public final class Durations {
    private static final Pattern TEXT =
            Pattern.compile("(?=.)" + part("d") + part("h") + part("m") + part("s") + part("ms"));
    private static final String[] UNITS = {"d", "h", "m", "s", "ms"};

    private Durations() {}

    /**
     * Reads a time; units are never left out, and go from the largest to the smallest.
     *
     * @throws LiteralException when it is not a time
     */
    public static Duration parse(String text) {
        Matcher match = TEXT.matcher(text);
        if (!match.matches()) {
            throw new LiteralException(
                    "`" + text + "` is not a time", "write numbers and units, as in 500ms, 30s, 90m, 12h, 7d or 1h30m");
        }
        Duration sum = Duration.ZERO;
        for (int i = 0; i < UNITS.length; i++) {
            String count = match.group(i + 1);
            sum = count == null ? sum : sum.plus(of(Long.parseLong(count), UNITS[i]));
        }
        return sum;
    }

    private static String part(String unit) {
        return "(?:([0-9]{1,9})" + unit + ")?";
    }

    private static Duration of(long count, String unit) {
        return switch (unit) {
            case "ms" -> Duration.ofMillis(count);
            case "s" -> Duration.ofSeconds(count);
            case "m" -> Duration.ofMinutes(count);
            case "h" -> Duration.ofHours(count);
            default -> Duration.ofDays(count);
        };
    }

    /** The shortest exact spelling in descending units. */
    public static String print(Duration duration) {
        if (duration.isZero()) {
            return "0s";
        }
        StringBuilder text = new StringBuilder();
        append(text, duration.toDays(), "d");
        append(text, duration.toHoursPart(), "h");
        append(text, duration.toMinutesPart(), "m");
        append(text, duration.toSecondsPart(), "s");
        append(text, duration.toMillisPart(), "ms");
        return text.toString();
    }

    private static void append(StringBuilder text, long count, String unit) {
        if (count > 0) {
            text.append(count).append(unit);
        }
    }
}
