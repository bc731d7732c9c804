// SPDX-License-Identifier: Apache-2.0
package io.vnetc.dsl.expression;

import io.vnetc.dsl.value.Cidr;
import io.vnetc.dsl.value.IpAddress;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What an expression is before it is known which kind of value is wanted. */
public sealed interface Value {
    /**
     * A literal as written: what it means depends on what is wanted.
     *
     * @param text of the literal; it may hold a range, as in {@code 1..3}
     */
    record Word(String text) implements Value {}

    /**
     * A string.
     *
     * @param text without quotes and escapes
     * @param composed whether a value was put into it by <code>${…}</code>; it may then stand for a literal too
     */
    record Quoted(String text, boolean composed) implements Value {
        /** A string as it is written. */
        public Quoted(String text) {
            this(text, false);
        }
    }

    /**
     * A range whose ends are parted from the dots.
     *
     * @param first its beginning
     * @param last its end
     */
    record Span(Value first, Value last) implements Value {}

    /**
     * A network that was computed.
     *
     * @param cidr it
     */
    record Network(Cidr cidr) implements Value {}

    /**
     * An address that was computed.
     *
     * @param address it
     */
    record Address(IpAddress address) implements Value {}

    /**
     * A whole number that was computed.
     *
     * @param number it
     */
    record Whole(long number) implements Value {}

    /**
     * True or false.
     *
     * @param holds which
     */
    record Truth(boolean holds) implements Value {}

    /**
     * Values in an order.
     *
     * @param values of any kinds
     */
    record ListValue(List<Value> values) implements Value {
        public ListValue {
            values = List.copyOf(values);
        }
    }

    /**
     * Values by their keys, in an order.
     *
     * @param values of any kinds
     */
    record MapValue(Map<String, Value> values) implements Value {
        public MapValue {
            values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        }
    }
}
