// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.qemu.importing;

import io.vnetc.dsl.diagnostic.Diagnostic;
import io.vnetc.dsl.diagnostic.DiagnosticCode;
import io.vnetc.dsl.diagnostic.Diagnostics;
import io.vnetc.dsl.source.SourceFile;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * A text for the shell, taken apart into the words of its simple commands (POSIX.1-2017, Shell Command Language, 2.2 and
 * 2.3). Nothing is run and nothing is put in for variables: where the shell would, the word says so.
 */
final class ShellText {
    private static final char ABSENT = 0xffff;
    private static final String OPERATORS = ";&|()\n\r";

    private final SourceFile file;
    private final String text;
    private final Diagnostics diagnostics;
    private final List<List<Word>> commands = new ArrayList<>();
    private final Deque<String> pendingDocuments = new ArrayDeque<>();
    private List<Word> command = new ArrayList<>();
    private WordBuilder word;
    private boolean redirected;
    private boolean document;
    private int at;

    private ShellText(SourceFile file, String text, Diagnostics diagnostics) {
        this.file = file;
        this.text = text;
        this.diagnostics = diagnostics;
        this.word = new WordBuilder();
    }

    /**
     * The words of each command; what cannot be taken apart is reported.
     *
     * @param file that places are in, as long as the text
     */
    static List<List<Word>> commands(SourceFile file, String text, Diagnostics diagnostics) {
        return new ShellText(file, text, diagnostics).read();
    }

    /** A word in the making. */
    private final class WordBuilder {
        private final StringBuilder chars = new StringBuilder();
        private final List<Integer> offsets = new ArrayList<>();
        private final List<Integer> expansions = new ArrayList<>();
        private boolean begun;

        void add(char c, int offset) {
            begun = true;
            chars.append(c);
            offsets.add(offset);
        }

        void expands() {
            expansions.add(chars.length());
        }

        Word end(int offset) {
            int[] all = new int[offsets.size() + 1];
            for (int i = 0; i < offsets.size(); i++) {
                all[i] = offsets.get(i);
            }
            all[offsets.size()] = offset;
            return new Word(chars.toString(), file, all, expansions);
        }
    }

    private List<List<Word>> read() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '#' && !word.begun) {
                skipLine();
            } else if (c == ' ' || c == '\t') {
                endWord();
                at++;
            } else if (OPERATORS.indexOf(c) >= 0) {
                endCommand();
                at++;
                if (c == '\n') {
                    skipDocuments();
                }
            } else if (c == '<' || c == '>') {
                redirection();
            } else {
                part(c);
            }
        }
        endCommand();
        return commands;
    }

    private void part(char c) {
        switch (c) {
            case '\\' -> escape();
            case '\'' -> single();
            case '"' -> quoted();
            case '$', '`' -> expansion();
            default -> {
                word.add(c, at);
                at++;
            }
        }
    }

    /** Outside of quotes; with the end of the line it is nothing at all. */
    private void escape() {
        char next = peek(1);
        if (next == '\n') {
            at += 2;
        } else if (next == '\r' && peek(2) == '\n') {
            at += 3;
        } else if (next == ABSENT) {
            at++;
        } else {
            word.add(next, at + 1);
            at += 2;
        }
    }

    private void single() {
        int end = text.indexOf('\'', at + 1);
        if (end < 0) {
            unbalanced(at, "'");
            return;
        }
        word.begun = true;
        for (int i = at + 1; i < end; i++) {
            word.add(text.charAt(i), i);
        }
        at = end + 1;
    }

    private void quoted() {
        int start = at;
        word.begun = true;
        at++;
        while (at < text.length() && text.charAt(at) != '"') {
            char c = text.charAt(at);
            if (c == '\\' && "$`\"\\\n".indexOf(peek(1)) >= 0) {
                if (peek(1) != '\n') {
                    word.add(peek(1), at + 1);
                }
                at += 2;
            } else if (c == '$' || c == '`') {
                expansion();
            } else {
                word.add(c, at);
                at++;
            }
        }
        if (at >= text.length()) {
            unbalanced(start, "\"");
        }
        at++;
    }

    /** Kept as it is written, to the end of what the shell would put something in for. */
    private void expansion() {
        int start = at;
        char next = peek(1);
        if (text.charAt(at) == '`') {
            word.expands();
            copyTo(text.indexOf('`', at + 1), start, "`");
        } else if (next == '(' || next == '{') {
            word.expands();
            copyTo(closing(at + 1, next, next == '(' ? ')' : '}'), start, "$" + next);
        } else if (Character.isLetterOrDigit(next) || (next != ABSENT && "_@*#?!$-".indexOf(next) >= 0)) {
            word.expands();
            int end = at + 1;
            while (end + 1 < text.length() && isName(text.charAt(end)) && isName(text.charAt(end + 1))) {
                end++;
            }
            copyTo(end, start, "$");
        } else {
            word.add('$', at);
            at++;
        }
    }

    private static boolean isName(char c) {
        return c == '_' || Character.isLetterOrDigit(c);
    }

    private void copyTo(int end, int start, String opening) {
        if (end < 0) {
            unbalanced(start, opening);
            return;
        }
        for (; at <= end; at++) {
            word.add(text.charAt(at), at);
        }
    }

    private int closing(int open, char opening, char closing) {
        int depth = 0;
        for (int i = open; i < text.length(); i++) {
            if (text.charAt(i) == opening) {
                depth++;
            } else if (text.charAt(i) == closing && --depth == 0) {
                return i;
            }
        }
        return -1;
    }

    /** The number of the descriptor before it, and where it leads to, are no words of the command. */
    private void redirection() {
        if (word.chars.toString().matches("[0-9]+")) {
            word = new WordBuilder();
        }
        endWord();
        int start = at;
        while (at < text.length() && "<>&|-".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        document = text.startsWith("<<", start) && !text.startsWith("<<<", start);
        redirected = true;
    }

    private void endWord() {
        if (!word.begun) {
            return;
        }
        if (document) {
            pendingDocuments.add(word.chars.toString());
        } else if (!redirected) {
            command.add(word.end(at));
        }
        redirected = false;
        document = false;
        word = new WordBuilder();
    }

    private void endCommand() {
        endWord();
        redirected = false;
        document = false;
        if (!command.isEmpty()) {
            commands.add(command);
            command = new ArrayList<>();
        }
    }

    private void skipDocuments() {
        while (!pendingDocuments.isEmpty()) {
            String last = pendingDocuments.remove();
            while (at < text.length()) {
                int end = text.indexOf('\n', at);
                String line = text.substring(at, end < 0 ? text.length() : end);
                at = end < 0 ? text.length() : end + 1;
                if (line.strip().equals(last)) {
                    break;
                }
            }
        }
    }

    private void skipLine() {
        while (at < text.length() && text.charAt(at) != '\n') {
            at++;
        }
    }

    private void unbalanced(int start, String opening) {
        diagnostics.report(Diagnostic.error(
                        DiagnosticCode.COMMAND_LINE, file.range(start, 1), "what `" + opening + "` opens is not closed")
                .withHint("close it, or put `\\` before it"));
        at = text.length();
    }

    private char peek(int ahead) {
        return at + ahead < text.length() ? text.charAt(at + ahead) : ABSENT;
    }
}
