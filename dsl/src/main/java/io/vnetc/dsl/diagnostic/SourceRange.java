// SPDX-License-Identifier: Apache-2.0
package io.vnetc.dsl.diagnostic;

import java.util.Comparator;

/**
 * A stretch of a source file. Lines and columns count from 1; columns count Unicode code points, as a reader does.
 *
 * @param file its path in the source tree
 * @param line of the first character
 * @param column of the first character
 * @param endLine of the character after the last
 * @param endColumn of the character after the last; equal to {@code column} on the same line where the range is empty
 */
public record SourceRange(String file, int line, int column, int endLine, int endColumn)
        implements Comparable<SourceRange> {
    private static final Comparator<SourceRange> ORDER = Comparator.comparing(SourceRange::file)
            .thenComparing(SourceRange::line)
            .thenComparing(SourceRange::column)
            .thenComparing(SourceRange::endLine)
            .thenComparing(SourceRange::endColumn);

    public SourceRange {
        if (line < 1 || column < 1 || endLine < line || (endLine == line && endColumn < column)) {
            throw new IllegalArgumentException(
                    "no such range: " + file + ":" + line + ":" + column + " to " + endLine + ":" + endColumn);
        }
    }

    /** The place before one character. */
    public static SourceRange at(String file, int line, int column) {
        return new SourceRange(file, line, column, line, column);
    }

    @Override
    public int compareTo(SourceRange other) {
        return ORDER.compare(this, other);
    }

    /** {@code file:line:column}, which terminals and editors make a link of. */
    @Override
    public String toString() {
        return file + ":" + line + ":" + column;
    }
}
