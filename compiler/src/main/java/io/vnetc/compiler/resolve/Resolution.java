// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.resolve;

import io.vnetc.compiler.model.Origin;
import io.vnetc.dsl.ParsedSources;
import io.vnetc.dsl.diagnostic.Diagnostic;
import io.vnetc.dsl.diagnostic.DiagnosticCode;
import io.vnetc.dsl.diagnostic.SourceRange;
import io.vnetc.dsl.expression.Evaluator;
import java.util.List;
import java.util.Optional;
import org.eclipse.emf.ecore.EObject;
import org.eclipse.emf.ecore.EStructuralFeature;

/** What the resolvers of one source share: its values, its places, and where to report. */
final class Resolution {
    private final ParsedSources sources;
    private final Evaluator values;

    Resolution(ParsedSources sources) {
        this.sources = sources;
        this.values = new Evaluator(sources);
    }

    ParsedSources sources() {
        return sources;
    }

    Evaluator values() {
        return values;
    }

    /** The place of a setting that may stand once, or the first of several values. */
    SourceRange place(EObject node, EStructuralFeature feature) {
        return sources.rangeOf(node, feature);
    }

    SourceRange place(EObject node) {
        return sources.rangeOf(node);
    }

    /** The name of a declaration. */
    SourceRange name(EObject declaration) {
        return sources.nameOf(declaration);
    }

    /** Where a thing came from; of what the standard library made, the user's own line that asked for it. */
    Origin origin(EObject node) {
        SourceRange range = sources.origin(node);
        return new Origin(range.file(), range.line(), range.column());
    }

    void error(DiagnosticCode code, SourceRange place, String message, String hint) {
        report(Diagnostic.error(code, place, message).withHint(hint));
    }

    void warning(DiagnosticCode code, SourceRange place, String message, String hint) {
        report(Diagnostic.warning(code, place, message).withHint(hint));
    }

    void report(Diagnostic diagnostic) {
        sources.diagnostics().report(diagnostic);
    }

    /** The value of a setting that may stand once. */
    static <T> Optional<T> only(List<T> setting) {
        return setting.isEmpty() ? Optional.empty() : Optional.of(setting.get(0));
    }
}
