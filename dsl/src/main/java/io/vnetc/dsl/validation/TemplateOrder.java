// SPDX-License-Identifier: Apache-2.0
package io.vnetc.dsl.validation;

import io.vnetc.dsl.ParsedSources;
import io.vnetc.dsl.diagnostic.Diagnostic;
import io.vnetc.dsl.diagnostic.DiagnosticCode;
import io.vnetc.dsl.vnet.Template;
import io.vnetc.dsl.vnet.TemplateCall;
import io.vnetc.dsl.vnet.VnetPackage.Literals;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Templates do not use one another in a circle: then every expansion ends. */
final class TemplateOrder {
    private final ParsedSources sources;
    private final Map<Template, List<TemplateCall>> uses;

    private record Visit(Template template, Iterator<TemplateCall> rest) {}

    TemplateOrder(ParsedSources sources, Map<Template, List<TemplateCall>> uses) {
        this.sources = sources;
        this.uses = uses;
    }

    /** Reports the first circle there is; whether there is none. */
    boolean check() {
        Set<Template> done = new HashSet<>();
        for (Template template : sources.declarations(Template.class)) {
            if (!done.contains(template) && !visit(template, done)) {
                return false;
            }
        }
        return true;
    }

    private boolean visit(Template start, Set<Template> done) {
        Deque<Visit> stack = new ArrayDeque<>();
        List<Template> way = new ArrayList<>();
        List<TemplateCall> calls = new ArrayList<>();
        stack.push(begin(start));
        way.add(start);
        while (!stack.isEmpty()) {
            Visit top = stack.peek();
            if (!top.rest().hasNext()) {
                stack.pop();
                done.add(way.remove(way.size() - 1));
                if (!calls.isEmpty()) {
                    calls.remove(calls.size() - 1);
                }
                continue;
            }
            TemplateCall call = top.rest().next();
            // A use of what does not exist has no template.
            Template next = (Template) call.eGet(Literals.TEMPLATE_CALL__TEMPLATE, false);
            if (next == null || next.eIsProxy() || done.contains(next)) {
                continue;
            }
            int first = way.indexOf(next);
            if (first >= 0) {
                report(way.subList(first, way.size()), calls.subList(first, calls.size()), call);
                return false;
            }
            stack.push(begin(next));
            way.add(next);
            calls.add(call);
        }
        return true;
    }

    private Visit begin(Template template) {
        return new Visit(template, uses.getOrDefault(template, List.of()).iterator());
    }

    private void report(List<Template> circle, List<TemplateCall> calls, TemplateCall last) {
        StringBuilder way = new StringBuilder();
        circle.forEach(template -> way.append('`').append(template.getName()).append("` → "));
        String first = "`" + circle.get(0).getName() + "`";
        Diagnostic diagnostic = Diagnostic.error(
                        DiagnosticCode.TEMPLATE_CYCLE,
                        sources.rangeOf(last, Literals.TEMPLATE_CALL__TEMPLATE),
                        circle.size() == 1
                                ? "the template " + first + " uses itself"
                                : "templates use one another in a circle: " + way + first)
                .withHint("a template can use only what does not use it; to repeat something, there is `for`");
        for (TemplateCall call : calls) {
            diagnostic = diagnostic.withRelated(
                    sources.rangeOf(call, Literals.TEMPLATE_CALL__TEMPLATE), "by way of this use");
        }
        sources.diagnostics().report(diagnostic);
    }
}
