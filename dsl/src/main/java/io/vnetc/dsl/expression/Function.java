// SPDX-License-Identifier: Apache-2.0
package io.vnetc.dsl.expression;

import io.vnetc.dsl.diagnostic.DiagnosticCode;
import io.vnetc.dsl.literal.LiteralProblem;
import io.vnetc.dsl.value.AddressRange;
import io.vnetc.dsl.value.Cidr;
import io.vnetc.dsl.value.IpAddress;
import io.vnetc.dsl.value.IpFamily;
import io.vnetc.dsl.value.LiteralException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The functions there are. Each is called on a name as {@code x.f(…)}, and those that are no words of the language also as
 * {@code f(x, …)}; the arguments that are counted here are those after {@code x}.
 */
public enum Function {
    /** {@code subnet(network, length, index)}: the network of that prefix length and number within it, from 0. */
    SUBNET(2, "a prefix length and a number", "24, 1") {
        @Override
        Value apply(Value on, List<Value> arguments) throws LiteralProblem, WrongArgument {
            int length = (int) Math.min(natural(arguments, 0), Integer.MAX_VALUE);
            return new Value.Network(Conversions.cidr(on).subnet(length, natural(arguments, 1)));
        }
    },
    /** {@code host(network, n)}: the address with that host number. */
    HOST(1, "a number", "10") {
        @Override
        Value apply(Value on, List<Value> arguments) throws LiteralProblem, WrongArgument {
            return new Value.Address(Conversions.cidr(on).host(natural(arguments, 0)));
        }
    },
    /** {@code range(network, first, last)}: addresses by their host numbers, or their host parts. */
    RANGE(2, "the first and the last host", "100, 199") {
        @Override
        Value apply(Value on, List<Value> arguments) throws LiteralProblem, WrongArgument {
            Cidr network = Conversions.cidr(on);
            AddressRange range = new AddressRange(end(network, arguments, 0), end(network, arguments, 1));
            return new Value.Span(new Value.Address(range.first()), new Value.Address(range.last()));
        }

        private IpAddress end(Cidr network, List<Value> arguments, int index) throws WrongArgument {
            if (Operations.number(arguments.get(index)).isPresent()) {
                return network.host(natural(arguments, index));
            }
            try {
                return Conversions.address(arguments.get(index), Optional.of(network));
            } catch (LiteralProblem e) {
                throw new WrongArgument(index, e);
            }
        }
    },
    /** {@code size(network)}, {@code size(range)}: how many addresses, or numbers, there are in it. */
    SIZE(0, "nothing more", "") {
        @Override
        Value apply(Value on, List<Value> arguments) throws LiteralProblem {
            return new Value.Whole(Operations.size(on));
        }
    },
    /** {@code first-host(network)}: the lowest address that a host can have. */
    FIRST_HOST(0, "nothing more", "") {
        @Override
        Value apply(Value on, List<Value> arguments) throws LiteralProblem {
            Cidr network = Conversions.cidr(on);
            return new Value.Address(
                    hasNoBase(network) ? network.first() : network.first().plus(1));
        }
    },
    /** {@code last-host(network)}: the highest address that a host can have; in IPv4 the one below the broadcast address. */
    LAST_HOST(0, "nothing more", "") {
        @Override
        Value apply(Value on, List<Value> arguments) throws LiteralProblem {
            Cidr network = Conversions.cidr(on);
            boolean broadcast = network.family() == IpFamily.IPV4 && !hasNoBase(network);
            return new Value.Address(broadcast ? network.last().plus(-1) : network.last());
        }
    },
    /** {@code prefix-length(network)}: how many bits its addresses have in common. */
    PREFIX_LENGTH(0, "nothing more", "") {
        @Override
        Value apply(Value on, List<Value> arguments) throws LiteralProblem {
            return new Value.Whole(Conversions.cidr(on).length());
        }
    },
    /** {@code length(list)}, {@code length(map)}: how many entries it has. */
    LENGTH(0, "nothing more", "") {
        @Override
        Value apply(Value on, List<Value> arguments) throws LiteralProblem {
            if (on instanceof Value.ListValue list) {
                return new Value.Whole(list.values().size());
            }
            if (on instanceof Value.MapValue map) {
                return new Value.Whole(map.values().size());
            }
            throw LiteralProblem.of(
                    DiagnosticCode.BAD_CALL,
                    "`length` is of a list or a map, and this is " + Conversions.describe(on),
                    "of a network or range, `size` says how many addresses are in it");
        }
    };

    private final int arity;
    private final String takes;
    private final String example;

    Function(int arity, String takes, String example) {
        this.arity = arity;
        this.takes = takes;
        this.example = example;
    }

    abstract Value apply(Value on, List<Value> arguments) throws LiteralProblem, WrongArgument;

    /** What is wrong with one of the arguments. */
    static final class WrongArgument extends Exception {
        private static final long serialVersionUID = 1L;

        private final int index;
        private final LiteralProblem problem;

        WrongArgument(int index, LiteralProblem problem) {
            super(problem);
            this.index = index;
            this.problem = problem;
        }

        int index() {
            return index;
        }

        LiteralProblem problem() {
            return problem;
        }
    }

    /** A network of one or two addresses has none for itself (RFC 3021, RFC 6164). */
    private static boolean hasNoBase(Cidr network) {
        return network.length() >= network.family().bits() - 1;
    }

    long natural(List<Value> arguments, int index) throws WrongArgument {
        try {
            return Conversions.integer(arguments.get(index), 0, Long.MAX_VALUE, "an argument of `" + this + "`");
        } catch (LiteralProblem e) {
            throw new WrongArgument(index, e);
        }
    }

    /** Whether it is of a network, and of nothing else. */
    boolean isOfNetwork() {
        return this != SIZE && this != LENGTH;
    }

    /** Calls it; what it says against its arguments is a {@link LiteralProblem}. */
    Value call(Value on, List<Value> arguments) throws LiteralProblem, WrongArgument {
        try {
            return apply(on, arguments);
        } catch (LiteralException e) {
            throw LiteralProblem.of(
                    DiagnosticCode.BAD_CALL, e.getMessage(), e.hint().orElse(""));
        }
    }

    /** How many arguments it takes after the value that it is of. */
    public int arity() {
        return arity;
    }

    /** What it takes after the value that it is of, in words. */
    public String takes() {
        return takes;
    }

    /** Arguments that make sense. */
    public String example() {
        return example;
    }

    /** The names of all. */
    public static List<String> names() {
        return Arrays.stream(values()).map(Function::toString).toList();
    }

    /** The function of this name. */
    public static Optional<Function> named(String name) {
        return Arrays.stream(values())
                .filter(function -> function.toString().equals(name))
                .findFirst();
    }

    /**
     * What a call names.
     *
     * @param receiver the name before the dot, where there is one
     * @param function after it
     */
    public record Called(Optional<String> receiver, Function function) {}

    /** The parts of {@code lab.subnet} or {@code subnet}, or nothing where the last is no function. */
    public static Optional<Called> called(String text) {
        int dot = text.lastIndexOf('.');
        Optional<String> receiver = dot < 0 ? Optional.empty() : Optional.of(text.substring(0, dot));
        return named(text.substring(dot + 1)).map(function -> new Called(receiver, function));
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
