// SPDX-License-Identifier: Apache-2.0
package io.vnetc.dsl.value;

import java.util.Locale;

/**
 * A DNS name in lower case: labels of 1 to 63 letters, digits, {@code -} and {@code _} (RFC 2181 section 11 and RFC 8552
 * for the underscore), at most 253 characters, no end dot.
 *
 * @param text the name
 */
public record DomainName(String text) implements Comparable<DomainName> {
    public DomainName {
        if (text.isEmpty() || text.length() > 253) {
            throw new LiteralException("`" + text + "` is not a domain name: it has 1 to 253 characters");
        }
        if (text.startsWith(".") || text.endsWith(".") || text.contains("..")) {
            throw new LiteralException("`" + text + "` is not a domain name: a dot stands between two labels only");
        }
        for (String label : text.split("\\.", -1)) {
            boolean plain = label.chars()
                    .allMatch(c -> (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_');
            if (label.length() > 63 || !plain || label.startsWith("-") || label.endsWith("-")) {
                throw new LiteralException(
                        "`" + text + "` is not a domain name: `" + label + "` is no label",
                        "a label has 1 to 63 letters, digits, `-` or `_`, and no `-` at an end");
            }
        }
    }

    /** Reads a name, in upper or lower case. */
    public static DomainName parse(String text) {
        return new DomainName(text.toLowerCase(Locale.ROOT));
    }

    @Override
    public int compareTo(DomainName other) {
        return text.compareTo(other.text);
    }

    @Override
    public String toString() {
        return text;
    }
}
