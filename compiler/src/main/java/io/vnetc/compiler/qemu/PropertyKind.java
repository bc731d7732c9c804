// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.qemu;

import io.vnetc.compiler.dnsmasq.ValueType;
import java.util.Set;
import java.util.function.LongPredicate;

/**
 * A property that the language knows.
 *
 * @param name in the language
 * @param type of its value
 * @param form what it has to be beside that
 * @param most how many values it takes at most; at least one
 * @param property of QEMU, or the option of the program
 */
public record PropertyKind(String name, ValueType type, Form form, int most, String property) {
    /** What a value has to be beside its type. */
    public sealed interface Form {
        /** Anything of the type. */
        record Any() implements Form {}

        /**
         * A number.
         *
         * @param rule that it follows, which {@code words} say
         */
        record Whole(long least, long greatest, LongPredicate rule, String words) implements Form {}

        /** One of some words. */
        record Choice(Set<String> words) implements Form {
            public Choice {
                words = Set.copyOf(words);
            }
        }

        /** A path from the root on. */
        record Path() implements Form {}

        /** Such a path without white space: a program whose path has some QEMU has a shell run. */
        record Program() implements Form {}
    }

    private static final Form ANY = new Form.Any();

    static PropertyKind flag(String name, String property) {
        return new PropertyKind(name, ValueType.FLAG, ANY, 1, property);
    }

    static PropertyKind of(String name, ValueType type, String property) {
        return new PropertyKind(name, type, ANY, 1, property);
    }

    static PropertyKind number(String name, long least, long greatest, String property) {
        return number(name, least, greatest, ignored -> true, "", property);
    }

    static PropertyKind number(
            String name, long least, long greatest, LongPredicate rule, String words, String property) {
        return new PropertyKind(name, ValueType.NUMBER, new Form.Whole(least, greatest, rule, words), 1, property);
    }

    static PropertyKind choice(String name, Set<String> words, String property) {
        return new PropertyKind(name, ValueType.TEXT, new Form.Choice(words), 1, property);
    }

    static PropertyKind path(String name, String property) {
        return new PropertyKind(name, ValueType.TEXT, new Form.Path(), 1, property);
    }

    static PropertyKind program(String name, String property) {
        return new PropertyKind(name, ValueType.TEXT, new Form.Program(), 1, property);
    }

    /** How it is written, for a message. */
    public String example() {
        if (form instanceof Form.Whole number) {
            return name + " " + number.least();
        }
        if (form instanceof Form.Choice choice) {
            return name + " \"" + choice.words().stream().sorted().findFirst().orElse("") + "\"";
        }
        if (form instanceof Form.Path || form instanceof Form.Program) {
            return name + " \"/path\"";
        }
        return name + " "
                + switch (type) {
                    case FLAG -> "on";
                    case ADDRESS -> "10.0.2.3";
                    case NETWORK -> "10.0.2.0/24";
                    case TIME -> "5s";
                    case PORT -> "5000";
                    default -> "\"text\"";
                };
    }
}
