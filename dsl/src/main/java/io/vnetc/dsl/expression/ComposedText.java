// SPDX-License-Identifier: Apache-2.0
package io.vnetc.dsl.expression;

import io.vnetc.dsl.vnet.Expression;
import java.util.List;

/**
 * A string with expressions in it.
 *
 * @param pieces in their order
 */
public record ComposedText(List<Piece> pieces) {
    /** What a string is made of. */
    public sealed interface Piece {}

    /**
     * Text as it is.
     *
     * @param text without escapes
     */
    public record Plain(String text) implements Piece {}

    /**
     * What stands in <code>${…}</code>.
     *
     * @param expression its tree, of its own root
     */
    public record Inset(Expression expression) implements Piece {}

    public ComposedText {
        pieces = List.copyOf(pieces);
    }

    /** The expressions in it. */
    public List<Expression> expressions() {
        return pieces.stream()
                .filter(Inset.class::isInstance)
                .map(piece -> ((Inset) piece).expression())
                .toList();
    }
}
