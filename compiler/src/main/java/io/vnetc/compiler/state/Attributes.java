// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.state;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Named values in the order in which they are shown. The names are lower case words with hyphens. */
public record Attributes(Map<String, AttributeValue> values) implements AttributeValue {
    public Attributes {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    public static Builder builder() {
        return new Builder();
    }

    /**
     * The text of that name.
     *
     * @throws MalformedStateException when there is none
     */
    public String text(String name) {
        return find(name, AttributeValue.Text.class)
                .orElseThrow(() -> missing(name, "text"))
                .text();
    }

    public Optional<String> optionalText(String name) {
        return find(name, AttributeValue.Text.class).map(AttributeValue.Text::text);
    }

    /**
     * The number of that name.
     *
     * @throws MalformedStateException when there is none
     */
    public long whole(String name) {
        return find(name, AttributeValue.Whole.class)
                .orElseThrow(() -> missing(name, "number"))
                .number();
    }

    public Optional<Long> optionalWhole(String name) {
        return find(name, AttributeValue.Whole.class).map(AttributeValue.Whole::number);
    }

    /**
     * The flag of that name.
     *
     * @throws MalformedStateException when there is none
     */
    public boolean flag(String name) {
        return find(name, AttributeValue.Flag.class)
                .orElseThrow(() -> missing(name, "flag"))
                .on();
    }

    public Optional<Boolean> optionalFlag(String name) {
        return find(name, AttributeValue.Flag.class).map(AttributeValue.Flag::on);
    }

    public Optional<List<String>> optionalLines(String name) {
        return find(name, AttributeValue.Lines.class).map(AttributeValue.Lines::lines);
    }

    /**
     * The lines of that name.
     *
     * @throws MalformedStateException when there are none
     */
    public List<String> lines(String name) {
        return find(name, AttributeValue.Lines.class)
                .orElseThrow(() -> missing(name, "list"))
                .lines();
    }

    /**
     * The group of that name.
     *
     * @throws MalformedStateException when there is none
     */
    public Attributes group(String name) {
        return find(name, Attributes.class).orElseThrow(() -> missing(name, "group"));
    }

    private <V extends AttributeValue> Optional<V> find(String name, Class<V> type) {
        AttributeValue value = values.get(name);
        return type.isInstance(value) ? Optional.of(type.cast(value)) : Optional.empty();
    }

    private static MalformedStateException missing(String name, String what) {
        return new MalformedStateException("there is no " + what + " `" + name + "`");
    }

    /** Collects attributes; those that are absent are left out. */
    public static final class Builder {
        private final Map<String, AttributeValue> values = new LinkedHashMap<>();

        private Builder() {}

        public Builder text(String name, Object value) {
            return put(name, new AttributeValue.Text(value.toString()));
        }

        public Builder text(String name, Optional<?> value) {
            value.ifPresent(present -> text(name, present));
            return this;
        }

        public Builder whole(String name, long value) {
            return put(name, new AttributeValue.Whole(value));
        }

        public Builder whole(String name, Optional<? extends Number> value) {
            value.ifPresent(present -> whole(name, present.longValue()));
            return this;
        }

        public Builder flag(String name, boolean value) {
            return put(name, new AttributeValue.Flag(value));
        }

        /** A flag that is left out where it is off, for then there is nothing to say. */
        public Builder flagIfOn(String name, boolean value) {
            return value ? flag(name, true) : this;
        }

        public Builder lines(String name, List<String> value) {
            return put(name, new AttributeValue.Lines(value));
        }

        public Builder put(String name, AttributeValue value) {
            values.put(name, value);
            return this;
        }

        public Attributes build() {
            return new Attributes(values);
        }
    }
}
