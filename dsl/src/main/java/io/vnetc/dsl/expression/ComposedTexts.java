// SPDX-License-Identifier: Apache-2.0
package io.vnetc.dsl.expression;

import io.vnetc.dsl.diagnostic.Diagnostic;
import io.vnetc.dsl.diagnostic.DiagnosticCode;
import io.vnetc.dsl.diagnostic.Diagnostics;
import io.vnetc.dsl.diagnostic.SourceRange;
import io.vnetc.dsl.source.SourceFile;
import io.vnetc.dsl.syntax.SourceParser;
import io.vnetc.dsl.vnet.Expression;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.emf.ecore.EObject;
import org.eclipse.xtext.nodemodel.INode;

/**
 * Reads strings with <code>${…}</code> in them. What stands between the brackets is parsed by the language's own parser;
 * <code>$${</code> is <code>${</code> itself.
 */
public final class ComposedTexts {
    /** Longer ones are of no use, and a string that doubles itself must not fill the memory. */
    static final int LONGEST = 16_384;

    private final SourceParser parser;
    private final Diagnostics diagnostics;
    private final Map<INode, Optional<ComposedText>> known = new HashMap<>();
    private final Map<EObject, Root> roots = new HashMap<>();

    /**
     * Where the text of an expression in a string stands.
     *
     * @param holder the object that has the string
     * @param exact whether the text has no escapes in it, which would shift it
     */
    private record Root(EObject holder, SourceFile file, int offset, int length, boolean exact) {}

    public ComposedTexts(SourceParser parser, Diagnostics diagnostics) {
        this.parser = parser;
        this.diagnostics = diagnostics;
    }

    /** Whether a token is a string, and not a bare word. */
    public static boolean isString(String token) {
        return token.startsWith("\"");
    }

    /** The parts of a string that stands at a node; nothing where it was found wrong, which is reported once. */
    public Optional<ComposedText> read(EObject holder, INode node, SourceFile file) {
        Optional<ComposedText> before = known.get(node);
        if (before == null) {
            String token = file.text().substring(node.getOffset(), node.getEndOffset());
            before = new Reading(holder, token, node.getOffset(), file).run();
            known.put(node, before);
        }
        return before;
    }

    /** Where part of an expression in a string stands; nothing where the object is of no such expression. */
    public Optional<SourceRange> rangeOf(EObject root, INode node) {
        return Optional.ofNullable(roots.get(root))
                .map(found -> found.exact()
                        ? found.file().range(found.offset() + node.getOffset(), node.getLength())
                        : found.file().range(found.offset(), found.length()));
    }

    /** The object whose string an expression stands in. */
    public Optional<EObject> holderOf(EObject root) {
        return Optional.ofNullable(roots.get(root)).map(Root::holder);
    }

    private final class Reading {
        private final EObject holder;
        private final String token;
        private final int offset;
        private final SourceFile file;
        private final List<ComposedText.Piece> pieces = new ArrayList<>();
        private final StringBuilder plain = new StringBuilder();

        Reading(EObject holder, String token, int offset, SourceFile file) {
            this.holder = holder;
            this.token = token;
            this.offset = offset;
            this.file = file;
        }

        Optional<ComposedText> run() {
            int end = token.length() - 1;
            int i = 1;
            while (i < end) {
                if (token.startsWith("$${", i)) {
                    plain.append("${");
                    i += 3;
                } else if (token.startsWith("${", i)) {
                    i = inset(i, end);
                    if (i < 0) {
                        return Optional.empty();
                    }
                } else {
                    i = token.charAt(i) == '\\' ? i + 1 : i;
                    plain.append(token.charAt(i++));
                }
            }
            endPlain();
            return Optional.of(new ComposedText(pieces));
        }

        private void endPlain() {
            if (!plain.isEmpty()) {
                pieces.add(new ComposedText.Plain(plain.toString()));
                plain.setLength(0);
            }
        }

        /** What follows the closing bracket; negative where there is none, or no expression before it. */
        private int inset(int start, int end) {
            StringBuilder text = new StringBuilder();
            boolean quoted = false;
            boolean exact = true;
            int i = start + 2;
            while (i < end && (quoted || token.charAt(i) != '}')) {
                if (token.charAt(i) == '\\') {
                    exact = false;
                    i++;
                    quoted ^= token.charAt(i) == '"';
                }
                text.append(token.charAt(i++));
            }
            if (i >= end) {
                error(
                        start,
                        end - start,
                        "`${` is not closed",
                        "write `}` after the expression, or `$${` for the text");
                return -1;
            }
            Diagnostics problems = new Diagnostics();
            Optional<Expression> expression = parser.parseExpression(text.toString(), problems);
            if (problems.hasErrors()) {
                Diagnostic first = problems.all().get(0);
                diagnostics.report(
                        Diagnostic.error(first.code(), file.range(offset + start, i + 1 - start), first.message())
                                .withHint(first.hint()));
                return -1;
            }
            if (expression.isEmpty()) {
                error(
                        start,
                        i + 1 - start,
                        "`" + token.substring(start, i + 1) + "` holds no expression",
                        "as in \"lab-${i}\"; the text `${` itself is written `$${`");
                return -1;
            }
            endPlain();
            roots.put(expression.get(), new Root(holder, file, offset + start + 2, i - start - 2, exact));
            pieces.add(new ComposedText.Inset(expression.get()));
            return i + 1;
        }

        private void error(int from, int length, String message, String hint) {
            diagnostics.report(
                    Diagnostic.error(DiagnosticCode.BAD_INTERPOLATION, file.range(offset + from, length), message)
                            .withHint(hint));
        }
    }
}
