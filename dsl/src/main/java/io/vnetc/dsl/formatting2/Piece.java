// SPDX-License-Identifier: Apache-2.0
package io.vnetc.dsl.formatting2;

/**
 * A word or a comment of a file.
 *
 * @param text as it stands there
 * @param offset where it begins
 * @param line that it begins on
 * @param endLine that it ends on
 * @param column that it begins at, in chars from 0
 */
record Piece(String text, int offset, int line, int endLine, int column, Role role) {
    /** What the layout has to know of a piece. */
    enum Role {
        /** A word with a space before it. */
        WORD,
        /** The first word of a setting, declaration or import. */
        BEGIN,
        /** A word inside a setting that a new line may begin with: `via`, `lease`. */
        CLAUSE,
        /** Punctuation that follows right on what is before it: `,`. */
        COMMA,
        /** A bracket after a name, as of a call: nothing before it and nothing after. */
        OPEN_TIGHT,
        /** A sign within a word that is made of several, as {@code layer3+4}: nothing on either side. */
        JOINT,
        /** A bracket that begins a value: nothing after it. */
        OPEN,
        /** The end of either. */
        CLOSE,
        /** The beginning of a block of settings. */
        BLOCK,
        /** Its end. */
        BLOCK_END,
        COMMENT
    }

    boolean isComment() {
        return role == Role.COMMENT;
    }

    /** Whether nothing can follow on its line. */
    boolean endsLine() {
        return isComment() && (text.startsWith("//") || line != endLine);
    }

    int endOffset() {
        return offset + text.length();
    }
}
