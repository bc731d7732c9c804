// SPDX-License-Identifier: Apache-2.0
package io.vnetc.dsl.syntax;

import com.google.inject.Injector;
import io.vnetc.dsl.VnetStandaloneSetup;
import io.vnetc.dsl.diagnostic.Diagnostic;
import io.vnetc.dsl.diagnostic.DiagnosticCode;
import io.vnetc.dsl.diagnostic.Diagnostics;
import io.vnetc.dsl.scoping.Declarations;
import io.vnetc.dsl.source.SourceFile;
import io.vnetc.dsl.vnet.Source;
import io.vnetc.dsl.vnet.VnetFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.emf.common.util.URI;
import org.eclipse.emf.ecore.resource.Resource;
import org.eclipse.xtext.diagnostics.ExceptionDiagnostic;
import org.eclipse.xtext.linking.impl.XtextLinkingDiagnostic;
import org.eclipse.xtext.linking.lazy.LazyLinkingResource;
import org.eclipse.xtext.parser.IParseResult;
import org.eclipse.xtext.resource.XtextResourceSet;
import org.eclipse.xtext.util.CancelIndicator;
import org.eclipse.xtext.util.LazyStringInputStream;

/**
 * Parses files into one set, and then binds the names in all of them. Xtext's own resource validator has no part in this: it
 * logs what a check throws and goes on, and a source would pass unchecked; here it is thrown.
 */
public final class SourceParser {
    private final Injector injector = new VnetStandaloneSetup().createInjectorAndDoEMFRegistration();
    private final XtextResourceSet set = injector.getInstance(XtextResourceSet.class);
    private final Diagnostics diagnostics;

    public SourceParser(Diagnostics diagnostics) {
        this.diagnostics = diagnostics;
    }

    /** The syntax tree of a file, or nothing where an error in it has been reported. */
    public Optional<Source> parse(SourceFile file) {
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
        if (result.getRootASTElement() instanceof Source source) {
            return Optional.of(source);
        }
        // An empty file has no tree.
        Source empty = VnetFactory.eINSTANCE.createSource();
        resource.getContents().add(empty);
        return Optional.of(empty);
    }

    /** Binds every name in these files, which all were parsed here, to its declaration; reports those that have none. */
    public void link(List<Source> sources, Declarations declarations, Map<Source, SourceFile> files) {
        declarations.attachTo(set);
        for (Source source : sources) {
            LazyLinkingResource resource = (LazyLinkingResource) source.eResource();
            if (resource == null) {
                continue; // An empty file has no tree of the parser's, and no name to bind.
            }
            resource.resolveLazyCrossReferences(CancelIndicator.NullImpl);
            for (Resource.Diagnostic problem : resource.getErrors()) {
                diagnostics.report(linkingError(problem, files.get(source)));
            }
        }
    }

    private static Diagnostic linkingError(Resource.Diagnostic problem, SourceFile file) {
        if (problem instanceof ExceptionDiagnostic crash) {
            throw new IllegalStateException("binding the names of " + file.path(), crash.getException());
        }
        if (!(problem instanceof XtextLinkingDiagnostic unknown)) {
            throw new IllegalStateException("binding the names of " + file.path() + ": " + problem.getMessage());
        }
        return Diagnostic.error(
                        DiagnosticCode.valueOf(unknown.getCode()),
                        file.range(unknown.getOffset(), unknown.getLength()),
                        unknown.getMessage())
                .withHint(unknown.getData()[0]);
    }
}
