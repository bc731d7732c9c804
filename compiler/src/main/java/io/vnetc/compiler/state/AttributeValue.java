// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.state;

import java.util.List;

/** A value in canonical form; two are equal when what they say is. */
public sealed interface AttributeValue
        permits AttributeValue.Text, AttributeValue.Whole, AttributeValue.Flag, AttributeValue.Lines, Attributes {

    record Text(String text) implements AttributeValue {
        @Override
        public String toString() {
            return text;
        }
    }

    record Whole(long number) implements AttributeValue {
        @Override
        public String toString() {
            return Long.toString(number);
        }
    }

    record Flag(boolean on) implements AttributeValue {
        @Override
        public String toString() {
            return on ? "on" : "off";
        }
    }

    /** Lines in an order that counts. */
    record Lines(List<String> lines) implements AttributeValue {
        public Lines {
            lines = List.copyOf(lines);
        }
    }
}
