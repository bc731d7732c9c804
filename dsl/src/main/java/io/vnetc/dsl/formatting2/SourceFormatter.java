// SPDX-License-Identifier: Apache-2.0
package io.vnetc.dsl.formatting2;

import io.vnetc.dsl.diagnostic.Diagnostics;
import io.vnetc.dsl.parser.antlr.internal.InternalVnetLexer;
import io.vnetc.dsl.source.SourceFile;
import io.vnetc.dsl.syntax.SourceParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.antlr.runtime.ANTLRStringStream;
import org.antlr.runtime.Token;

/**
 * Lays sources out in the one way there is: {@link Printer} says how. Nothing is lost and nothing added: the words and
 * comments of a file are the same before and after, in the same order. What is laid out stays as it is.
 */
public final class SourceFormatter {
    private final SourceParser parser;

    /**
     * Formats sources.
     *
     * @param diagnostics takes the errors of those that cannot be parsed
     */
    public SourceFormatter(Diagnostics diagnostics) {
        this.parser = new SourceParser(diagnostics);
    }

    /** The text of a file as it is to be, with line ends of one kind; nothing where an error in it has been reported. */
    public Optional<String> format(SourceFile file) {
        return parser.words(file).map(root -> {
            String text = print(Pieces.of(root));
            if (!content(file.text()).equals(content(text))) {
                throw new IllegalStateException("formatting would change what " + file.path() + " says");
            }
            return text;
        });
    }

    static String print(List<Piece> pieces) {
        return Printer.print(Grouping.of(pieces));
    }

    /** The words and comments of a text, by the lexer of the language: what the parser sees of it. */
    private static List<String> content(String text) {
        InternalVnetLexer lexer = new InternalVnetLexer(new ANTLRStringStream(text));
        List<String> words = new ArrayList<>();
        for (Token token = lexer.nextToken(); token.getType() != Token.EOF; token = lexer.nextToken()) {
            switch (token.getType()) {
                case InternalVnetLexer.RULE_WS -> {}
                case InternalVnetLexer.RULE_ML_COMMENT, InternalVnetLexer.RULE_SL_COMMENT ->
                    words.add(Comments.kept(token.getText()));
                default -> words.add(token.getType() + " " + token.getText());
            }
        }
        return words;
    }
}
