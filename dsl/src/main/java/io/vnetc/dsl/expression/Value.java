// SPDX-License-Identifier: Apache-2.0
package io.vnetc.dsl.expression;

import io.vnetc.dsl.value.Cidr;
import io.vnetc.dsl.value.IpAddress;

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
     */
    record Quoted(String text) implements Value {}

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
}
