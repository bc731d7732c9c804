// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.dnsmasq;

import io.vnetc.dsl.value.IpAddress;
import io.vnetc.dsl.value.LiteralException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What stands between the commas of a line, in quotes or not. */
final class RawItems {
    private RawItems() {}

    /** The items, those in quotes with them; nothing where a quote is not closed, or there is a comment. */
    static Optional<List<String>> split(String value) {
        List<String> items = new ArrayList<>();
        StringBuilder item = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (Character.isISOControl(c) || (!quoted && c == '#' && i > 0 && value.charAt(i - 1) == ' ')) {
                return Optional.empty();
            }
            if (quoted && c == '\\' && i + 1 < value.length()) {
                // Others make control characters.
                if (value.charAt(i + 1) != '"' && value.charAt(i + 1) != '\\') {
                    return Optional.empty();
                }
                item.append(c).append(value.charAt(++i));
            } else if (c == ',' && !quoted) {
                items.add(item.toString().strip());
                item.setLength(0);
            } else {
                quoted ^= c == '"';
                item.append(c);
            }
        }
        items.add(item.toString().strip());
        return quoted ? Optional.empty() : Optional.of(items);
    }

    static boolean isQuoted(String item) {
        return item.length() > 1 && item.startsWith("\"") && item.endsWith("\"");
    }

    static String unquoted(String item) {
        return isQuoted(item)
                ? item.substring(1, item.length() - 1).replace("\\\"", "\"").replace("\\\\", "\\")
                : item;
    }

    static Optional<IpAddress> address(String text) {
        boolean bracketed = text.startsWith("[") && text.endsWith("]");
        try {
            return Optional.of(IpAddress.parse(bracketed ? text.substring(1, text.length() - 1) : text));
        } catch (LiteralException e) {
            return Optional.empty();
        }
    }

    static Optional<Long> number(String text, long greatest) {
        return text.matches("[0-9]{1,10}") && Long.parseLong(text) <= greatest
                ? Optional.of(Long.parseLong(text))
                : Optional.empty();
    }
}
