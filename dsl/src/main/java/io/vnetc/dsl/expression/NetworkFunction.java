// SPDX-License-Identifier: Apache-2.0
package io.vnetc.dsl.expression;

import io.vnetc.dsl.value.Cidr;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The functions that a network has; they are called as {@code NAME.function(…)}, with the name of a let. */
public enum NetworkFunction {
    /** {@code subnet(length, index)}: the network of that prefix length and number within this one, from 0. */
    SUBNET("a prefix length and a number") {
        @Override
        Value apply(Cidr network, List<Long> arguments) {
            int length = (int) Math.min(arguments.get(0), Integer.MAX_VALUE);
            return new Value.Network(network.subnet(length, arguments.get(1)));
        }
    },
    /** {@code host(n)}: the address with that host number. */
    HOST("a number") {
        @Override
        Value apply(Cidr network, List<Long> arguments) {
            return new Value.Address(network.host(arguments.get(0)));
        }
    };

    private final String takes;

    NetworkFunction(String takes) {
        this.takes = takes;
    }

    /**
     * A function on something.
     *
     * @param receiver the name of the let before the dot
     * @param function after it
     */
    public record Called(String receiver, NetworkFunction function) {}

    abstract Value apply(Cidr network, List<Long> arguments);

    /** How many arguments it takes. */
    public int arity() {
        return this == SUBNET ? 2 : 1;
    }

    /** What it takes, in words. */
    public String takes() {
        return takes;
    }

    /** The names of all. */
    public static List<String> names() {
        return Arrays.stream(values()).map(NetworkFunction::toString).toList();
    }

    /** The two parts of {@code lab.subnet}, or nothing where the last is no function. */
    public static Optional<Called> called(String text) {
        int dot = text.lastIndexOf('.');
        String name = text.substring(dot + 1);
        return dot < 0
                ? Optional.empty()
                : Arrays.stream(values())
                        .filter(function -> function.toString().equals(name))
                        .findFirst()
                        .map(function -> new Called(text.substring(0, dot), function));
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
