// SPDX-License-Identifier: Apache-2.0
package io.vnetc.dsl.validation;

import io.vnetc.dsl.ParsedSources;
import io.vnetc.dsl.diagnostic.Diagnostic;
import io.vnetc.dsl.diagnostic.DiagnosticCode;
import io.vnetc.dsl.expression.ComposedTexts;
import io.vnetc.dsl.scoping.Definitions;
import io.vnetc.dsl.scoping.UnknownNames;
import io.vnetc.dsl.vnet.Binding;
import io.vnetc.dsl.vnet.Block;
import io.vnetc.dsl.vnet.Call;
import io.vnetc.dsl.vnet.Declaration;
import io.vnetc.dsl.vnet.Expansion;
import io.vnetc.dsl.vnet.Expectation;
import io.vnetc.dsl.vnet.Expression;
import io.vnetc.dsl.vnet.Let;
import io.vnetc.dsl.vnet.ListLiteral;
import io.vnetc.dsl.vnet.Literal;
import io.vnetc.dsl.vnet.Loop;
import io.vnetc.dsl.vnet.Metadata;
import io.vnetc.dsl.vnet.Reference;
import io.vnetc.dsl.vnet.Silence;
import io.vnetc.dsl.vnet.Source;
import io.vnetc.dsl.vnet.Template;
import io.vnetc.dsl.vnet.TemplateCall;
import io.vnetc.dsl.vnet.Test;
import io.vnetc.dsl.vnet.Use;
import io.vnetc.dsl.vnet.VnetPackage.Literals;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.emf.ecore.EAttribute;
import org.eclipse.emf.ecore.EClass;
import org.eclipse.emf.ecore.EObject;
import org.eclipse.emf.ecore.EReference;
import org.eclipse.emf.ecore.EStructuralFeature;
import org.eclipse.emf.ecore.EcorePackage;

/**
 * Goes once through all that is written: binds the names in expressions and of templates, checks what can be checked before
 * expansion, and finds which objects there is something to expand in.
 */
public final class Survey {
    /** Enough for any reader; the evaluator's stack bears it. */
    private static final int DEEPEST_EXPRESSION = 100;

    private final ParsedSources sources;
    private final Definitions definitions;
    private final SettingCounts counts;
    private final Calls calls;
    private final TemplateUses uses;
    private final Set<EObject> toExpand = new HashSet<>();
    private final List<Let> lets = new ArrayList<>();
    private final Map<EClass, List<EAttribute>> texts = new HashMap<>();
    private final Map<EClass, List<EReference>> names = new HashMap<>();
    private final Map<Template, List<TemplateCall>> usedBy = new HashMap<>();
    private Template around;
    /** Whether there is something that expansion would stumble over, or multiply the errors of. */
    private boolean unsound;

    /** Whether there is a string in the file that is gone through: most have none, and names are many. */
    private boolean hasStrings;

    public Survey(ParsedSources sources) {
        this.sources = sources;
        this.definitions = sources.definitions();
        this.counts = new SettingCounts(sources);
        this.calls = new Calls(sources);
        this.uses = new TemplateUses(sources);
    }

    /**
     * Does all of it.
     *
     * @param also blocks of tests whose declarations are to count
     * @return whether what was found can be expanded, with or without errors
     */
    public boolean run(Collection<Block> also) {
        for (Source source : sources.sources()) {
            hasStrings = sources.file(source).text().indexOf('"') >= 0;
            visit(source, 0);
        }
        hasStrings = true;
        also.forEach(block -> visit(block, 0));
        boolean letsEnd = new LetOrder(sources).check(lets);
        return new TemplateOrder(sources, usedBy).check() && letsEnd && !unsound;
    }

    /** Whether there is a template, loop, condition or string to be put in anywhere in an object. */
    public boolean isToExpand(EObject object) {
        return toExpand.contains(object);
    }

    private void visit(EObject object, int depth) {
        if (depth > DEEPEST_EXPRESSION) {
            if (!unsound) {
                sources.diagnostics()
                        .report(Diagnostic.error(
                                        DiagnosticCode.NESTED_TOO_DEEP,
                                        sources.rangeOf(object),
                                        "this expression is made of more than " + DEEPEST_EXPRESSION
                                                + " parts within one another")
                                .withHint("give parts of it a name with `let`"));
            }
            unsound = true;
            return;
        }
        counts.check(object);
        Template outer = around;
        check(object);
        if (hasStrings) {
            texts(object);
            names(object);
        }
        for (EObject child : object.eContents()) {
            // What an expected error is about may be wrong, and counts only when its test is run.
            if (!(object instanceof Expectation) || child instanceof Expression) {
                visit(child, object instanceof Expression ? depth + 1 : 0);
            }
        }
        around = outer;
    }

    private void check(EObject object) {
        if (object instanceof Reference reference) {
            bind(reference);
        } else if (object instanceof Call call) {
            calls.check(call);
        } else if (object instanceof ListLiteral list) {
            uses.checkEntries(list);
        } else if (object instanceof TemplateCall call) {
            markToExpand(call);
            uses.bind(call);
            if (around != null) {
                usedBy.computeIfAbsent(around, none -> new ArrayList<>()).add(call);
            }
        } else if (object instanceof Declaration || object instanceof Expansion) {
            declaration(object);
        }
    }

    private void declaration(EObject object) {
        if (object instanceof Let let) {
            lets.add(let);
            if (let.eContainer() instanceof Block block) {
                notShadowing(let, block, block.getDeclarations());
            }
        } else if (object instanceof Template template) {
            around = template;
            misplaced(template, "template");
            uses.checkTypes(template);
            template.getParameters().forEach(each -> notShadowing(each, template, template.getParameters()));
        } else if (object instanceof Test) {
            misplaced(object, "test");
        } else if (object instanceof Loop loop) {
            markToExpand(loop);
            loop.getVariables().forEach(each -> notShadowing(each, loop, loop.getVariables()));
        } else if (object instanceof Expansion || object instanceof Use) {
            markToExpand(object);
        }
    }

    private void misplaced(EObject object, String kind) {
        if (!(object.eContainer() instanceof Source)) {
            sources.diagnostics()
                    .report(Diagnostic.error(
                                    DiagnosticCode.MISPLACED_DECLARATION,
                                    sources.nameOf(object),
                                    "a " + kind + " stands at the top of a file, and not in a block")
                            .withHint("move it out"));
        }
    }

    private void notShadowing(Binding binding, EObject holder, List<?> beside) {
        Optional<EObject> other = Optional.empty();
        for (Object each : beside) {
            if (each == binding) {
                break;
            }
            if (each instanceof Binding before && before.getName().equals(binding.getName())) {
                other = Optional.of(before);
            }
        }
        other = other.or(() -> definitions.binding(holder, binding.getName()));
        if (other.isPresent()) {
            unsound = true;
            sources.diagnostics()
                    .report(Diagnostic.error(
                                    DiagnosticCode.SHADOWED_NAME,
                                    sources.nameOf(binding),
                                    "`" + binding.getName() + "` means something else here already")
                            .withHint("choose another name")
                            .withRelated(
                                    sources.nameOf(other.get()),
                                    "the " + Definitions.kind((Binding) other.get()) + " of this name is here"));
        }
    }

    private void bind(Reference reference) {
        String name = sources.written(reference, Literals.REFERENCE__TARGET, 0);
        Optional<Binding> target = definitions.binding(reference, name);
        if (target.isPresent()) {
            reference.setTarget(target.get());
        } else {
            sources.diagnostics().report(unknown(reference, name));
        }
    }

    private Diagnostic unknown(Reference reference, String name) {
        Optional<? extends Declaration> hidden = definitions.hidden(false, name);
        if (hidden.isPresent()) {
            return uses.hidden(sources.rangeOf(reference), "let", name, hidden.get());
        }
        Set<String> known = definitions.bindingNames(reference);
        Diagnostic diagnostic = Diagnostic.error(
                DiagnosticCode.UNKNOWN_NAME, sources.rangeOf(reference), UnknownNames.unknown("let", name));
        if (name.contains("..")) {
            return diagnostic.withHint("put spaces around the `..` of a range");
        }
        int minus = name.indexOf('-');
        if (minus > 0
                && definitions.binding(reference, name.substring(0, minus)).isPresent()) {
            return diagnostic.withHint("write spaces around `-`: without them it is part of a name");
        }
        return diagnostic.withHint(
                known.isEmpty()
                        ? "declare it: `let " + name + " = …`, or write the value here"
                        : UnknownNames.hint(name, known, "declare it: `let " + name + " …`"));
    }

    private void texts(EObject object) {
        if (object instanceof Metadata || object instanceof Silence || object instanceof Test) {
            return;
        }
        for (EAttribute attribute : texts.computeIfAbsent(object.eClass(), Survey::textsOf)) {
            Object value = object.eGet(attribute);
            if (value instanceof String text) {
                text(object, attribute, 0, text);
            } else if (value instanceof List<?> many) {
                for (int i = 0; i < many.size(); i++) {
                    text(object, attribute, i, (String) many.get(i));
                }
            }
        }
    }

    /** Names that are bound after expansion, where they are written as strings. */
    private void names(EObject object) {
        for (EReference reference : names.computeIfAbsent(object.eClass(), Survey::namesOf)) {
            if (object.eIsSet(reference)) {
                int count = reference.isMany() ? ((List<?>) object.eGet(reference, false)).size() : 1;
                for (int i = 0; i < count; i++) {
                    String written = sources.written(object, reference, i);
                    if (ComposedTexts.isString(written)) {
                        text(object, reference, i, written);
                    }
                }
            }
        }
    }

    private static List<EReference> namesOf(EClass kind) {
        return kind.getEAllReferences().stream()
                .filter(each -> !each.isContainment() && !each.isContainer())
                .filter(each -> each != Literals.REFERENCE__TARGET && each != Literals.TEMPLATE_CALL__TEMPLATE)
                .toList();
    }

    private static List<EAttribute> textsOf(EClass kind) {
        return kind.getEAllAttributes().stream()
                .filter(each -> each.getEAttributeType() == EcorePackage.Literals.ESTRING)
                .toList();
    }

    private void text(EObject object, EStructuralFeature feature, int index, String text) {
        if (!ComposedTexts.isString(text) && !text.contains("${")) {
            return;
        }
        if (!(object instanceof Literal)) {
            markToExpand(object);
        }
        if (text.contains("${")) {
            sources.composed(object, feature, index)
                    .ifPresent(composed -> composed.expressions().forEach(inset -> visit(inset, 1)));
        }
    }

    /** An object within an expression of a string leads up to that expression only: what holds it is marked already. */
    private void markToExpand(EObject object) {
        for (EObject each = object; each != null && toExpand.add(each); ) {
            each = each.eContainer();
        }
    }
}
