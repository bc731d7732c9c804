// SPDX-License-Identifier: Apache-2.0
package io.vnetc.dsl.diagnostic;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * One thing that is to be said about the source.
 *
 * @param severity how bad it is
 * @param code which kind of thing
 * @param message one sentence in lower case without a full stop; what stands in the source is in backticks
 * @param range where
 * @param hint what to do about it
 * @param related other places that have to do with it
 */
public record Diagnostic(
        Severity severity,
        DiagnosticCode code,
        String message,
        SourceRange range,
        Optional<String> hint,
        List<RelatedLocation> related)
        implements Comparable<Diagnostic> {
    private static final Comparator<Diagnostic> ORDER = Comparator.comparing(Diagnostic::range)
            .thenComparing(Diagnostic::severity)
            .thenComparing(Diagnostic::code)
            .thenComparing(Diagnostic::message);

    public Diagnostic {
        related = List.copyOf(related);
    }

    /** An error without a hint. */
    public static Diagnostic error(DiagnosticCode code, SourceRange range, String message) {
        return new Diagnostic(Severity.ERROR, code, message, range, Optional.empty(), List.of());
    }

    /** A warning without a hint. */
    public static Diagnostic warning(DiagnosticCode code, SourceRange range, String message) {
        return new Diagnostic(Severity.WARNING, code, message, range, Optional.empty(), List.of());
    }

    /** The same with what to do. */
    public Diagnostic withHint(String text) {
        return new Diagnostic(severity, code, message, range, Optional.of(text), related);
    }

    /** The same with what to do, where that is known. */
    public Diagnostic withHint(Optional<String> text) {
        return new Diagnostic(severity, code, message, range, text, related);
    }

    /** The same with one more place. */
    public Diagnostic withRelated(SourceRange place, String label) {
        List<RelatedLocation> all = new ArrayList<>(related);
        all.add(new RelatedLocation(place, label));
        return new Diagnostic(severity, code, message, range, hint, all);
    }

    /** The same with the uses by way of which its place was come to. */
    Diagnostic withUses() {
        if (range.uses().isEmpty()) {
            return this;
        }
        List<RelatedLocation> all = new ArrayList<>(related);
        all.addAll(range.uses());
        return new Diagnostic(severity, code, message, range.by(List.of()), hint, all);
    }

    /** By place, then by severity, code and message. */
    @Override
    public int compareTo(Diagnostic other) {
        return ORDER.compare(this, other);
    }
}
