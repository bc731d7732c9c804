// SPDX-License-Identifier: Apache-2.0
package io.vnetc.dsl.formatting2;

import io.vnetc.dsl.formatting2.Piece.Role;
import java.util.List;
import java.util.Optional;

/**
 * Words of one setting to as few lines as they need. A new line begins, where it can, with a clause or after a comma
 * outside of brackets; else after a comma; else at any space.
 */
final class Filling {
    private static final int CONTINUATION = 4;

    private final List<Piece> words;
    private final int indent;

    /**
     * Words to print.
     *
     * @param indent of the setting that they are of
     */
    Filling(List<Piece> words, int indent) {
        this.words = words;
        this.indent = indent;
    }

    /**
     * Appends them.
     *
     * @param out ends with the indentation of the setting, with a block, or with a line end
     * @param begins whether the words are the first of the setting
     */
    void print(StringBuilder out, boolean begins) {
        int begin = 0;
        while (begin < words.size()) {
            if (!begins || begin > 0) {
                start(out, begin);
            }
            int end = lineFrom(begin, column(out));
            Optional<Piece> last = Optional.empty();
            for (int i = begin; i < end; i++) {
                Piece word = words.get(i);
                // A comment that ends the line has two spaces before it, as after a setting.
                String space = last.isPresent() && word.endsLine() ? "  " : Spacing.between(last, word);
                out.append(space);
                out.append(Comments.at(word, column(out)));
                last = Optional.of(word);
            }
            begin = end;
            if (begin < words.size() || words.get(end - 1).endsLine()) {
                out.append('\n');
            }
        }
    }

    private void start(StringBuilder out, int begin) {
        if (column(out) == 0) {
            out.append(" ".repeat(continuation(begin)));
        } else {
            out.append(words.get(begin).endsLine() ? "  " : " ");
        }
    }

    /** What goes on after a block stands as far left as its closing brace. */
    private int continuation(int begin) {
        return words.get(begin).text().equals("else") ? indent : indent + CONTINUATION;
    }

    private static int column(StringBuilder out) {
        return out.length() - (out.lastIndexOf("\n") + 1);
    }

    /** The index after the last word of the line that begins with a word. */
    private int lineFrom(int begin, int column) {
        int fits = begin;
        int at = column;
        Optional<Piece> last = Optional.empty();
        while (fits < words.size()) {
            Piece word = words.get(fits);
            at += Spacing.between(last, word).length() + word.text().length();
            if (at > Printer.WIDTH && fits > begin && !word.endsLine()) {
                break;
            }
            fits++;
            last = Optional.of(word);
            if (word.endsLine()) {
                return fits;
            }
        }
        return fits == words.size() ? fits : breakBefore(begin, fits);
    }

    /** The best place for the end of a line that has room up to {@code fits}; later where there is none. */
    private int breakBefore(int begin, int fits) {
        for (int rank = 3; rank > 0; rank--) {
            for (int at = fits; at > begin; at--) {
                if (rank(begin, at) >= rank) {
                    return at;
                }
            }
        }
        for (int at = fits + 1; at < words.size(); at++) {
            if (rank(begin, at) > 0) {
                return at;
            }
        }
        return words.size();
    }

    /** How good a line end before a word is; 0 where there can be none. */
    private int rank(int begin, int at) {
        Piece before = words.get(at - 1);
        Piece after = words.get(at);
        if (after.endsLine() || Spacing.between(Optional.of(before), after).isEmpty()) {
            return 0;
        }
        boolean outside = depth(at) == 0;
        if (outside && (before.role() == Role.COMMA || (after.role() == Role.CLAUSE && at > begin + 1))) {
            return 3;
        }
        return before.role() == Role.COMMA ? 2 : 1;
    }

    private int depth(int at) {
        int depth = 0;
        for (int i = 0; i < at; i++) {
            switch (words.get(i).role()) {
                case OPEN, OPEN_TIGHT -> depth++;
                case CLOSE -> depth--;
                default -> {}
            }
        }
        return depth;
    }
}
