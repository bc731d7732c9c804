// SPDX-License-Identifier: Apache-2.0
package io.vnetc.dsl.syntax;

import org.antlr.runtime.EarlyExitException;
import org.antlr.runtime.MismatchedTokenException;
import org.antlr.runtime.NoViableAltException;
import org.antlr.runtime.RecognitionException;
import org.antlr.runtime.Token;
import org.eclipse.xtext.AbstractRule;
import org.eclipse.xtext.GrammarUtil;
import org.eclipse.xtext.RuleCall;
import org.eclipse.xtext.nodemodel.INode;
import org.eclipse.xtext.nodemodel.SyntaxErrorMessage;
import org.eclipse.xtext.parser.antlr.ISyntaxErrorMessageProvider;

/**
 * Keeps, of a syntax error, what {@link SyntaxErrors} makes its words of: the data is the token that was
 * expected, or "", and the rule that was being read.
 */
public final class SyntaxErrorFacts implements ISyntaxErrorMessageProvider {
    /** The issue code of a string that cannot be converted; the message is whole. */
    static final String CONVERSION = "conversion";

    /** The issue code of a token that is not what the grammar has at its place. */
    static final String TOKEN = "token";

    @Override
    public SyntaxErrorMessage getSyntaxErrorMessage(IParserErrorContext context) {
        RecognitionException error = context.getRecognitionException();
        String expected = error instanceof MismatchedTokenException mismatch
                ? name(context.getTokenNames(), mismatch.expecting)
                : "";
        boolean choice = error instanceof NoViableAltException || error instanceof EarlyExitException;
        return new SyntaxErrorMessage(context.getDefaultMessage(), TOKEN, new String[] {
            expected, ruleOf(context.getCurrentNode()), choice ? "choice" : "token"
        });
    }

    private static String name(String[] tokenNames, int type) {
        return type == Token.EOF ? "EOF" : type >= 0 && type < tokenNames.length ? tokenNames[type] : "";
    }

    private static String ruleOf(INode node) {
        for (INode at = node; at != null; at = at.getParent()) {
            if (at.getGrammarElement() instanceof RuleCall call) {
                return call.getRule().getName();
            }
            if (at.getGrammarElement() instanceof AbstractRule rule) {
                return rule.getName();
            }
            if (at.getGrammarElement() != null && GrammarUtil.containingRule(at.getGrammarElement()) != null) {
                return GrammarUtil.containingRule(at.getGrammarElement()).getName();
            }
        }
        return "";
    }

    @Override
    public SyntaxErrorMessage getSyntaxErrorMessage(IValueConverterErrorContext context) {
        return new SyntaxErrorMessage(context.getValueConverterException().getMessage(), CONVERSION, new String[0]);
    }
}
