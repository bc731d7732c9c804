// SPDX-License-Identifier: Apache-2.0
package io.vnetc.dsl.expression;

import io.vnetc.dsl.diagnostic.DiagnosticCode;
import io.vnetc.dsl.literal.LiteralProblem;
import io.vnetc.dsl.value.ByteSize;
import io.vnetc.dsl.value.Cidr;
import io.vnetc.dsl.value.Durations;
import io.vnetc.dsl.value.IpAddress;
import io.vnetc.dsl.value.LiteralException;
import io.vnetc.dsl.value.MacAddress;
import io.vnetc.dsl.value.Rate;
import io.vnetc.dsl.vnet.ArithmeticOperator;
import io.vnetc.dsl.vnet.ComparisonOperator;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** What operators do with values. */
final class Operations {
    private static final Pattern UNSPACED = Pattern.compile("[0-9]+([-/%]).*");
    /** The kinds of literals that can be compared; which one a word is of, the first that reads it says. */
    private static final List<Function<String, Object>> LITERALS =
            List.of(Rate::parse, ByteSize::parse, Durations::parse, MacAddress::parse, Cidr::parse, IpAddress::parse);

    private Operations() {}

    /** The whole number that a value is, where it is one. */
    static Optional<Long> number(Value value) {
        if (value instanceof Value.Whole whole) {
            return Optional.of(whole.number());
        }
        String text = value instanceof Value.Word word
                ? word.text()
                : value instanceof Value.Quoted quoted && quoted.composed() ? quoted.text() : "";
        return isNumber(text) && new BigInteger(text).bitLength() < Long.SIZE
                ? Optional.of(Long.valueOf(text))
                : Optional.empty();
    }

    private static boolean isNumber(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    /** Refuses digits that are more than a number can be, which would be taken for something like an address. */
    private static void checkSize(Value value) throws LiteralProblem {
        if (value instanceof Value.Word word
                && isNumber(word.text())
                && number(value).isEmpty()) {
            throw LiteralProblem.of(
                    DiagnosticCode.OUT_OF_RANGE,
                    "`" + word.text() + "` is more than a number can be",
                    "numbers have 63 bits");
        }
    }

    private static long operand(ArithmeticOperator operator, Value value) throws LiteralProblem {
        Optional<Long> number = number(value);
        if (number.isPresent()) {
            return number.get();
        }
        checkSize(value);
        var unspaced = UNSPACED.matcher(value instanceof Value.Word word ? word.text() : "");
        throw LiteralProblem.of(
                DiagnosticCode.BAD_OPERATION,
                Conversions.describe(value) + " stands where `" + operator + "` wants a whole number",
                unspaced.matches() ? "write spaces around `" + unspaced.group(1) + "`" : "");
    }

    static Value calculate(ArithmeticOperator operator, Value left, Value right) throws LiteralProblem {
        long first = operand(operator, left);
        long second = operand(operator, right);
        boolean divides = operator == ArithmeticOperator.DIVIDED || operator == ArithmeticOperator.REMAINDER;
        if (divides && second == 0) {
            throw LiteralProblem.of(DiagnosticCode.BAD_OPERATION, "a division by zero has no result", "");
        }
        try {
            return new Value.Whole(
                    switch (operator) {
                        case PLUS -> Math.addExact(first, second);
                        case MINUS -> Math.subtractExact(first, second);
                        case TIMES -> Math.multiplyExact(first, second);
                        case DIVIDED ->
                            first == Long.MIN_VALUE && second == -1 ? Math.negateExact(first) : first / second;
                        case REMAINDER -> first % second;
                    });
        } catch (ArithmeticException e) {
            throw LiteralProblem.of(
                    DiagnosticCode.BAD_OPERATION,
                    "`" + first + " " + operator + " " + second + "` is more than a number can be",
                    "numbers have 63 bits");
        }
    }

    static boolean compare(ComparisonOperator operator, Value left, Value right) throws LiteralProblem {
        Object first = comparable(left);
        Object second = comparable(right);
        if (!first.getClass().equals(second.getClass())) {
            throw LiteralProblem.of(
                    DiagnosticCode.BAD_OPERATION,
                    Conversions.describe(left) + " and " + Conversions.describe(right) + " are of different kinds",
                    "only what is of one kind can be compared");
        }
        if (operator == ComparisonOperator.EQUAL || operator == ComparisonOperator.UNEQUAL) {
            return first.equals(second) == (operator == ComparisonOperator.EQUAL);
        }
        if (first instanceof Boolean || first instanceof String || first instanceof Unread || first instanceof Cidr) {
            throw LiteralProblem.of(
                    DiagnosticCode.BAD_OPERATION,
                    "`" + operator + "` has no meaning for " + Conversions.describe(left),
                    "it is for numbers, rates, sizes, times and addresses");
        }
        int order = order(first, second);
        return switch (operator) {
            case LESS -> order < 0;
            case AT_MOST -> order <= 0;
            case MORE -> order > 0;
            default -> order >= 0;
        };
    }

    @SuppressWarnings("unchecked")
    private static int order(Object first, Object second) {
        return ((Comparable<Object>) first).compareTo(second);
    }

    /** A word that is of no kind without what it is part of, such as a host part. */
    private record Unread(String text) {}

    private static Object comparable(Value value) throws LiteralProblem {
        Optional<Long> number = number(value);
        if (number.isPresent() && !(value instanceof Value.Quoted)) {
            return number.get();
        }
        if (value instanceof Value.Quoted quoted) {
            return quoted.text();
        }
        if (value instanceof Value.Truth truth) {
            return truth.holds();
        }
        if (value instanceof Value.Network network) {
            return network.cidr();
        }
        if (value instanceof Value.Address address) {
            return address.address();
        }
        if (value instanceof Value.Word word) {
            return literal(word.text());
        }
        throw LiteralProblem.of(
                DiagnosticCode.BAD_OPERATION, Conversions.describe(value) + " cannot be compared", "compare its parts");
    }

    private static Object literal(String text) {
        for (Function<String, Object> kind : LITERALS) {
            try {
                return kind.apply(text);
            } catch (LiteralException e) {
                // not of this kind
            }
        }
        return new Unread(text);
    }

    /** How many addresses or numbers a network or range has. */
    static long size(Value value) throws LiteralProblem {
        if (value instanceof Value.Span
                || (value instanceof Value.Word word && word.text().contains(".."))) {
            return sizeOfRange(value);
        }
        Cidr network = Conversions.cidr(value);
        int bits = network.family().bits() - network.length();
        if (bits > 62) {
            throw LiteralProblem.of(
                    DiagnosticCode.BAD_CALL, "`" + network + "` has more addresses than a number can say", "");
        }
        return 1L << bits;
    }

    private static long sizeOfRange(Value value) throws LiteralProblem {
        Optional<Value.Span> numbers = ends(value)
                .filter(span ->
                        number(span.first()).isPresent() && number(span.last()).isPresent());
        if (numbers.isEmpty()) {
            return Conversions.addressRange(value, Optional.empty()).size();
        }
        var range = Conversions.integerRange(value, 0, Long.MAX_VALUE - 1, "the end of a range");
        return range.last() - range.first() + 1;
    }

    /** The two ends of a range, also of one that was written without spaces. */
    static Optional<Value.Span> ends(Value value) {
        if (value instanceof Value.Span span) {
            return Optional.of(span);
        }
        String text = value instanceof Value.Word word
                ? word.text()
                : value instanceof Value.Quoted quoted && quoted.composed() ? quoted.text() : "";
        int dots = text.indexOf("..");
        return dots < 0
                ? Optional.empty()
                : Optional.of(new Value.Span(
                        new Value.Word(text.substring(0, dots).strip()),
                        new Value.Word(text.substring(dots + 2).strip())));
    }

    /** What a value looks like in a string. */
    static String text(Value value) throws LiteralProblem {
        if (value instanceof Value.Word word) {
            return word.text();
        }
        if (value instanceof Value.Quoted quoted) {
            return quoted.text();
        }
        if (value instanceof Value.Whole whole) {
            return Long.toString(whole.number());
        }
        if (value instanceof Value.Truth truth) {
            return Boolean.toString(truth.holds());
        }
        if (value instanceof Value.Network network) {
            return network.cidr().toString();
        }
        if (value instanceof Value.Address address) {
            return address.address().toString();
        }
        throw LiteralProblem.of(
                DiagnosticCode.BAD_INTERPOLATION,
                Conversions.describe(value) + " cannot be put into a string",
                "put one of its values there, as in \"${names[0]}\"");
    }

    /** The values that a loop goes through; as keys and values where {@code pairs}. */
    static List<Value[]> turns(Value value, boolean pairs, int most) throws LiteralProblem {
        List<Value[]> turns = new ArrayList<>();
        if (value instanceof Value.MapValue map) {
            map.values().forEach((key, each) -> turns.add(new Value[] {new Value.Quoted(key), each}));
            return turns;
        }
        if (value instanceof Value.ListValue list) {
            for (Value each : list.values()) {
                turns.add(pairs ? new Value[] {new Value.Whole(turns.size()), each} : new Value[] {each});
            }
            return turns;
        }
        Optional<Value.Span> span = ends(value);
        if (span.isEmpty() || pairs) {
            throw LiteralProblem.of(
                    DiagnosticCode.BAD_LOOP,
                    Conversions.describe(value) + " stands where "
                            + (pairs ? "a map or a list" : "a range, a list or a map") + " is wanted",
                    pairs ? "as in `[gold = 100mbit, silver = 50mbit]`" : "as in `1..4`, or `[\"a\", \"b\"]`");
        }
        checkSize(span.get().first());
        checkSize(span.get().last());
        Optional<Long> first = number(span.get().first());
        Optional<Long> last = number(span.get().last());
        if (first.isPresent() && last.isPresent()) {
            // From 1 to 0 is none; further back is a slip.
            if (last.get() < first.get() && last.get() + 1 != first.get()) {
                throw LiteralProblem.of(
                        DiagnosticCode.BAD_RANGE,
                        "`" + first.get() + " .. " + last.get() + "` ends before it begins",
                        "a loop counts upwards");
            }
            // Not up to the last: what follows the largest of all numbers is the smallest.
            for (long i = first.get(); i < last.get() && turns.size() <= most; i++) {
                turns.add(new Value[] {new Value.Whole(i)});
            }
            if (first.get() <= last.get() && turns.size() <= most) {
                turns.add(new Value[] {new Value.Whole(last.get())});
            }
            return turns;
        }
        var addresses = Conversions.addressRange(value, Optional.empty());
        for (long i = 0; i < addresses.size() && turns.size() <= most; i++) {
            turns.add(new Value[] {new Value.Address(addresses.first().plus(i))});
        }
        return turns;
    }
}
