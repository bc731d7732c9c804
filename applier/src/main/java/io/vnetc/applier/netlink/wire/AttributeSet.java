// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.netlink.wire;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A table of attributes: the one place that says which number means what. Decoding, encoding, printing and the names in
 * errors all come from it. Numbers that it lacks are kept as octets.
 */
public final class AttributeSet {
    /** A set that knows nothing. */
    public static final AttributeSet UNKNOWN = new Table("unknown").build();

    private final String name;
    private final Attribute<?>[] byNumber;

    private AttributeSet(String name, Attribute<?>[] byNumber) {
        this.name = name;
        this.byNumber = byNumber;
    }

    /** Takes the lines of a table, then {@link #build}s it. */
    public static final class Table {
        private final String name;
        private final List<Attribute<?>> lines = new ArrayList<>();

        /** Starts a table; the name is for messages. */
        public Table(String name) {
            this.name = name;
        }

        /** Adds a line and returns it, to be kept in a constant. */
        public <T> Attribute<T> add(int number, String attribute, AttributeType<T> type) {
            Attribute<T> line = new Attribute<>(number, attribute, type);
            lines.add(line);
            return line;
        }

        /** Adds many lines of one type whose numbers follow one another. */
        public <T> Table addAll(int firstNumber, AttributeType<T> type, String... attributes) {
            for (int i = 0; i < attributes.length; i++) {
                add(firstNumber + i, attributes[i], type);
            }
            return this;
        }

        /**
         * The finished set.
         *
         * @throws IllegalStateException when a number is given twice
         */
        public AttributeSet build() {
            int size = 0;
            for (Attribute<?> line : lines) {
                size = Math.max(size, line.number() + 1);
            }
            Attribute<?>[] byNumber = new Attribute<?>[size];
            for (Attribute<?> line : lines) {
                if (byNumber[line.number()] != null) {
                    throw new IllegalStateException(name + ": " + line.number() + " is given twice");
                }
                byNumber[line.number()] = line;
            }
            return new AttributeSet(name, byNumber);
        }
    }

    /** The name of the set. */
    public String name() {
        return name;
    }

    /** The lines, by number. */
    public List<Attribute<?>> attributes() {
        List<Attribute<?>> lines = new ArrayList<>(Arrays.asList(byNumber));
        lines.removeIf(line -> line == null);
        return lines;
    }

    /** The attribute with this number, if the table has it. */
    public Optional<Attribute<?>> find(int number) {
        return Optional.ofNullable(line(number));
    }

    /** What to call an attribute: its name, or {@code link#77} where the table has none. */
    public String describe(int number) {
        Attribute<?> line = line(number);
        return line == null ? name + "#" + number : line.name();
    }

    Attribute<?> line(int number) {
        return number < byNumber.length ? byNumber[number] : null;
    }

    int size() {
        return byNumber.length;
    }

    @Override
    public String toString() {
        return name;
    }
}
