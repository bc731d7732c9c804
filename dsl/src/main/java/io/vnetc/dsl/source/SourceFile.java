// SPDX-License-Identifier: Apache-2.0
package io.vnetc.dsl.source;

import io.vnetc.dsl.diagnostic.SourceRange;
import java.util.Arrays;

/** A text with its path, and the way from offsets to lines and columns. A line ends with LF, CR LF or CR. */
public final class SourceFile {
    private final String path;
    private final String text;
    private final int[] lineStarts;

    public SourceFile(String path, String text) {
        this.path = path;
        this.text = text;
        this.lineStarts = lineStarts(text);
    }

    private static int[] lineStarts(String text) {
        int[] starts = new int[16];
        int count = 1;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\n' || (c == '\r' && (i + 1 == text.length() || text.charAt(i + 1) != '\n'))) {
                if (count == starts.length) {
                    starts = Arrays.copyOf(starts, 2 * count);
                }
                starts[count++] = i + 1;
            }
        }
        return Arrays.copyOf(starts, count);
    }

    /** Its path in the source tree; for a module of the standard library {@code vnetc:std/…}. */
    public String path() {
        return path;
    }

    /** The whole text. */
    public String text() {
        return text;
    }

    /** How many lines there are; an empty file has one. */
    public int lineCount() {
        return lineStarts.length;
    }

    /**
     * A line without its end.
     *
     * @param number from 1; beyond the last line the text is empty
     */
    public String line(int number) {
        if (number < 1 || number > lineStarts.length) {
            return "";
        }
        int start = lineStarts[number - 1];
        int end = number == lineStarts.length ? text.length() : lineStarts[number];
        while (end > start && (text.charAt(end - 1) == '\n' || text.charAt(end - 1) == '\r')) {
            end--;
        }
        return text.substring(start, end);
    }

    /** The range of {@code length} chars from {@code offset} on; what is beyond the text is cut off. */
    public SourceRange range(int offset, int length) {
        int from = Math.max(0, Math.min(offset, text.length()));
        int to = Math.max(from, Math.min(from + length, text.length()));
        int line = lineOf(from);
        int endLine = lineOf(to);
        return new SourceRange(path, line, columnOf(line, from), endLine, columnOf(endLine, to));
    }

    private int lineOf(int offset) {
        int found = Arrays.binarySearch(lineStarts, offset);
        return found >= 0 ? found + 1 : -found - 1;
    }

    private int columnOf(int line, int offset) {
        return text.codePointCount(lineStarts[line - 1], offset) + 1;
    }
}
