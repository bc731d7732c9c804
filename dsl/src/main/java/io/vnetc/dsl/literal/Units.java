// SPDX-License-Identifier: Apache-2.0
package io.vnetc.dsl.literal;

import io.vnetc.dsl.diagnostic.DiagnosticCode;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Words for numbers whose unit is missing, ambiguous or spelled otherwise. */
final class Units {
    private static final Pattern NUMBER_AND_UNIT = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)([A-Za-z/%]*)");

    private Units() {}

    /** What is wrong with the unit of a text that should be of this kind, where its unit is what is wrong. */
    static Optional<LiteralProblem> problem(LiteralKind kind, String text) {
        Matcher parts = NUMBER_AND_UNIT.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        String number = parts.group(1);
        String unit = parts.group(2);
        String lower = unit.toLowerCase(Locale.ROOT);
        return switch (kind) {
            case RATE -> Optional.ofNullable(rate(text, number, unit, lower));
            case SIZE -> Optional.ofNullable(size(text, number, lower));
            case TIME -> Optional.ofNullable(time(text, number, lower));
            default -> Optional.empty();
        };
    }

    private static LiteralProblem rate(String text, String number, String unit, String lower) {
        return switch (lower) {
            case "" -> missing(text, "a rate has a unit: " + number + "mbit?");
            case "bit", "kbit", "mbit", "gbit", "tbit" ->
                unit.equals(lower) ? null : unknown("the units of a rate are in lower case", number + lower);
            case "b",
                    "bps",
                    "kb",
                    "kbps",
                    "kbs",
                    "mb",
                    "mbps",
                    "mbs",
                    "gb",
                    "gbps",
                    "gbs",
                    "k",
                    "m",
                    "g",
                    "mbits",
                    "gbits",
                    "kbits",
                    "kb/s",
                    "mb/s",
                    "gb/s",
                    "bit/s",
                    "kbit/s",
                    "mbit/s",
                    "gbit/s" -> ambiguous(text, number, lower);
            default -> null;
        };
    }

    private static LiteralProblem ambiguous(String text, String number, String lower) {
        String prefix = lower.startsWith("b") ? "" : lower.substring(0, 1);
        String bits = number + prefix + "bit";
        if (lower.contains("bit")) {
            return unknown("`" + text + "` has no unit of a rate", bits);
        }
        String bytes = number.length() <= 15 && !number.contains(".")
                ? ", or " + 8 * Long.parseLong(number) + prefix + "bit if it is bytes"
                : "";
        return LiteralProblem.of(
                DiagnosticCode.UNKNOWN_UNIT,
                "`" + text + "` may mean bits or bytes a second",
                "write " + bits + " if it is bits" + bytes);
    }

    private static LiteralProblem size(String text, String number, String lower) {
        return switch (lower) {
            case "" -> missing(text, "a size has a unit: " + number + "b, " + number + "KiB?");
            case "k", "kb", "m", "mb", "g", "gb" ->
                LiteralProblem.of(
                        DiagnosticCode.UNKNOWN_UNIT,
                        "`" + text + "` may count in thousands or in 1024s",
                        "sizes count in 1024s and say so: write " + number
                                + lower.substring(0, 1).toUpperCase(Locale.ROOT) + "iB");
            case "bytes", "byte" -> unknown("`" + text + "` has no unit of a size", number + "b");
            case "bit", "kbit", "mbit", "gbit" ->
                LiteralProblem.of(
                        DiagnosticCode.WRONG_LITERAL,
                        "`" + text + "` is a rate; a size is wanted here",
                        "write bytes, as in 64KiB or 5MiB");
            default -> null;
        };
    }

    private static LiteralProblem time(String text, String number, String lower) {
        String unit = switch (lower) {
            case "sec", "secs", "second", "seconds" -> "s";
            case "min", "mins", "minute", "minutes" -> "m";
            case "hr", "hrs", "hour", "hours" -> "h";
            case "day", "days" -> "d";
            case "msec", "millis", "milliseconds" -> "ms";
            case "ms", "s", "m", "h", "d" -> lower;
            default -> "";
        };
        if (lower.isEmpty()) {
            return missing(text, "a time has a unit: " + number + "s?");
        }
        if (unit.isEmpty() || text.equals(number + unit)) {
            return null;
        }
        return unknown("`" + text + "` has no unit of a time", number + unit);
    }

    private static LiteralProblem missing(String text, String hint) {
        return LiteralProblem.of(DiagnosticCode.MISSING_UNIT, "`" + text + "` has no unit", hint);
    }

    private static LiteralProblem unknown(String message, String instead) {
        return LiteralProblem.of(DiagnosticCode.UNKNOWN_UNIT, message, "write " + instead);
    }
}
