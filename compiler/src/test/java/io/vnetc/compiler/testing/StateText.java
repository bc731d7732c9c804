// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.testing;

import io.vnetc.compiler.state.AttributeValue;
import io.vnetc.compiler.state.Attributes;
import io.vnetc.compiler.state.Entry;
import io.vnetc.compiler.state.HostState;
import java.util.Locale;

/** A state as a text to be read in a golden file. */
public final class StateText {
    private StateText() {}

    public static String of(HostState state) {
        StringBuilder text = new StringBuilder();
        for (Entry entry : state.entries().values()) {
            text.append(entry.resource().address())
                    .append(" (")
                    .append(entry.standing().name().toLowerCase(Locale.ROOT))
                    .append(")\n");
            print(entry.resource().attributes(), "  ", text);
        }
        return text.toString();
    }

    private static void print(Attributes attributes, String indent, StringBuilder text) {
        attributes.values().forEach((name, value) -> {
            text.append(indent).append(name);
            if (value instanceof AttributeValue.Lines lines) {
                text.append('\n');
                lines.lines()
                        .forEach(line ->
                                text.append(indent).append("  ").append(line).append('\n'));
            } else if (value instanceof Attributes group) {
                text.append('\n');
                print(group, indent + "  ", text);
            } else {
                text.append(' ').append(value).append('\n');
            }
        });
    }
}
