// SPDX-License-Identifier: Apache-2.0
package io.vnetc.dsl.expansion;

import io.vnetc.dsl.ParsedSources;
import io.vnetc.dsl.diagnostic.Diagnostic;
import io.vnetc.dsl.diagnostic.DiagnosticCode;
import io.vnetc.dsl.diagnostic.RelatedLocation;
import io.vnetc.dsl.diagnostic.SourceRange;
import io.vnetc.dsl.expansion.Environment.Bound;
import io.vnetc.dsl.expansion.Environment.Given;
import io.vnetc.dsl.expression.Evaluator;
import io.vnetc.dsl.expression.ParameterType;
import io.vnetc.dsl.expression.Value;
import io.vnetc.dsl.vnet.Argument;
import io.vnetc.dsl.vnet.Block;
import io.vnetc.dsl.vnet.Condition;
import io.vnetc.dsl.vnet.Declaration;
import io.vnetc.dsl.vnet.Expression;
import io.vnetc.dsl.vnet.Let;
import io.vnetc.dsl.vnet.Loop;
import io.vnetc.dsl.vnet.Parameter;
import io.vnetc.dsl.vnet.Template;
import io.vnetc.dsl.vnet.TemplateCall;
import io.vnetc.dsl.vnet.Test;
import io.vnetc.dsl.vnet.Use;
import io.vnetc.dsl.vnet.VnetPackage.Literals;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.eclipse.emf.ecore.EObject;

/**
 * Puts templates in, counts loops out and decides conditions. What there is nothing to expand in stays as it is; the rest
 * is copied, and {@link Copies} knows from where.
 *
 * <p>That it ends is certain: templates use one another in no circle, a loop goes through what was there before, and what
 * is made is counted.
 */
public final class Expander {
    /** Objects, uses and turns: enough for the largest of sites, and too few to fill the memory. */
    static final int MOST = 200_000;

    /** Uses and loops within one another. */
    static final int DEEPEST = 64;

    private final ParsedSources sources;
    private final Evaluator evaluator;
    private final ObjectExpansion objects;
    private int made;
    private boolean full;
    private boolean incomplete;

    /**
     * Expands these sources.
     *
     * @param toExpand which objects there is something to expand in
     */
    public Expander(ParsedSources sources, Evaluator evaluator, Predicate<EObject> toExpand) {
        this.sources = sources;
        this.evaluator = evaluator;
        this.objects = new ObjectExpansion(sources, evaluator, toExpand, this);
    }

    /** What comes of the declarations of all files. */
    public List<Declaration> expand(List<Declaration> written, Predicate<EObject> toExpand) {
        List<Declaration> expanded = new ArrayList<>(written.size());
        for (Declaration declaration : written) {
            boolean stays = declaration instanceof Let
                    || declaration instanceof Template
                    || declaration instanceof Test
                    || !toExpand.test(declaration);
            if (stays) {
                expanded.add(declaration);
            } else {
                declaration(declaration, Scope.TOP, expanded);
            }
        }
        return expanded;
    }

    /** What comes of the declarations of a block, as if they stood at the top of a file. */
    public List<Declaration> expand(Block block) {
        List<Declaration> expanded = new ArrayList<>();
        block(block, Scope.TOP, expanded);
        return expanded;
    }

    private void declaration(Declaration declaration, Scope scope, List<Declaration> into) {
        if (full) {
            return;
        }
        if (declaration instanceof Use use) {
            enter(use.getCall(), scope)
                    .ifPresent(
                            inner -> block((Block) use.getCall().getTemplate().getBody(), inner, into));
        } else if (declaration instanceof Loop loop) {
            turns(loop, scope, (body, inner) -> block((Block) body, inner, into));
        } else if (declaration instanceof Condition condition) {
            branch(condition, scope).ifPresent(body -> block((Block) body, scope, into));
        } else {
            into.add((Declaration) objects.expand(declaration, scope));
        }
    }

    private void block(Block block, Scope scope, List<Declaration> into) {
        Scope inner = new Scope(scope.environment().inner(block), scope.trail());
        for (Declaration declaration : block.getDeclarations()) {
            if (!(declaration instanceof Let)) {
                declaration(declaration, inner, into);
            }
        }
    }

    /** The side of a condition that counts, if it has it. */
    Optional<EObject> branch(Condition condition, Scope scope) {
        Optional<Boolean> test = evaluator.truth(condition.getTest(), scope);
        incomplete |= test.isEmpty();
        return test.flatMap(holds -> Optional.ofNullable(holds ? condition.getBody() : condition.getOtherwise()));
    }

    /** Goes through a loop. */
    void turns(Loop loop, Scope scope, BiConsumer<EObject, Scope> body) {
        Optional<List<Value[]>> turns = evaluator.turns(loop, scope, MOST - made);
        if (turns.isEmpty() || tooDeep(scope, sources.rangeOf(loop, scope))) {
            incomplete = true;
            return;
        }
        SourceRange place = sources.rangeOf(loop.getVariables().get(0), scope);
        for (int turn = 0; turn < turns.get().size() && !full; turn++) {
            Environment environment = scope.environment().inner();
            Value[] values = turns.get().get(turn);
            for (int i = 0; i < loop.getVariables().size(); i++) {
                environment.bind(
                        loop.getVariables().get(i),
                        new Bound(Optional.of(values[i]), sources.rangeOf(loop.getValues(), scope), Given.TURN));
            }
            RelatedLocation step = new RelatedLocation(
                    place.by(List.of()),
                    "in this loop, where `" + loop.getVariables().get(0).getName() + "` is "
                            + Evaluator.shown(values[0]));
            Scope inner = new Scope(environment, new Trail(step, Optional.empty(), scope.trail()));
            count(inner);
            body.accept(loop.getBody(), inner);
        }
    }

    /** The scope of a template's body, with its parameters bound; nothing where one of them is wrong. */
    Optional<Scope> enter(TemplateCall call, Scope scope) {
        Template template = (Template) call.eGet(Literals.TEMPLATE_CALL__TEMPLATE, false);
        EObject user = call.eContainer();
        boolean fits = template != null
                && !template.eIsProxy()
                && (user instanceof Use
                        ? template.getBody() instanceof Block
                        : user.eClass() == template.getBody().eClass());
        if (!fits) {
            incomplete = true;
            return Optional.empty();
        }
        SourceRange place = sources.rangeOf(sources.copies().original(call), Literals.TEMPLATE_CALL__TEMPLATE);
        if (full || tooDeep(scope, place.by(scope.uses()))) {
            return Optional.empty();
        }
        RelatedLocation step = new RelatedLocation(place, "`" + template.getName() + "` is used here");
        Scope inner =
                new Scope(Environment.TOP.inner(), new Trail(step, Optional.of(template.getName()), scope.trail()));
        count(inner);
        boolean right = true;
        for (Parameter parameter : template.getParameters()) {
            Optional<Argument> argument = argument(call, template, parameter);
            if (argument.isEmpty() && parameter.getDefault() == null) {
                right = false;
                continue;
            }
            Bound bound = argument.isPresent()
                    ? bound(parameter, argument.get().getValue(), scope, Given.ARGUMENT)
                    : bound(parameter, parameter.getDefault(), inner, Given.DEFAULT);
            inner.environment().bind(parameter, bound);
            right &= bound.value().isPresent();
        }
        incomplete |= !right;
        return right ? Optional.of(inner) : Optional.empty();
    }

    private static Optional<Argument> argument(TemplateCall call, Template template, Parameter parameter) {
        for (int i = 0; i < call.getArguments().size(); i++) {
            Argument argument = call.getArguments().get(i);
            boolean meant = argument.getParameter() == null
                    ? template.getParameters().indexOf(parameter) == i
                    : argument.getParameter().equals(parameter.getName());
            if (meant) {
                return Optional.of(argument);
            }
        }
        return Optional.empty();
    }

    private Bound bound(Parameter parameter, Expression written, Scope scope, Given given) {
        Optional<ParameterType> type = ParameterType.named(parameter.getType());
        Optional<Value> value = evaluator
                .evaluate(written, scope)
                .filter(each -> type.isPresent() && evaluator.isOf(type.get(), each, written, scope));
        return new Bound(value, sources.rangeOf(written, scope), given);
    }

    /** Counts one thing that is made, and stops all where there are too many. */
    void count(Scope scope) {
        if (scope.trail() != null && ++made > MOST && !full) {
            full = true;
            limit(
                    scope.trail(),
                    "templates and loops make more than 200,000 things",
                    "write fewer uses, or loops with fewer turns");
        }
    }

    /** Whether a part could not be expanded, which was reported: then there may be names that are declared there. */
    public boolean isIncomplete() {
        return incomplete;
    }

    /** Whether there would be too much, which was reported: then what there is is a part only. */
    public boolean isFull() {
        return full;
    }

    private boolean tooDeep(Scope scope, SourceRange place) {
        int depth = scope.trail() == null ? 0 : scope.trail().depth();
        if (depth >= DEEPEST && !full) {
            full = true;
            sources.diagnostics()
                    .report(Diagnostic.error(
                                    DiagnosticCode.EXPANSION_LIMIT,
                                    place,
                                    "templates and loops are more than " + DEEPEST + " deep within one another here")
                            .withHint("use fewer templates within templates"));
        }
        return depth >= DEEPEST;
    }

    private void limit(Trail trail, String message, String hint) {
        SourceRange place = trail.step().range();
        sources.diagnostics()
                .report(Diagnostic.error(
                                DiagnosticCode.EXPANSION_LIMIT,
                                place.by(
                                        trail.outer() == null
                                                ? List.of()
                                                : trail.outer().shown()),
                                message)
                        .withHint(hint));
    }
}
