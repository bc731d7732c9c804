// SPDX-License-Identifier: Apache-2.0
package io.vnetc.dsl.syntax;

import com.google.inject.Injector;
import io.vnetc.dsl.VnetStandaloneSetup;
import io.vnetc.dsl.diagnostic.Diagnostics;
import io.vnetc.dsl.services.VnetGrammarAccess;
import io.vnetc.dsl.source.SourceFile;
import io.vnetc.dsl.vnet.Expression;
import io.vnetc.dsl.vnet.Source;
import io.vnetc.dsl.vnet.VnetFactory;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import org.eclipse.emf.common.util.URI;
import org.eclipse.xtext.linking.lazy.LazyLinkingResource;
import org.eclipse.xtext.nodemodel.ICompositeNode;
import org.eclipse.xtext.parser.IParseResult;
import org.eclipse.xtext.parser.IParser;
import org.eclipse.xtext.resource.XtextResourceSet;
import org.eclipse.xtext.util.LazyStringInputStream;

/**
 * Parses files into one set. Xtext's own linker and resource validator have no part in what follows: names are bound after
 * expansion, and the validator logs what a check throws and goes on, and a source would pass unchecked.
 */
public final class SourceParser {
    private final Injector injector = new VnetStandaloneSetup().createInjectorAndDoEMFRegistration();
    private final XtextResourceSet set = injector.getInstance(XtextResourceSet.class);
    private final IParser parser = injector.getInstance(IParser.class);
    private final VnetGrammarAccess grammar = injector.getInstance(VnetGrammarAccess.class);
    private final Diagnostics diagnostics;

    public SourceParser(Diagnostics diagnostics) {
        this.diagnostics = diagnostics;
    }

    /** The syntax tree of a file, or nothing where an error in it has been reported. */
    public Optional<Source> parse(SourceFile file) {
        return read(file).map(resource -> {
            if (resource.getParseResult().getRootASTElement() instanceof Source source) {
                return source;
            }
            // An empty file has no tree.
            Source empty = VnetFactory.eINSTANCE.createSource();
            resource.getContents().add(empty);
            return empty;
        });
    }

    /** The words and comments of a file, or nothing where an error in it has been reported. */
    public Optional<ICompositeNode> words(SourceFile file) {
        return read(file).map(resource -> resource.getParseResult().getRootNode());
    }

    private Optional<LazyLinkingResource> read(SourceFile file) {
        if (!SourceScan.passes(file, diagnostics)) {
            return Optional.empty();
        }
        LazyLinkingResource resource = injector.getInstance(LazyLinkingResource.class);
        resource.setURI(
                URI.createHierarchicalURI("source", null, null, file.path().split("/"), null, null));
        set.getResources().add(resource);
        try {
            resource.load(new LazyStringInputStream(file.text(), "UTF-8"), Map.of("ENCODING", "UTF-8"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        IParseResult result = resource.getParseResult();
        if (result.hasSyntaxErrors()) {
            new SyntaxErrors(file, diagnostics).report(result.getRootNode(), result.getSyntaxErrors());
            return Optional.empty();
        }
        return Optional.of(resource);
    }

    /**
     * The tree of a text that is an expression, and nothing else; it is of no file, and no name in it is bound. What its
     * characters alone say against it goes to {@code problems}, in places of the text.
     */
    public Optional<Expression> parseExpression(String text, Diagnostics problems) {
        if (!SourceScan.passes(new SourceFile("", text), problems)) {
            return Optional.empty();
        }
        IParseResult result = parser.parse(grammar.getExpressionRule(), new StringReader(text));
        return result.hasSyntaxErrors() || !(result.getRootASTElement() instanceof Expression expression)
                ? Optional.empty()
                : Optional.of(expression);
    }
}
