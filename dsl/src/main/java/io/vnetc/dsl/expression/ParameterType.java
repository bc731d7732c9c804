// SPDX-License-Identifier: Apache-2.0
package io.vnetc.dsl.expression;

import io.vnetc.dsl.diagnostic.DiagnosticCode;
import io.vnetc.dsl.literal.LiteralParser;
import io.vnetc.dsl.literal.LiteralProblem;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The types that parameters of templates have. */
public enum ParameterType {
    /** As in 10.0.1.0/24. */
    NETWORK {
        @Override
        void check(Value value) throws LiteralProblem {
            Conversions.cidr(value);
        }
    },
    /** A whole one, or a host part such as .10, which is then of the network where it is used. */
    ADDRESS {
        @Override
        void check(Value value) throws LiteralProblem {
            if (!isHostPart(value)) {
                Conversions.address(value, Optional.empty());
            }
        }
    },
    /** Of addresses, host parts or numbers. */
    RANGE {
        @Override
        void check(Value value) throws LiteralProblem {
            Optional<Value.Span> ends = Operations.ends(value);
            if (ends.isEmpty()) {
                throw wrong(value, "a range", "as in .100 .. .199, or 1..4");
            }
            for (Value end : List.of(ends.get().first(), ends.get().last())) {
                if (Operations.number(end).isEmpty()) {
                    ADDRESS.check(end);
                }
            }
        }
    },
    /** Of Ethernet. */
    MAC {
        @Override
        void check(Value value) throws LiteralProblem {
            LiteralParser.mac(Conversions.word(value, "a MAC address"));
        }
    },
    /** As in 10mbit. */
    RATE {
        @Override
        void check(Value value) throws LiteralProblem {
            LiteralParser.rate(Conversions.word(value, "a rate"));
        }
    },
    /** As in 5MiB. */
    SIZE {
        @Override
        void check(Value value) throws LiteralProblem {
            LiteralParser.size(Conversions.word(value, "a size"));
        }
    },
    /** As in 12h. */
    DURATION {
        @Override
        void check(Value value) throws LiteralProblem {
            LiteralParser.duration(Conversions.word(value, "a time"));
        }
    },
    /** A whole one. */
    NUMBER {
        @Override
        void check(Value value) throws LiteralProblem {
            if (Operations.number(value).isEmpty()) {
                throw wrong(value, "a whole number", "as in 42");
            }
        }
    },
    /** Any string. */
    TEXT {
        @Override
        void check(Value value) throws LiteralProblem {
            if (!(value instanceof Value.Quoted)) {
                throw wrong(value, "a text", "write it with quotes");
            }
        }
    },
    /** A string that has the form of a name. */
    NAME {
        @Override
        void check(Value value) throws LiteralProblem {
            TEXT.check(value);
            String text = Operations.text(value);
            if (!isName(text)) {
                throw LiteralProblem.of(
                        DiagnosticCode.NAME_FORM,
                        "`" + text + "` has not the form of a name",
                        "a name begins with a letter or `_`, and goes on with letters, digits, `_`, `-` and `.`");
            }
        }
    },
    /** True or false. */
    TRUTH {
        @Override
        void check(Value value) throws LiteralProblem {
            if (!(value instanceof Value.Truth)) {
                throw wrong(value, "`true` or `false`", "");
            }
        }
    },
    /** As in [1, 2]. */
    LIST {
        @Override
        void check(Value value) throws LiteralProblem {
            if (!(value instanceof Value.ListValue)) {
                throw wrong(value, "a list", "as in [\"a\", \"b\"]");
            }
        }
    },
    /** As in [gold = 100mbit]. */
    MAP {
        @Override
        void check(Value value) throws LiteralProblem {
            boolean empty =
                    value instanceof Value.ListValue list && list.values().isEmpty();
            if (!(value instanceof Value.MapValue) && !empty) {
                throw wrong(value, "a map", "as in [gold = 100mbit, silver = 50mbit]");
            }
        }
    };

    /** What is wrong with a value, where it is not of this type. */
    abstract void check(Value value) throws LiteralProblem;

    private static LiteralProblem wrong(Value value, String wanted, String hint) {
        return LiteralProblem.of(
                DiagnosticCode.WRONG_LITERAL,
                Conversions.describe(value) + " stands where " + wanted + " is wanted",
                hint);
    }

    private static boolean isHostPart(Value value) {
        return value instanceof Value.Word word
                && (word.text().startsWith(".") || word.text().startsWith("::"))
                && !word.text().contains("..")
                && !word.text().contains("/");
    }

    /** Whether a text is what a name may be: safe in a path, an argument and a rule. */
    public static boolean isName(String text) {
        return !text.isEmpty()
                && (isLetter(text.charAt(0)) || text.charAt(0) == '_')
                && text.chars()
                        .allMatch(c -> isLetter(c) || (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '.');
    }

    private static boolean isLetter(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    /** The names of all. */
    public static List<String> names() {
        return Arrays.stream(values()).map(ParameterType::toString).toList();
    }

    /** The type of this name. */
    public static Optional<ParameterType> named(String name) {
        return Arrays.stream(values())
                .filter(type -> type.toString().equals(name))
                .findFirst();
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
