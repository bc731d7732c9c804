// SPDX-License-Identifier: Apache-2.0
package io.vnetc.dsl.syntax;

import io.vnetc.dsl.diagnostic.Diagnostic;
import io.vnetc.dsl.diagnostic.DiagnosticCode;
import io.vnetc.dsl.diagnostic.Diagnostics;
import io.vnetc.dsl.source.SourceFile;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * One look at the characters of a file before it is parsed: brackets, comments and strings are closed, nothing is nested
 * too deep for the parser's stack, and no character stands about that the language does not have. What is wrong here is
 * said better than a parser could.
 */
final class SourceScan {
    /** How deep brackets and `not` may be nested: each of them takes its share of the parser's stack. */
    static final int DEEPEST = 100;

    private static final String NOT = "not";

    /** The longest there is of use is a DUID of 130 octets. */
    private static final int LONGEST_WORD = 500;

    private static final int LONGEST_STRING = 4_096;
    private static final int MOST_STRAYS = 10;

    private final SourceFile file;
    private final String text;
    private final Diagnostics diagnostics;
    private final Deque<Bracket> open = new ArrayDeque<>();
    private Optional<Bracket> suspect = Optional.empty();
    private boolean clean = true;
    private int strays;
    private int lineStart;
    private int indent;
    private int nots;

    /** An open bracket; {@code depth} counts it and all that it stands in. */
    private record Bracket(char kind, int offset, int indent, int depth) {}

    private SourceScan(SourceFile file, Diagnostics diagnostics) {
        this.file = file;
        this.text = file.text();
        this.diagnostics = diagnostics;
    }

    /** Whether the file can go to the parser; where not, that has been reported. */
    static boolean passes(SourceFile file, Diagnostics diagnostics) {
        SourceScan scan = new SourceScan(file, diagnostics);
        scan.run();
        return scan.clean;
    }

    private void run() {
        int i = newLine(0);
        while (i >= 0 && i < text.length()) {
            i = step(i);
        }
        if (i >= 0 && !open.isEmpty()) {
            Bracket first = suspect.orElse(open.peekLast());
            Diagnostic unclosed =
                    error(DiagnosticCode.UNCLOSED, first.offset(), 1, "this `" + first.kind() + "` is never closed");
            report(
                    suspect.isPresent()
                            ? unclosed.withHint("the next `" + closing(first.kind())
                                    + "` stands at another indentation and closes something else")
                            : unclosed.withHint("add the `" + closing(first.kind()) + "`"));
        }
    }

    /** The offset after the thing at {@code i}; negative to stop. */
    private int step(int i) {
        char c = text.charAt(i);
        return switch (c) {
            case '/' -> text.startsWith("//", i) ? lineEnd(i) : text.startsWith("/*", i) ? comment(i) : i + 1;
            case '"' -> string(i);
            case '{', '(', '[' -> opened(i, c);
            case '}', ')', ']' -> closed(i, c);
            case '\n', '\r' -> newLine(i + 1);
            case ' ', '\t', ',', '=', '<', '>', '+', '*' -> i + 1;
            case '!' -> text.startsWith("!=", i) ? i + 2 : stray(i, "what is not so is said with `not`");
            default -> isWordPart(c) ? word(i) : stray(i, hintFor(c));
        };
    }

    private int lineEnd(int i) {
        int end = i;
        while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
            end++;
        }
        return end;
    }

    private int comment(int i) {
        int end = text.indexOf("*/", i + 2);
        if (end < 0) {
            report(error(DiagnosticCode.UNCLOSED, i, 2, "this comment is never closed")
                    .withHint("end it with `*/`"));
            return -1;
        }
        for (int line = i; line < end; line++) {
            if (text.charAt(line) == '\n' || text.charAt(line) == '\r') {
                newLine(line + 1);
            }
        }
        return end + 2;
    }

    private int string(int i) {
        int end = i + 1;
        while (end < text.length() && text.charAt(end) != '"' && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
            boolean escape = text.charAt(end) == '\\' && end + 1 < text.length();
            end += escape && text.charAt(end + 1) != '\n' && text.charAt(end + 1) != '\r' ? 2 : 1;
        }
        if (end >= text.length() || text.charAt(end) != '"') {
            report(error(DiagnosticCode.UNCLOSED, i, end - i, "this string is not closed on its line")
                    .withHint("end it with `\"`; a string has no line ends in it"));
            return -1;
        }
        if (end - i > LONGEST_STRING) {
            report(error(
                    DiagnosticCode.SYNTAX,
                    i,
                    1,
                    "a string has at most " + LONGEST_STRING + " characters, and this has " + (end - i - 1)));
            return -1;
        }
        nots = 0;
        return end + 1;
    }

    private int opened(int i, char c) {
        int depth = depth();
        if (depth == DEEPEST) {
            report(error(DiagnosticCode.NESTED_TOO_DEEP, i, 1, "brackets are nested more than " + DEEPEST + " deep"));
            return -1;
        }
        open.push(new Bracket(c, i, indent, depth + 1));
        nots = 0;
        return i + 1;
    }

    private int depth() {
        return nots + (open.isEmpty() ? 0 : open.peek().depth());
    }

    /** One `not` stands in another as a bracket does in a bracket; what is no `not` ends them. */
    private int not(int i) {
        if (depth() == DEEPEST) {
            report(error(
                            DiagnosticCode.NESTED_TOO_DEEP,
                            i,
                            NOT.length(),
                            "`not` stands more than " + DEEPEST + " times within another")
                    .withHint("two of them are none"));
            return -1;
        }
        nots++;
        return i + NOT.length();
    }

    private int closed(int i, char c) {
        Bracket bracket = open.peek();
        if (bracket == null) {
            report(error(DiagnosticCode.UNCLOSED, i, 1, "this `" + c + "` closes nothing")
                    .withHint("delete it, or see whether a `" + opening(c) + "` is missing before it"));
            return -1;
        }
        if (closing(bracket.kind()) != c) {
            report(error(
                            DiagnosticCode.UNCLOSED,
                            i,
                            1,
                            "this `" + c + "` does not close the `" + bracket.kind() + "` that is open")
                    .withHint("close that with `" + closing(bracket.kind()) + "` first")
                    .withRelated(file.range(bracket.offset(), 1), "it was opened here"));
            return -1;
        }
        open.pop();
        if (i == lineStart + indent && suspect.isEmpty() && indent != bracket.indent()) {
            suspect = Optional.of(bracket);
        }
        return i + 1;
    }

    private int word(int start) {
        int end = start;
        boolean hex = true;
        while (end < text.length() && isWordPart(text.charAt(end))) {
            char c = text.charAt(end);
            if (text.startsWith("/*", end) || text.startsWith("//", end)) {
                return isDigit(text.charAt(start)) ? joined(end) : end;
            }
            if (c == ':' && isStrayColon(start, end, hex)) {
                return colon(start, end);
            }
            hex &= ":./".indexOf(c) >= 0 || Character.digit(c, 16) >= 0;
            end++;
        }
        if (end - start > LONGEST_WORD) {
            report(error(
                    DiagnosticCode.SYNTAX,
                    start,
                    1,
                    "a word has at most " + LONGEST_WORD + " characters, and this has " + (end - start)));
            return -1;
        }
        if (text.startsWith(NOT, start) && end == start + NOT.length()) {
            return not(start);
        }
        nots = 0;
        return Math.max(end, start + 1);
    }

    /** A number takes a slash for its own, as in 10.0.0.0/8. */
    private int joined(int comment) {
        report(error(
                        DiagnosticCode.STRAY_PUNCTUATION,
                        comment,
                        2,
                        "this begins no comment: it is part of the number before it")
                .withHint("put a space before it"));
        return -1;
    }

    /** A colon belongs to addresses; the habit of other languages is to put one after a word. */
    private boolean isStrayColon(int start, int colon, boolean hex) {
        boolean atEnd = colon + 1 == text.length() || !isWordPart(text.charAt(colon + 1));
        if (atEnd) {
            return colon == start || text.charAt(colon - 1) != ':';
        }
        return text.charAt(start) > '9' && !hex;
    }

    private int colon(int start, int colon) {
        String word = text.substring(start, colon);
        boolean inList = !open.isEmpty() && open.peek().kind() == '[';
        String hint = inList && !word.isEmpty()
                ? "a map has `=` between a key and its value: `" + word + " = …`"
                : word.isEmpty() || !isLetter(word.charAt(0))
                        ? "delete it; a `:` stands only inside IPv6 and MAC addresses"
                        : "a setting and its value have only a space between them: `" + word + " …`";
        return stray(colon, hint);
    }

    private int stray(int i, String hint) {
        int c = text.codePointAt(i);
        int length = Character.charCount(c);
        String message = c < 0x80
                ? "`" + Character.toString(c) + "` means nothing here"
                : "`" + Character.toString(c) + "` stands outside a string or comment";
        Diagnostic diagnostic = error(DiagnosticCode.STRAY_PUNCTUATION, i, length, message);
        report(hint.isEmpty() ? diagnostic : diagnostic.withHint(hint));
        return ++strays == MOST_STRAYS ? -1 : i + length;
    }

    private static String hintFor(char c) {
        return switch (c) {
            case '#' -> "a comment begins with `//`";
            case ';' -> "delete it; a setting ends where the next one begins";
            case '\'', '`' -> "a string stands between double quotes: \"…\"";
            case '$' -> "`${…}` stands inside a string: \"${…}\"; a name alone needs no `$`";
            case '&' -> "conditions are put together with `and`";
            case '|' -> "conditions are put together with `or`";
            case '@', '?', '^', '\\', '~' -> "delete it; the language does not have it";
            default -> "names have only the letters A to Z, digits, `_`, `-` and `.`";
        };
    }

    private static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isWordPart(char c) {
        return isLetter(c) || isDigit(c) || ".:/%-".indexOf(c) >= 0;
    }

    private static char closing(char opening) {
        return opening == '{' ? '}' : opening == '(' ? ')' : ']';
    }

    private static char opening(char closing) {
        return closing == '}' ? '{' : closing == ')' ? '(' : '[';
    }

    private int newLine(int start) {
        lineStart = start;
        int end = start;
        while (end < text.length() && (text.charAt(end) == ' ' || text.charAt(end) == '\t')) {
            end++;
        }
        indent = end - start;
        return start;
    }

    private Diagnostic error(DiagnosticCode code, int offset, int length, String message) {
        return Diagnostic.error(code, file.range(offset, length), message);
    }

    private void report(Diagnostic diagnostic) {
        clean = false;
        diagnostics.report(diagnostic);
    }
}
