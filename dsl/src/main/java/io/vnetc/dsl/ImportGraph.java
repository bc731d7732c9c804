// SPDX-License-Identifier: Apache-2.0
package io.vnetc.dsl;

import io.vnetc.dsl.diagnostic.Diagnostic;
import io.vnetc.dsl.diagnostic.DiagnosticCode;
import io.vnetc.dsl.diagnostic.Diagnostics;
import io.vnetc.dsl.diagnostic.SourceRange;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which file imports which, and where it says so. */
final class ImportGraph {
    private final Map<String, List<Edge>> edges = new LinkedHashMap<>();

    private final Map<String, List<String>> companions = new HashMap<>();
    private final Map<String, Set<String>> reached = new HashMap<>();

    private record Edge(String to, SourceRange range) {}

    private record Visit(String path, Iterator<Edge> rest) {}

    void add(String from, String to, SourceRange range) {
        edges.computeIfAbsent(from, none -> new ArrayList<>()).add(new Edge(to, range));
    }

    /** These were imported as one folder, and see one another as those of an entry do. */
    void together(List<String> paths) {
        if (paths.size() > 1) {
            paths.forEach(path -> companions.put(path, paths));
        }
    }

    /** Whether one file imports another, itself or by way of others, or was imported together with it. */
    boolean reaches(String from, String to) {
        return reached.computeIfAbsent(from, this::allFrom).contains(to);
    }

    private Set<String> allFrom(String from) {
        Set<String> found = new HashSet<>();
        Deque<String> open = new ArrayDeque<>(List.of(from));
        while (!open.isEmpty()) {
            String path = open.remove();
            List<String> seen = new ArrayList<>(companions.getOrDefault(path, List.of()));
            edges.getOrDefault(path, List.of()).forEach(edge -> seen.add(edge.to()));
            seen.stream().filter(found::add).forEach(open::add);
        }
        return found;
    }

    /** Reports the first circle there is. */
    void reportCycle(Diagnostics diagnostics) {
        Set<String> done = new HashSet<>();
        for (String start : edges.keySet()) {
            if (!done.contains(start) && reportCycleFrom(start, done, diagnostics)) {
                return;
            }
        }
    }

    private boolean reportCycleFrom(String start, Set<String> done, Diagnostics diagnostics) {
        Deque<Visit> stack = new ArrayDeque<>();
        List<String> way = new ArrayList<>();
        List<SourceRange> ranges = new ArrayList<>();
        stack.push(visit(start));
        way.add(start);
        while (!stack.isEmpty()) {
            Visit top = stack.peek();
            if (!top.rest().hasNext()) {
                stack.pop();
                done.add(way.remove(way.size() - 1));
                if (!ranges.isEmpty()) {
                    ranges.remove(ranges.size() - 1);
                }
                continue;
            }
            Edge edge = top.rest().next();
            int first = way.indexOf(edge.to());
            if (first >= 0) {
                diagnostics.report(cycle(way.subList(first, way.size()), ranges.subList(first, ranges.size()), edge));
                return true;
            }
            if (!done.contains(edge.to())) {
                stack.push(visit(edge.to()));
                way.add(edge.to());
                ranges.add(edge.range());
            }
        }
        return false;
    }

    private Visit visit(String path) {
        return new Visit(path, edges.getOrDefault(path, List.of()).iterator());
    }

    private static Diagnostic cycle(List<String> way, List<SourceRange> ranges, Edge last) {
        String message = way.size() == 1
                ? "this file imports itself"
                : "files import one another in a circle: " + String.join(" → ", way) + " → " + last.to();
        Diagnostic diagnostic = Diagnostic.error(DiagnosticCode.IMPORT_CYCLE, last.range(), message)
                .withHint("put what they share into a file of its own that imports neither");
        for (SourceRange range : ranges) {
            diagnostic = diagnostic.withRelated(range, "by way of this import");
        }
        return diagnostic;
    }
}
