// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.dnsmasq;

import io.vnetc.compiler.model.Dhcp;
import io.vnetc.compiler.model.OptionValue;
import io.vnetc.dsl.value.Durations;
import io.vnetc.dsl.value.IpFamily;
import java.util.List;
import java.util.stream.Collectors;

/** Values and options as the language writes them. */
public final class SourceText {
    private SourceText() {}

    public static String of(OptionValue value) {
        if (value instanceof OptionValue.Address known) {
            return known.address().toString();
        } else if (value instanceof OptionValue.Network known) {
            return known.network().toString();
        } else if (value instanceof OptionValue.Way known) {
            return known.destination() + " via " + known.gateway();
        } else if (value instanceof OptionValue.Whole known) {
            return Long.toString(known.number());
        } else if (value instanceof OptionValue.Flag known) {
            return Boolean.toString(known.on());
        } else if (value instanceof OptionValue.Time known) {
            return Durations.print(known.duration());
        } else if (value instanceof OptionValue.Name known) {
            return quoted(known.name().text());
        } else if (value instanceof OptionValue.Octets known) {
            return quoted(known.text());
        }
        return quoted(((OptionValue.Text) value).text());
    }

    /** A string of the language. */
    public static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    /**
     * The setting of an option in a {@code dhcp} block. An option without a name is written by its number, with the word
     * for the type of its values.
     */
    public static String of(Dhcp.Option option, IpFamily family) {
        String name = DhcpOptions.numbered(option.number(), family)
                .map(kind -> kind.name() + " ")
                .orElseGet(() -> option.number() + " " + word(option.values()) + " ");
        return "option " + name
                + (option.values().isEmpty()
                        ? "none"
                        : option.values().stream()
                                .map(value -> value(value, option, family))
                                .collect(Collectors.joining(", ")));
    }

    private static String value(OptionValue value, Dhcp.Option option, IpFamily family) {
        boolean host = DhcpOptions.numbered(option.number(), family)
                .filter(kind -> kind.type() == ValueType.HOST_WAY)
                .isPresent();
        return host && value instanceof OptionValue.Way way
                ? way.destination().base() + " via " + way.gateway()
                : of(value);
    }

    private static String word(List<OptionValue> values) {
        OptionValue first = values.get(0);
        if (first instanceof OptionValue.Address) {
            return values.size() > 1 ? "addresses" : "address";
        } else if (first instanceof OptionValue.Whole number) {
            return "number" + 8 * number.octets();
        } else if (first instanceof OptionValue.Flag) {
            return "flag";
        } else if (first instanceof OptionValue.Name) {
            return "names";
        } else if (first instanceof OptionValue.Octets) {
            return "hex";
        }
        return "text";
    }
}
