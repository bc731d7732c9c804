// SPDX-License-Identifier: Apache-2.0
package io.vnetc.dsl.diagnostic;

import java.util.Comparator;
import java.util.List;

/**
 * A stretch of a source file. Lines and columns count from 1; columns count Unicode code points, as a reader does.
 *
 * @param file its path in the source tree
 * @param line of the first character
 * @param column of the first character
 * @param endLine of the character after the last
 * @param endColumn of the character after the last; equal to {@code column} on the same line where the range is empty
 * @param uses by way of which uses of templates and turns of loops this was come to, from the inside out; they have no
 *     part in the order, so that what is wrong in a template is said once
 */
public record SourceRange(String file, int line, int column, int endLine, int endColumn, List<RelatedLocation> uses)
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
        uses = List.copyOf(uses);
    }

    /** A range that is not come to by way of others. */
    public SourceRange(String file, int line, int column, int endLine, int endColumn) {
        this(file, line, column, endLine, endColumn, List.of());
    }

    /** The same, come to by way of these. */
    public SourceRange by(List<RelatedLocation> ways) {
        return ways.isEmpty() && uses.isEmpty() ? this : new SourceRange(file, line, column, endLine, endColumn, ways);
    }

    /** A part of this one, which is on one line. */
    public SourceRange part(int from, int length) {
        return new SourceRange(file, line, column + from, line, column + from + length, uses);
    }

    /** The place before one character. */
    public static SourceRange at(String file, int line, int column) {
        return new SourceRange(file, line, column, line, column);
    }

    /** Whether another one begins in this one. */
    public boolean contains(SourceRange other) {
        boolean after = other.line > line || (other.line == line && other.column >= column);
        boolean before = other.line < endLine || (other.line == endLine && other.column < endColumn);
        return other.file.equals(file) && after && before;
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
