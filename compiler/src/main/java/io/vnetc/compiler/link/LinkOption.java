// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.link;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A setting that links of one type have.
 *
 * @param name in the language
 * @param ip its word in ip-link(8)
 * @param form what its values are
 * @param usual the number in the kernel where nothing is said; absent: it has to be said
 * @param place what becomes of a link whose setting changes
 * @param condition where it means anything; elsewhere it is not set, and not looked at
 */
public record LinkOption(
        String name, String ip, Form form, Optional<Long> usual, Place place, Optional<Condition> condition) {
    /** What the values of a setting are; in the kernel each is a number. */
    public sealed interface Form {
        /** A number. */
        record Whole(long least, long greatest) implements Form {}

        /** A time, in milliseconds. */
        record Time() implements Form {}

        /** On or off. */
        record Flag() implements Form {}

        /** One of some words, each with its number. */
        record Words(Map<String, Long> numbers) implements Form {
            public Words {
                numbers = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(numbers));
            }
        }
    }

    /** What becomes of a link whose setting changes. */
    public enum Place {
        /** It stays as it is otherwise. */
        KEPT,
        /** It is made again: the kernel takes the setting while a link is made, or down and without members, only. */
        MADE_AGAIN
    }

    /**
     * That another setting, where it means anything, has one of some values.
     *
     * @param values by which it holds; empty: any but 0
     */
    public record Condition(String option, Set<Long> values) {
        public Condition {
            values = Set.copyOf(values);
        }

        boolean holds(long value) {
            return values.isEmpty() ? value != 0 : values.contains(value);
        }
    }

    static LinkOption words(String name, String ip, long usual, Place place, Map<String, Long> numbers) {
        return new LinkOption(name, ip, new Form.Words(numbers), Optional.of(usual), place, Optional.empty());
    }

    static LinkOption whole(String name, String ip, long least, long greatest, long usual, Place place) {
        return new LinkOption(name, ip, new Form.Whole(least, greatest), Optional.of(usual), place, Optional.empty());
    }

    static LinkOption needed(String name, String ip, long least, long greatest, Place place) {
        return new LinkOption(name, ip, new Form.Whole(least, greatest), Optional.empty(), place, Optional.empty());
    }

    static LinkOption time(String name, String ip, long usual) {
        return new LinkOption(name, ip, new Form.Time(), Optional.of(usual), Place.KEPT, Optional.empty());
    }

    static LinkOption flag(String name, String ip, Place place) {
        return new LinkOption(name, ip, new Form.Flag(), Optional.of(0L), place, Optional.empty());
    }

    /** The same where another setting has one of these values only, or where none are named, is not 0. */
    LinkOption where(String option, Long... values) {
        return new LinkOption(name, ip, form, usual, place, Optional.of(new Condition(option, Set.of(values))));
    }

    /** A value as it is written. */
    public String text(long value) {
        if (form instanceof Form.Words words) {
            return words.numbers().entrySet().stream()
                    .filter(word -> word.getValue() == value)
                    .map(Map.Entry::getKey)
                    .findFirst()
                    .orElse("#" + value);
        }
        if (form instanceof Form.Flag) {
            return value == 0 ? "off" : "on";
        }
        return Long.toString(value);
    }

    /**
     * Reads what {@link #text} writes.
     *
     * @throws IllegalArgumentException when it is no value of the setting
     */
    public long number(String text) {
        if (form instanceof Form.Words words && words.numbers().containsKey(text)) {
            return words.numbers().get(text);
        }
        if (form instanceof Form.Flag && (text.equals("on") || text.equals("off"))) {
            return text.equals("on") ? 1 : 0;
        }
        return Long.parseUnsignedLong(text.startsWith("#") ? text.substring(1) : text);
    }

    /** A value as ip-link(8) takes it. */
    String ip(long value) {
        if (form instanceof Form.Flag) {
            return Long.toString(value);
        }
        return text(value).equals("passthrough") ? "passthru" : text(value);
    }
}
