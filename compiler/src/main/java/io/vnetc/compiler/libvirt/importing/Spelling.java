// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.libvirt.importing;

import java.util.Set;
import java.util.regex.Pattern;

/** How names and texts are written in the language. */
public final class Spelling {
    private static final Pattern WORD = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_.-]*");
    private static final Pattern NUMBER_WORD = Pattern.compile("[0-9][0-9a-zA-Z.:/%_-]*");

    /** Words of the language that are no names without quotes. */
    private static final Set<String> RESERVED = Set.of(
            "and",
            "assert",
            "cannot",
            "else",
            "false",
            "for",
            "from",
            "if",
            "import",
            "in",
            "let",
            "none",
            "not",
            "on",
            "or",
            "private",
            "reach",
            "reaches",
            "template",
            "test",
            "to",
            "true",
            "use",
            "infinite",
            "both",
            "uuid");

    private static final int LONGEST_NAME = 63;

    private Spelling() {}

    /** A name; between quotes where it has to be. */
    public static String name(String name) {
        return WORD.matcher(name).matches() && !RESERVED.contains(name) ? name : text(name);
    }

    /** A domain name, or whatever else may begin with a digit. */
    public static String domain(String name) {
        return NUMBER_WORD.matcher(name).matches() ? name : name(name);
    }

    /** A text between quotes. */
    public static String text(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    /** Whether the language has a way to write a text. */
    public static boolean canWrite(String text) {
        return text.codePoints().allMatch(Spelling::isShown) && !text.contains("${");
    }

    /** Neither a control character nor one that hides or reorders others. */
    public static boolean isShown(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }

    /** The nearest name that a declaration may have: a letter or {@code _}, then letters, digits, {@code _} and {@code -}. */
    public static String declared(String name) {
        String clean = name.strip().replaceAll("[^a-zA-Z0-9_-]+", "-").replaceAll("-{2,}", "-");
        String begun = clean.matches("[a-zA-Z_].*") ? clean : "n" + (clean.startsWith("-") ? "" : "-") + clean;
        String cut = begun.length() > LONGEST_NAME ? begun.substring(0, LONGEST_NAME) : begun;
        String ended = cut.replaceAll("-+$", "");
        return ended.isEmpty() ? "n" : ended;
    }
}
