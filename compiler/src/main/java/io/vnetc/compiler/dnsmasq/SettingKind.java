// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.dnsmasq;

import java.util.ArrayList;
import java.util.List;

/**
 * A setting of dnsmasq that the language knows.
 *
 * @param name in the language
 * @param option of dnsmasq(8)
 * @param form of what stands behind the option
 * @param parts in the order in which dnsmasq wants them
 * @param repeatable whether it may stand more than once
 */
public record SettingKind(String name, String option, Form form, List<Part> parts, boolean repeatable) {
    public SettingKind {
        parts = List.copyOf(parts);
    }

    /** How values are put together. */
    public enum Form {
        /** With commas. */
        LIST,
        /** Names between slashes, with perhaps an address behind them. */
        SLASHES
    }

    /** What stands at one place. */
    public sealed interface Part {
        /**
         * Values of one type.
         *
         * @param least how many there are at least
         * @param most and at most
         * @param greatest of a number or of a time's seconds
         */
        record Values(ValueType type, int least, int most, long greatest) implements Part {}

        /** A word that is always the same; left out where nothing comes behind it. */
        record Constant(String text) implements Part {}
    }

    /** The values that it takes. */
    public List<Part.Values> values() {
        List<Part.Values> values = new ArrayList<>();
        for (Part part : parts) {
            if (part instanceof Part.Values some) {
                values.add(some);
            }
        }
        return values;
    }

    /** How many values it takes at least. */
    public int least() {
        return values().stream().mapToInt(Part.Values::least).sum();
    }

    /** How many values it takes at most. */
    public int most() {
        return values().stream().mapToInt(Part.Values::most).sum();
    }

    /** How it is written, with an example of each value that it has to have. */
    public String example() {
        List<String> examples = new ArrayList<>();
        for (Part.Values values : values()) {
            if (values.least() > 0 || examples.isEmpty()) {
                examples.add(values.type().example());
            }
        }
        return examples.isEmpty() ? name : name + " = " + String.join(", ", examples);
    }
}
