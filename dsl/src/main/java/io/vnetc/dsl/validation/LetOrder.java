// SPDX-License-Identifier: Apache-2.0
package io.vnetc.dsl.validation;

import io.vnetc.dsl.ParsedSources;
import io.vnetc.dsl.diagnostic.Diagnostic;
import io.vnetc.dsl.diagnostic.DiagnosticCode;
import io.vnetc.dsl.vnet.Call;
import io.vnetc.dsl.vnet.Expression;
import io.vnetc.dsl.vnet.Let;
import io.vnetc.dsl.vnet.Literal;
import io.vnetc.dsl.vnet.Reference;
import io.vnetc.dsl.vnet.VnetPackage.Literals;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.eclipse.emf.common.util.TreeIterator;
import org.eclipse.emf.ecore.EObject;

/** Lets are not defined by one another, and do not build on one another deeper than the evaluator's stack can bear. */
final class LetOrder {
    static final int DEEPEST = 100;

    private final ParsedSources sources;
    private final Map<Let, Integer> depths = new HashMap<>();
    private final Map<Let, List<Let>> known = new HashMap<>();

    private record Visit(Let let, Iterator<Let> uses) {}

    LetOrder(ParsedSources sources) {
        this.sources = sources;
    }

    /** Checks these lets, which are all there are; whether they can be evaluated. */
    boolean check(List<Let> lets) {
        for (Let let : lets) {
            if (!depths.containsKey(let) && !visit(let)) {
                return false;
            }
        }
        return true;
    }

    private boolean visit(Let start) {
        Deque<Visit> stack = new ArrayDeque<>();
        List<Let> way = new ArrayList<>(List.of(start));
        stack.push(new Visit(start, uses(start).iterator()));
        while (!stack.isEmpty()) {
            Visit top = stack.peek();
            if (!top.uses().hasNext()) {
                stack.pop();
                way.remove(way.size() - 1);
                if (!settle(top.let())) {
                    return false;
                }
                continue;
            }
            Let next = top.uses().next();
            int first = way.indexOf(next);
            if (first >= 0) {
                reportCycle(way.subList(first, way.size()));
                return false;
            }
            if (!depths.containsKey(next)) {
                way.add(next);
                stack.push(new Visit(next, uses(next).iterator()));
            }
        }
        return true;
    }

    private boolean settle(Let let) {
        int depth = 1 + uses(let).stream().mapToInt(depths::get).max().orElse(0);
        depths.put(let, depth);
        if (depth > DEEPEST) {
            sources.diagnostics()
                    .error(
                            DiagnosticCode.NESTED_TOO_DEEP,
                            sources.nameOf(let),
                            "`" + let.getName() + "` builds on lets that build on lets, more than " + DEEPEST
                                    + " deep");
        }
        return depth <= DEEPEST;
    }

    private List<Let> uses(Let let) {
        return known.computeIfAbsent(let, each -> {
            List<Let> uses = new ArrayList<>();
            addUses(each.getValue(), uses);
            return uses;
        });
    }

    private void addUses(Expression expression, List<Let> uses) {
        addUse(expression, uses);
        for (TreeIterator<EObject> each = expression.eAllContents(); each.hasNext(); ) {
            addUse(each.next(), uses);
        }
    }

    private void addUse(EObject object, List<Let> uses) {
        if (object instanceof Reference reference
                && reference.eGet(Literals.REFERENCE__TARGET, false) instanceof Let target) {
            uses.add(target);
        } else if (object instanceof Call call) {
            sources.definitions()
                    .receiver(call)
                    .filter(Let.class::isInstance)
                    .map(Let.class::cast)
                    .ifPresent(uses::add);
        } else if (object instanceof Literal literal
                && literal.getString() != null
                && literal.getString().contains("${")) {
            sources.composed(literal, Literals.LITERAL__STRING, 0)
                    .ifPresent(text -> text.expressions().forEach(inset -> addUses(inset, uses)));
        }
    }

    private void reportCycle(List<Let> cycle) {
        Let first = cycle.get(0);
        StringBuilder way = new StringBuilder();
        cycle.forEach(let -> way.append('`').append(let.getName()).append("` → "));
        Diagnostic diagnostic = Diagnostic.error(
                        DiagnosticCode.LET_CYCLE,
                        sources.nameOf(first),
                        cycle.size() == 1
                                ? "`" + first.getName() + "` is defined by itself"
                                : "lets are defined by one another: " + way + "`" + first.getName() + "`")
                .withHint("give one of them a value of its own");
        for (Let let : cycle.subList(1, cycle.size())) {
            diagnostic = diagnostic.withRelated(sources.nameOf(let), "by way of this one");
        }
        sources.diagnostics().report(diagnostic);
    }
}
