// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.libvirt.importing;

import io.vnetc.compiler.libvirt.schema.SchemaCheck;
import io.vnetc.dsl.diagnostic.Diagnostic;
import io.vnetc.dsl.diagnostic.DiagnosticCode;
import io.vnetc.dsl.diagnostic.Diagnostics;
import io.vnetc.dsl.diagnostic.Severity;
import io.vnetc.dsl.diagnostic.SourceRange;
import java.util.List;
import java.util.Optional;

/** What could not be translated: errors, or comments in the output where the user is content with those. */
public final class Findings {
    private final Diagnostics diagnostics;
    private final boolean lenient;

    public Findings(Diagnostics diagnostics, boolean lenient) {
        this.diagnostics = diagnostics;
        this.lenient = lenient;
    }

    public boolean lenient() {
        return lenient;
    }

    /**
     * Something has no equal.
     *
     * @param here the block that it would stand in
     * @param reason one sentence in lower case without a full stop
     * @param remedy what to do about it
     */
    public void noEqual(Statement.Block here, From what, String reason, String remedy) {
        report(
                here,
                what,
                Diagnostic.error(DiagnosticCode.NO_EQUAL, what.place(), "`" + what.path() + "` has no equal: " + reason)
                        .withHint(remedy),
                reason);
    }

    /** Something is not of libvirt's format. */
    void schema(Statement.Block here, SchemaCheck.Problem problem) {
        report(
                here,
                new From(problem.path(), problem.diagnostic().range()),
                problem.diagnostic(),
                problem.diagnostic().message());
    }

    /** An error, or a comment in its place. */
    public void report(Statement.Block here, From what, Diagnostic diagnostic, String reason) {
        if (lenient) {
            here.comment(comment(what, reason));
        } else {
            diagnostics.report(diagnostic);
        }
    }

    /** Something that nothing takes notice of where it comes from either. */
    public void note(SourceRange place, String message) {
        diagnostics.report(new Diagnostic(
                Severity.NOTE, DiagnosticCode.NOT_TAKEN_OVER, message, place, Optional.empty(), List.of()));
    }

    /** Something that is said otherwise. */
    public void warning(SourceRange place, String message, String hint) {
        diagnostics.report(
                Diagnostic.warning(DiagnosticCode.NAME_CHANGED, place, message).withHint(hint));
    }

    /** The comment that stands for what was left out. */
    static String comment(From what, String reason) {
        return printable("not translated: " + what.path() + " (" + what.place() + "): " + reason);
    }

    /** On one line, with nothing in it that is not shown. */
    public static String printable(String text) {
        StringBuilder line = new StringBuilder();
        text.codePoints().map(c -> Spelling.isShown(c) ? c : '?').forEach(line::appendCodePoint);
        return line.toString();
    }
}
