// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.render.plan;

/** Text that came from a host or a source and goes to a terminal or a page. */
final class Printable {
    private Printable() {}

    /** The text with what a terminal would obey, or a reader would not see, written out as {@code \}{@code u001b}. */
    static String of(String text) {
        if (isPlain(text)) {
            return text;
        }
        StringBuilder safe = new StringBuilder();
        text.codePoints().forEach(c -> {
            if (isHidden(c)) {
                safe.append(c <= 0xffff ? "\\u%04x".formatted(c) : "\\U%08x".formatted(c));
            } else {
                safe.appendCodePoint(c);
            }
        });
        return safe.toString();
    }

    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c > '~') {
                return false;
            }
        }
        return true;
    }

    private static boolean isHidden(int c) {
        return switch (Character.getType(c)) {
            // Format characters turn the direction of text round, or join what is apart.
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }
}
