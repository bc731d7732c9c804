// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.resolve.explain;

import io.vnetc.dsl.expression.Evaluator;
import io.vnetc.dsl.expression.Value;
import io.vnetc.dsl.vnet.Expression;
import java.util.stream.Collectors;

/** Values as they would be written in the source. */
public final class ValueText {
    private ValueText() {}

    /** What an expression came to be; a question mark where it has no value. */
    public static String of(Evaluator values, Expression expression) {
        return values.evaluate(expression).map(ValueText::of).orElse("?");
    }

    public static String of(Value value) {
        if (value instanceof Value.Word word) {
            return word.text();
        } else if (value instanceof Value.Quoted quoted) {
            // One that was put together stands for the bare value that it came to be.
            return quoted.composed() ? quoted.text() : '"' + quoted.text() + '"';
        } else if (value instanceof Value.Span span) {
            return of(span.first()) + " .. " + of(span.last());
        } else if (value instanceof Value.Network network) {
            return network.cidr().toString();
        } else if (value instanceof Value.Address address) {
            return address.address().toString();
        } else if (value instanceof Value.Whole whole) {
            return Long.toString(whole.number());
        } else if (value instanceof Value.Truth truth) {
            return Boolean.toString(truth.holds());
        } else if (value instanceof Value.ListValue list) {
            return list.values().stream().map(ValueText::of).collect(Collectors.joining(", ", "[", "]"));
        }
        return ((Value.MapValue) value)
                .values().entrySet().stream()
                        .map(entry -> entry.getKey() + " = " + of(entry.getValue()))
                        .collect(Collectors.joining(", ", "[", "]"));
    }
}
