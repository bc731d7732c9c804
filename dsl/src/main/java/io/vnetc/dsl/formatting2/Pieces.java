// SPDX-License-Identifier: Apache-2.0
package io.vnetc.dsl.formatting2;

import io.vnetc.dsl.formatting2.Piece.Role;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.emf.ecore.EObject;
import org.eclipse.xtext.AbstractElement;
import org.eclipse.xtext.AbstractRule;
import org.eclipse.xtext.Action;
import org.eclipse.xtext.Alternatives;
import org.eclipse.xtext.Assignment;
import org.eclipse.xtext.EnumLiteralDeclaration;
import org.eclipse.xtext.GrammarUtil;
import org.eclipse.xtext.Group;
import org.eclipse.xtext.Keyword;
import org.eclipse.xtext.ParserRule;
import org.eclipse.xtext.RuleCall;
import org.eclipse.xtext.nodemodel.ICompositeNode;
import org.eclipse.xtext.nodemodel.ILeafNode;
import org.eclipse.xtext.nodemodel.INode;

/**
 * The words and comments of a parsed file in their order. Where a setting begins the grammar says: it is one turn of a
 * repetition, {@code (…)*}, that is no list with commas.
 */
final class Pieces {
    private final List<Piece> pieces = new ArrayList<>();
    private final String text;
    private boolean begins;
    private int line = 1;
    private int lineStart;
    private int read;

    private Pieces(String text) {
        this.text = text;
    }

    static List<Piece> of(ICompositeNode root) {
        Pieces reader = new Pieces(root.getText());
        reader.composite(root, false);
        return reader.pieces;
    }

    /**
     * Reads what a node holds.
     *
     * @param first whether the node is the first thing of a fragment that begins a turn of a repetition
     */
    private void composite(ICompositeNode node, boolean first) {
        for (INode child : node.getChildren()) {
            Place place = place(child.getGrammarElement());
            boolean start = place == Place.TURN || (first && place == Place.RULE);
            if (child instanceof ICompositeNode inner) {
                boolean fragment = inner.getGrammarElement() instanceof RuleCall call
                        && call.getRule() instanceof ParserRule rule
                        && rule.isFragment();
                begins |= start && !fragment;
                composite(inner, start && fragment);
            } else if (child instanceof ILeafNode leaf) {
                begins |= start && !leaf.isHidden();
                leaf(leaf);
            }
        }
    }

    private enum Place {
        /** First in one turn of a repetition. */
        TURN,
        /** First in its rule. */
        RULE,
        WITHIN
    }

    private static Place place(EObject grammarElement) {
        if (grammarElement instanceof Action) {
            return Place.WITHIN; // The node of an object that an action made; the call of its rule is that node's first
            // child.
        }
        EObject at = grammarElement;
        while (at instanceof AbstractElement element) {
            EObject container = element.eContainer();
            if (GrammarUtil.isMultipleCardinality(element) && GrammarUtil.isOptionalCardinality(element)) {
                return Place.TURN;
            }
            if (container instanceof Group group && group.getElements().get(0) != element) {
                return Place.WITHIN;
            }
            if (!(container instanceof Group
                    || container instanceof Alternatives
                    || container instanceof Assignment
                    || container instanceof AbstractRule)) {
                return Place.WITHIN;
            }
            at = container;
        }
        return at instanceof AbstractRule ? Place.RULE : Place.WITHIN;
    }

    private void leaf(ILeafNode leaf) {
        String word = leaf.getText();
        if (word.isBlank()) {
            return;
        }
        goTo(leaf.getOffset());
        int begin = line;
        int column = leaf.getOffset() - lineStart;
        goTo(leaf.getEndOffset());
        Role role = leaf.isHidden() ? Role.COMMENT : role(leaf, word);
        pieces.add(new Piece(word, leaf.getOffset(), begin, line, column, role));
    }

    private Role role(ILeafNode leaf, String word) {
        boolean begin = begins;
        begins = false;
        if (!(leaf.getGrammarElement() instanceof Keyword)) {
            return begin ? Role.BEGIN : Role.WORD;
        }
        String rule = GrammarUtil.containingRule(leaf.getGrammarElement()).getName();
        return switch (word) {
            case "{" -> Role.BLOCK;
            case "}" -> Role.BLOCK_END;
            case "," -> Role.COMMA;
            case ")", "]" -> Role.CLOSE;
            case "(" -> rule.equals("Primary") ? Role.OPEN : Role.OPEN_TIGHT;
            case "+" -> rule.equals("OptionWord") ? Role.JOINT : Role.WORD;
            case "[" -> rule.equals("ListLiteral") ? Role.OPEN : Role.OPEN_TIGHT;
            default -> begin ? Role.BEGIN : isClause(leaf, word) ? Role.CLAUSE : Role.WORD;
        };
    }

    private static boolean isClause(ILeafNode leaf, String word) {
        return Character.isLetter(word.charAt(0))
                && !(leaf.getGrammarElement().eContainer() instanceof EnumLiteralDeclaration)
                && !GrammarUtil.isDatatypeRule(GrammarUtil.containingParserRule(leaf.getGrammarElement()));
    }

    private void goTo(int offset) {
        for (; read < offset; read++) {
            char c = text.charAt(read);
            if (c == '\n' || (c == '\r' && (read + 1 == text.length() || text.charAt(read + 1) != '\n'))) {
                line++;
                lineStart = read + 1;
            }
        }
    }
}
