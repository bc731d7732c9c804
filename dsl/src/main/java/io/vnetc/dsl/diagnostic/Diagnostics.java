// SPDX-License-Identifier: Apache-2.0
package io.vnetc.dsl.diagnostic;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Gathers diagnostics of all phases, so that they are shown together and in the order of the source. The same one twice
 * is one. Not for use by several threads.
 */
public final class Diagnostics {
    /** More are counted and not kept: nobody reads them, and a hostile source must not fill the memory. */
    static final int MOST_KEPT = 1_000;

    private final TreeSet<Diagnostic> kept = new TreeSet<>();
    private final Map<Silence, Integer> silences = new LinkedHashMap<>();
    private int errors;
    private int warnings;

    /**
     * Warnings that are known, and not to be shown.
     *
     * @param code of the warnings
     * @param scope where they begin
     * @param place that says so
     */
    public record Silence(DiagnosticCode code, SourceRange scope, SourceRange place) {
        /** Also of what a template says where that is used in the scope. */
        private boolean meets(Diagnostic reported) {
            return reported.severity() == Severity.WARNING
                    && reported.code() == code
                    && (scope.contains(reported.range())
                            || reported.range().uses().stream().anyMatch(use -> scope.contains(use.range())));
        }
    }

    /** Drops such warnings from now on. */
    public void silence(Silence silence) {
        silences.put(silence, 0);
    }

    /** The silences that met no warning so far; one in a template is of use where it met one in any of its uses. */
    public List<Silence> needlessSilences() {
        Map<SourceRange, List<Silence>> byPlace = silences.keySet().stream()
                .collect(Collectors.groupingBy(
                        silence -> silence.place().by(List.of()), LinkedHashMap::new, Collectors.toList()));
        return byPlace.values().stream()
                .filter(each -> each.stream().allMatch(silence -> silences.get(silence) == 0))
                .map(each -> each.get(0))
                .toList();
    }

    /** Takes one in, unless it is silenced; the uses by way of which its place was come to become related places. */
    public void report(Diagnostic reported) {
        List<Silence> meeting = silences.keySet().stream()
                .filter(silence -> silence.meets(reported))
                .toList();
        if (meeting.isEmpty()) {
            keep(reported.withUses());
        }
        meeting.forEach(silence -> silences.merge(silence, 1, Integer::sum));
    }

    private void keep(Diagnostic diagnostic) {
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
