// SPDX-License-Identifier: Apache-2.0
package io.vnetc.dsl.diagnostic;

import java.util.List;
import java.util.TreeSet;

/**
 * Gathers diagnostics of all phases, so that they are shown together and in the order of the source. The same one twice
 * is one. Not for use by several threads.
 */
public final class Diagnostics {
    /** More are counted and not kept: nobody reads them, and a hostile source must not fill the memory. */
    static final int MOST_KEPT = 1_000;

    private final TreeSet<Diagnostic> kept = new TreeSet<>();
    private int errors;
    private int warnings;

    /** Takes one in. */
    public void report(Diagnostic diagnostic) {
        if (kept.size() >= MOST_KEPT) {
            if (kept.last().compareTo(diagnostic) > 0 && kept.add(diagnostic)) {
                kept.pollLast();
                count(diagnostic);
            } else if (!kept.contains(diagnostic)) {
                count(diagnostic);
            }
        } else if (kept.add(diagnostic)) {
            count(diagnostic);
        }
    }

    private void count(Diagnostic diagnostic) {
        switch (diagnostic.severity()) {
            case ERROR -> errors++;
            case WARNING -> warnings++;
            case NOTE -> {}
        }
    }

    /** Takes in an error that needs no hint. */
    public void error(DiagnosticCode code, SourceRange range, String message) {
        report(Diagnostic.error(code, range, message));
    }

    /** Takes in a warning that needs no hint. */
    public void warning(DiagnosticCode code, SourceRange range, String message) {
        report(Diagnostic.warning(code, range, message));
    }

    /** Whether there is an error among them. */
    public boolean hasErrors() {
        return errors > 0;
    }

    /** How many errors there were, kept or not. */
    public int errors() {
        return errors;
    }

    /** How many warnings there were, kept or not. */
    public int warnings() {
        return warnings;
    }

    /** By file, line and column; at most the first thousand. */
    public List<Diagnostic> all() {
        return List.copyOf(kept);
    }
}
