// SPDX-License-Identifier: Apache-2.0
package io.vnetc.dsl.syntax;

import io.vnetc.dsl.diagnostic.Diagnostic;
import io.vnetc.dsl.diagnostic.DiagnosticCode;
import io.vnetc.dsl.diagnostic.Diagnostics;
import io.vnetc.dsl.diagnostic.SourceRange;
import io.vnetc.dsl.source.SourceFile;
import java.util.regex.Pattern;
import org.eclipse.xtext.GrammarUtil;
import org.eclipse.xtext.nodemodel.ICompositeNode;
import org.eclipse.xtext.nodemodel.ILeafNode;
import org.eclipse.xtext.nodemodel.INode;
import org.eclipse.xtext.nodemodel.SyntaxErrorMessage;

/**
 * Says in words what the parser did not expect. Of the errors that follow from one another only the first is shown: one
 * more only where a new declaration has begun at the beginning of a line.
 */
final class SyntaxErrors {
    private static final int MOST = 20;
    private final SourceFile file;
    private final Diagnostics diagnostics;

    SyntaxErrors(SourceFile file, Diagnostics diagnostics) {
        this.file = file;
        this.diagnostics = diagnostics;
    }

    /** Reports the errors of a parse. */
    void report(ICompositeNode root, Iterable<INode> errors) {
        GrammarWords grammar = new GrammarWords(GrammarUtil.getGrammar(root.getGrammarElement()));
        SyntaxErrorWords words = new SyntaxErrorWords(grammar);
        Pattern declaration =
                Pattern.compile("^(?:" + String.join("|", grammar.settings("Source")) + ")\\b", Pattern.MULTILINE);
        int shown = 0;
        int last = -1;
        for (INode error : errors) {
            if (last < 0
                    || declaration
                            .matcher(file.text())
                            .useAnchoringBounds(false)
                            .region(Math.min(last + 1, error.getOffset()), error.getOffset())
                            .find()) {
                diagnostics.report(describe(root, error, words));
                last = Math.max(error.getOffset(), 0);
                if (++shown == MOST) {
                    return;
                }
            }
        }
    }

    private Diagnostic describe(ICompositeNode root, INode error, SyntaxErrorWords words) {
        SyntaxErrorMessage facts = error.getSyntaxErrorMessage();
        if (SyntaxErrorFacts.CONVERSION.equals(facts.getIssueCode())) {
            return Diagnostic.error(
                            DiagnosticCode.STRING_ESCAPE,
                            file.range(error.getOffset(), error.getLength()),
                            facts.getMessage())
                    .withHint("a string has the escapes `\\\"` and `\\\\` only");
        }
        Place place = place(root, error);
        SyntaxErrorWords.Wording wording = words.of(
                facts.getIssueData()[0],
                facts.getIssueData()[1],
                error.getSemanticElement() == null
                        ? ""
                        : error.getSemanticElement().eClass().getName(),
                place.before(),
                place.beforeIsName(),
                place.found());
        return Diagnostic.error(wording.code(), place.range(wording.wantsSomethingBefore()), wording.message())
                .withHint(wording.hint());
    }

    /** The last thing before the error, and what stands at the error, both "" where there is none. */
    private final class Place {
        private final INode error;
        private final ILeafNode previous;

        Place(INode error, ILeafNode previous) {
            this.error = error;
            this.previous = previous;
        }

        String before() {
            return previous == null ? "" : previous.getText();
        }

        /** Whether that is a word of the user's, though the language may have it too. */
        boolean beforeIsName() {
            return previous != null
                    && previous.getGrammarElement() != null
                    && GrammarUtil.containingRule(previous.getGrammarElement())
                            .getName()
                            .equals("Name");
        }

        String found() {
            return error.getOffset() >= file.text().length()
                    ? ""
                    : error.getText().strip();
        }

        /** Where something is missing at the end of a line, that end and not the next thing on a later line. */
        SourceRange range(boolean missing) {
            boolean lineBetween = previous != null
                    && file.text()
                            .substring(previous.getEndOffset(), Math.max(previous.getEndOffset(), error.getOffset()))
                            .chars()
                            .anyMatch(c -> c == '\n' || c == '\r');
            return previous != null && (found().isEmpty() || (missing && lineBetween))
                    ? file.range(previous.getEndOffset(), 0)
                    : file.range(error.getOffset(), error.getLength());
        }
    }

    private Place place(ICompositeNode root, INode error) {
        ILeafNode previous = null;
        for (ILeafNode leaf : root.getLeafNodes()) {
            if (leaf.getOffset() >= error.getOffset()) {
                break;
            }
            if (!leaf.isHidden() && leaf.getLength() > 0) {
                previous = leaf;
            }
        }
        return new Place(error, previous);
    }
}
