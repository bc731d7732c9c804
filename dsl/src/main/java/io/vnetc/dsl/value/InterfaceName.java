// SPDX-License-Identifier: Apache-2.0
package io.vnetc.dsl.value;

import java.util.Set;

/**
 * The name of a network interface: 1 to 15 characters (IFNAMSIZ less the end), of letters, digits, {@code _}, {@code -}
 * and {@code .}, beginning with a letter or a digit. Stricter than {@code dev_valid_name()} in net/core/dev.c, so that a
 * name is safe in a path, a rule and an argument; {@code %} would be a template to the kernel.
 *
 * @param text the name
 */
public record InterfaceName(String text) implements Comparable<InterfaceName> {
    /** Length limit of the kernel. */
    public static final int MAX_LENGTH = 15;

    private static final Set<String> RESERVED = Set.of("lo", "all", "default");

    public InterfaceName {
        if (text.isEmpty()) {
            throw new LiteralException("an interface name is empty");
        }
        if (text.length() > MAX_LENGTH) {
            throw new LiteralException(
                    "`" + text + "` has " + text.length() + " characters; the kernel takes at most " + MAX_LENGTH
                            + " in an interface name",
                    "choose a shorter name");
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean letterOrDigit = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            if (!letterOrDigit && (i == 0 || "_-.".indexOf(c) < 0)) {
                throw new LiteralException(
                        "`" + text + "` is not an interface name: letters, digits, `_`, `-` and `.` only,"
                                + " a letter or digit first");
            }
        }
        if (RESERVED.contains(text)) {
            throw new LiteralException(
                    "`" + text + "` is reserved by the kernel and cannot name an interface of yours");
        }
    }

    @Override
    public int compareTo(InterfaceName other) {
        return text.compareTo(other.text);
    }

    @Override
    public String toString() {
        return text;
    }
}
