// SPDX-License-Identifier: Apache-2.0
package io.vnetc.dsl.formatting2;

import java.util.List;

/**
 * What has a line of its own where it does not share one: a setting, a declaration, or a comment between them.
 *
 * @param blankBefore whether an empty line stands before it
 * @param parts its words, comments and blocks
 * @param trailing comments after it on its last line
 */
record Entry(boolean blankBefore, List<Part> parts, List<Piece> trailing) {
    /** A piece, or a block. */
    sealed interface Part permits Single, Block {}

    record Single(Piece piece) implements Part {}

    /**
     * Settings between braces.
     *
     * @param oneLine whether its braces stand on one line
     * @param opening comments after the opening brace on its line
     */
    record Block(boolean oneLine, List<Piece> opening, List<Entry> entries) implements Part {}

    boolean isComment() {
        return parts.size() == 1
                && parts.get(0) instanceof Single single
                && single.piece().isComment();
    }

    boolean beginsWith(String word) {
        return parts.get(0) instanceof Single single && single.piece().text().equals(word);
    }
}
