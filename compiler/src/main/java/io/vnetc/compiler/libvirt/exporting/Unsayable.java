// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.libvirt.exporting;

import io.vnetc.compiler.model.Origin;
import io.vnetc.dsl.diagnostic.Diagnostic;
import io.vnetc.dsl.diagnostic.DiagnosticCode;
import io.vnetc.dsl.diagnostic.Diagnostics;
import io.vnetc.dsl.diagnostic.SourceRange;
import java.util.ArrayList;
import java.util.List;

/** Gathers what libvirt has no words for: errors, or comments where the user is content with those. */
final class Unsayable {
    private final Diagnostics diagnostics;
    private final boolean lenient;
    private final List<String> comments = new ArrayList<>();

    Unsayable(Diagnostics diagnostics, boolean lenient) {
        this.diagnostics = diagnostics;
        this.lenient = lenient;
    }

    /**
     * Reports one.
     *
     * @param what it is, as the subject of a sentence
     */
    void report(Origin origin, String what) {
        if (lenient) {
            // Two hyphens would end an XML comment.
            comments.add(("not exported: " + what + " (" + origin + ")").replace("--", "- -"));
        } else {
            diagnostics.report(Diagnostic.error(
                            DiagnosticCode.NOT_IN_LIBVIRT,
                            SourceRange.at(origin.file(), origin.line(), origin.column()),
                            "libvirt has no words for " + what)
                    .withHint("remove it, or export with --lenient, which writes a comment in its place"));
        }
    }

    /** What was to be a comment since the last time. */
    List<String> takeComments() {
        List<String> taken = List.copyOf(comments);
        comments.clear();
        return taken;
    }
}
