// SPDX-License-Identifier: Apache-2.0
package io.vnetc.dsl.expression;

import io.vnetc.dsl.diagnostic.DiagnosticCode;
import io.vnetc.dsl.literal.LiteralParser;
import io.vnetc.dsl.literal.LiteralProblem;
import io.vnetc.dsl.value.AddressRange;
import io.vnetc.dsl.value.Cidr;
import io.vnetc.dsl.value.IntegerRange;
import io.vnetc.dsl.value.IpAddress;
import io.vnetc.dsl.value.LiteralException;
import io.vnetc.dsl.value.PortRange;
import java.util.Optional;

/** From a value to the type that is wanted. */
final class Conversions {
    private Conversions() {}

    /** The text of a plain literal; anything else is not what is wanted. */
    static String word(Value value, String wanted) throws LiteralProblem {
        if (value instanceof Value.Word word) {
            return word.text();
        }
        if (value instanceof Value.Whole whole) {
            return Long.toString(whole.number());
        }
        if (value instanceof Value.Quoted quoted && quoted.composed()) {
            return quoted.text();
        }
        if (value instanceof Value.Quoted quoted) {
            throw LiteralProblem.of(
                    DiagnosticCode.QUOTES,
                    "a string stands where " + wanted + " is wanted",
                    quoted.text().isEmpty() ? "write it without quotes" : "write it without quotes: " + quoted.text());
        }
        throw LiteralProblem.of(
                DiagnosticCode.WRONG_LITERAL, describe(value) + " stands where " + wanted + " is wanted", "");
    }

    /** What a value is, in words. */
    static String describe(Value value) {
        if (value instanceof Value.Span) {
            return "a range";
        }
        if (value instanceof Value.Network network) {
            return "the network `" + network.cidr() + "`";
        }
        if (value instanceof Value.Address address) {
            return "the address `" + address.address() + "`";
        }
        if (value instanceof Value.Whole whole) {
            return "`" + whole.number() + "`";
        }
        if (value instanceof Value.Word word) {
            return "`" + word.text() + "`";
        }
        if (value instanceof Value.Truth truth) {
            return "`" + truth.holds() + "`";
        }
        if (value instanceof Value.Quoted quoted) {
            return quoted.text().length() > 40 ? "a string" : "\"" + quoted.text() + "\"";
        }
        return value instanceof Value.ListValue ? "a list" : "a map";
    }

    static Cidr cidr(Value value) throws LiteralProblem {
        return value instanceof Value.Network network ? network.cidr() : LiteralParser.cidr(word(value, "a network"));
    }

    static IpAddress address(Value value, Optional<Cidr> within) throws LiteralProblem {
        return value instanceof Value.Address computed
                ? computed.address()
                : LiteralParser.address(word(value, "an address"), within);
    }

    static AddressRange addressRange(Value value, Optional<Cidr> within) throws LiteralProblem {
        Ends ends = ends(value, "a range of addresses, as in .100 .. .199,");
        return range(() -> new AddressRange(
                ends.read(true, end -> address(end, within)), ends.read(false, end -> address(end, within))));
    }

    static PortRange portRange(Value value) throws LiteralProblem {
        if (isRange(value)) {
            IntegerRange range = integerRange(value, 1, 65_535, "a port");
            return new PortRange((int) range.first(), (int) range.last());
        }
        int port = (int) integer(value, 1, 65_535, "a port");
        return new PortRange(port, port);
    }

    static IntegerRange integerRange(Value value, long min, long max, String what) throws LiteralProblem {
        if (!isRange(value)) {
            long number = integer(value, min, max, what);
            return new IntegerRange(number, number);
        }
        Ends ends = ends(value, "a range of numbers");
        return range(() -> new IntegerRange(
                ends.read(true, end -> integer(end, min, max, what)),
                ends.read(false, end -> integer(end, min, max, what))));
    }

    static long integer(Value value, long min, long max, String what) throws LiteralProblem {
        if (value instanceof Value.Whole whole && whole.number() < 0) {
            throw LiteralProblem.of(
                    DiagnosticCode.OUT_OF_RANGE,
                    "`" + whole.number() + "` is too small for " + what,
                    what + " is a number from " + min + " to " + max);
        }
        return LiteralParser.integer(word(value, "a number"), min, max, what);
    }

    private static boolean isRange(Value value) {
        return value instanceof Value.Span
                || (value instanceof Value.Word word && word.text().contains(".."))
                || (value instanceof Value.Quoted quoted
                        && quoted.composed()
                        && quoted.text().contains(".."));
    }

    /** The two ends of a range; {@code offset} is where the last one begins in the text, negative where they are apart. */
    private record Ends(Value first, Value last, int offset) {
        interface ReadingEnd<T> {
            T of(Value value) throws LiteralProblem;
        }

        <T> T read(boolean isFirst, ReadingEnd<T> reading) throws LiteralProblem {
            Value end = isFirst ? first : last;
            try {
                return reading.of(end);
            } catch (LiteralProblem e) {
                throw offset < 0 || !(end instanceof Value.Word word)
                        ? e
                        : e.at(isFirst ? 0 : offset, word.text().length());
            }
        }
    }

    private static Ends ends(Value value, String wanted) throws LiteralProblem {
        if (value instanceof Value.Span span) {
            return new Ends(span.first(), span.last(), -1);
        }
        String text = word(value, wanted);
        int dots = text.indexOf("..");
        if (dots < 0) {
            throw LiteralProblem.of(
                    DiagnosticCode.BAD_RANGE,
                    "`" + text + "` has no end; " + wanted + " is wanted here",
                    "write both ends: " + text + " .. " + text);
        }
        // One that is put together from a string may have spaces around its dots.
        return new Ends(
                new Value.Word(text.substring(0, dots).strip()),
                new Value.Word(text.substring(dots + 2).strip()),
                dots + 2);
    }

    private interface Making<T> {
        T make() throws LiteralProblem;
    }

    private static <T> T range(Making<T> making) throws LiteralProblem {
        try {
            return making.make();
        } catch (LiteralException e) {
            throw LiteralProblem.of(
                    DiagnosticCode.BAD_RANGE, e.getMessage(), e.hint().orElse(""));
        }
    }
}
