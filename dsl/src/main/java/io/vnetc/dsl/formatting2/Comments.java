// SPDX-License-Identifier: Apache-2.0
package io.vnetc.dsl.formatting2;

import java.util.List;

/** The lines of a comment, moved to where it begins. */
final class Comments {
    private Comments() {}

    /** The text of a word as it is, or of a comment as it is to stand at this column. */
    static String at(Piece piece, int column) {
        if (!piece.isComment()) {
            return piece.text();
        }
        List<String> lines = piece.text().lines().map(String::stripTrailing).toList();
        boolean starred = lines.stream().skip(1).allMatch(line -> line.strip().startsWith("*"));
        StringBuilder text = new StringBuilder(lines.get(0));
        for (String line : lines.subList(1, lines.size())) {
            text.append('\n');
            if (starred) {
                text.append(" ".repeat(column + 1)).append(line.strip());
            } else if (!line.isEmpty()) {
                text.append(" ".repeat(column)).append(line, shared(line, piece.column()), line.length());
            }
        }
        return text.toString();
    }

    /** How many blanks of a line's indentation are above those of the comment. */
    private static int shared(String line, int column) {
        int blanks = 0;
        while (blanks < Math.min(line.length(), column)
                && (line.charAt(blanks) == ' ' || line.charAt(blanks) == '\t')) {
            blanks++;
        }
        return blanks;
    }

    /** What of a comment is kept: all but the indentation and the blanks at the ends of its lines. */
    static String kept(String comment) {
        return String.join("\n", comment.lines().map(String::strip).toList());
    }
}
