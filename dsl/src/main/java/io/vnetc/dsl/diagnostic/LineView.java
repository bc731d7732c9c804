// SPDX-License-Identifier: Apache-2.0
package io.vnetc.dsl.diagnostic;

import java.util.Locale;

/**
 * A line of the source as a terminal shows it, and where the mark under it goes. Tabs become spaces, what is not printed
 * becomes its number, and of a very long line only the part around the mark is kept.
 *
 * @param text what is shown
 * @param markFrom columns before the mark
 * @param markLength columns of the mark, at least one
 */
record LineView(String text, int markFrom, int markLength) {
    private static final int TAB = 4;
    private static final int LONGEST_WHOLE = 200;
    private static final int BEFORE = 30;
    private static final int SHOWN = 70;
    private static final String CUT = "…";

    static LineView of(String line, SourceRange range) {
        int count = line.codePointCount(0, line.length());
        int from = Math.min(range.column() - 1, count);
        int to = range.endLine() == range.line() ? Math.min(range.endColumn() - 1, count) : count;
        if (count <= LONGEST_WHOLE) {
            return view(line, from, Math.max(from, to), "", "");
        }
        int start = Math.max(0, from - BEFORE);
        int end = Math.min(count, start + SHOWN);
        String part = line.substring(line.offsetByCodePoints(0, start), line.offsetByCodePoints(0, end));
        return view(
                part,
                from - start,
                Math.max(from, Math.min(to, end)) - start,
                start > 0 ? CUT : "",
                end < count ? CUT : "");
    }

    private static LineView view(String part, int from, int to, String before, String after) {
        StringBuilder shown = new StringBuilder(before);
        int width = before.length();
        int markFrom = -1;
        int markTo = -1;
        int index = 0;
        for (int i = 0; i < part.length(); index++) {
            int c = part.codePointAt(i);
            markFrom = index == from ? width : markFrom;
            markTo = index == to ? width : markTo;
            String text = c == '\t' ? " ".repeat(TAB - width % TAB) : visible(c);
            shown.append(text);
            width += c == '\t' || text.length() > 2 ? text.length() : width(c);
            i += Character.charCount(c);
        }
        markFrom = markFrom < 0 ? width : markFrom;
        markTo = markTo < 0 ? width : markTo;
        return new LineView(shown.append(after).toString().stripTrailing(), markFrom, Math.max(1, markTo - markFrom));
    }

    /** A text with every character that is not printed as its number, so that none of it steers a terminal. */
    static String visible(String text) {
        StringBuilder shown = new StringBuilder(text.length());
        text.codePoints().forEach(c -> shown.append(visible(c)));
        return shown.toString();
    }

    private static String visible(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.UNASSIGNED,
                    Character.PRIVATE_USE -> String.format(Locale.ROOT, "<U+%04X>", c);
            default -> Character.toString(c);
        };
    }

    /** Columns that a terminal gives to a character: none to combining ones, two to wide ones (Unicode UAX #11). */
    private static int width(int c) {
        int type = Character.getType(c);
        if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK) {
            return 0;
        }
        boolean wide = (c >= 0x1100 && c <= 0x115f)
                || (c >= 0x2e80 && c <= 0xa4cf)
                || (c >= 0xac00 && c <= 0xd7a3)
                || (c >= 0xf900 && c <= 0xfaff)
                || (c >= 0xfe30 && c <= 0xfe6f)
                || (c >= 0xff00 && c <= 0xff60)
                || (c >= 0x1f300 && c <= 0x1faff)
                || (c >= 0x20000 && c <= 0x3fffd);
        return wide ? 2 : 1;
    }
}
