// SPDX-License-Identifier: Apache-2.0
package io.vnetc.dsl.expansion;

import io.vnetc.dsl.ParsedSources;
import io.vnetc.dsl.diagnostic.Diagnostic;
import io.vnetc.dsl.diagnostic.DiagnosticCode;
import io.vnetc.dsl.expression.ComposedTexts;
import io.vnetc.dsl.expression.Evaluator;
import io.vnetc.dsl.expression.ParameterType;
import io.vnetc.dsl.vnet.Condition;
import io.vnetc.dsl.vnet.Loop;
import io.vnetc.dsl.vnet.Metadata;
import io.vnetc.dsl.vnet.Silence;
import io.vnetc.dsl.vnet.TemplateCall;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.eclipse.emf.common.util.EList;
import org.eclipse.emf.ecore.EAttribute;
import org.eclipse.emf.ecore.EObject;
import org.eclipse.emf.ecore.EReference;
import org.eclipse.emf.ecore.EStructuralFeature;
import org.eclipse.emf.ecore.util.EcoreUtil;
import org.eclipse.emf.ecore.util.InternalEList;
import org.eclipse.xtext.RuleCall;
import org.eclipse.xtext.nodemodel.INode;
import org.eclipse.xtext.nodemodel.util.NodeModelUtils;

/** Expands one object: copies it, puts what its loops and conditions hold into it, and it over the template that it is from. */
final class ObjectExpansion {
    private final ParsedSources sources;
    private final Copies copies;
    private final Evaluator evaluator;
    private final Predicate<EObject> toExpand;
    private final Expander expander;
    private final Merge merge;

    ObjectExpansion(ParsedSources sources, Evaluator evaluator, Predicate<EObject> toExpand, Expander expander) {
        this.sources = sources;
        this.copies = sources.copies();
        this.evaluator = evaluator;
        this.toExpand = toExpand;
        this.expander = expander;
        this.merge = new Merge(copies, evaluator);
    }

    /** A value for a feature of the object that is made, with where it stands, there and in the text. */
    private record Piece(EStructuralFeature feature, int offset, Object value, Copies.Place place) {}

    EObject expand(EObject original, Scope scope) {
        if (!toExpand.test(original)) {
            return copy(original, scope);
        }
        EObject made = EcoreUtil.create(original.eClass());
        copies.put(made, original, scope);
        expander.count(scope);
        put(made, pieces(original, scope));
        EStructuralFeature base = original.eClass().getEStructuralFeature("base");
        if (base != null && original.eGet(base) instanceof TemplateCall call) {
            expander.enter(call, scope)
                    .ifPresent(
                            inner -> merge.under(made, expand(call.getTemplate().getBody(), inner)));
        }
        return made;
    }

    /** A copy of what there is nothing to expand in. */
    private EObject copy(EObject original, Scope scope) {
        Copier copier = new Copier();
        EObject made = copier.copy(original);
        copier.copyReferences();
        copier.forEach((from, to) -> {
            copies.put(to, from, scope);
            expander.count(scope);
        });
        return made;
    }

    /** Leaves names unbound that are. */
    private static final class Copier extends EcoreUtil.Copier {
        private static final long serialVersionUID = 1L;

        Copier() {
            super(false, true);
        }
    }

    private List<Piece> pieces(EObject original, Scope scope) {
        EStructuralFeature expansions = original.eClass().getEStructuralFeature("expansions");
        boolean ordered = expansions != null && original.eIsSet(expansions);
        List<Piece> pieces = new ArrayList<>();
        for (EStructuralFeature feature : original.eClass().getEAllStructuralFeatures()) {
            if (original.eIsSet(feature)
                    && feature != expansions
                    && !feature.getName().equals("base")) {
                own(original, feature, scope, ordered, pieces);
            }
        }
        if (ordered) {
            for (Object expansion : (List<?>) original.eGet(expansions)) {
                expansion((EObject) expansion, scope, pieces);
            }
            pieces.sort(Comparator.comparingInt(Piece::offset));
        }
        return pieces;
    }

    private void own(EObject original, EStructuralFeature feature, Scope scope, boolean ordered, List<Piece> into) {
        List<INode> nodes = ordered ? NodeModelUtils.findNodesForFeature(original, feature) : List.of();
        List<?> values = values(original, feature);
        for (int i = 0; i < values.size(); i++) {
            int offset = i < nodes.size() ? nodes.get(i).getOffset() : 0;
            Object value = values.get(i);
            if (feature instanceof EReference reference && reference.isContainment()) {
                value = expand((EObject) value, scope);
            } else if (feature instanceof EAttribute && value instanceof String text) {
                value = text(original, feature, i, text, scope);
            }
            into.add(new Piece(feature, offset, value, new Copies.Place(original, i, scope)));
        }
    }

    /** The values of a feature, names left unbound that are. */
    static List<?> values(EObject object, EStructuralFeature feature) {
        Object value = object.eGet(feature, false);
        return feature.isMany() ? ((InternalEList<?>) value).basicList() : value == null ? List.of() : List.of(value);
    }

    private String text(EObject original, EStructuralFeature feature, int index, String text, Scope scope) {
        boolean quoted = ComposedTexts.isString(text);
        boolean raw = original instanceof Metadata || original instanceof Silence;
        if (raw || (!quoted && !text.contains("${"))) {
            return text;
        }
        Optional<String> composed = !text.contains("${")
                ? Optional.of(ParsedSources.unquoted(text))
                : sources.composed(original, feature, index).flatMap(each -> evaluator.text(each, scope));
        if (quoted && composed.isPresent()) {
            checkName(original, feature, index, composed.get(), scope);
        }
        return composed.orElse(text);
    }

    /** What may stand without quotes as a name must have the form of one with them too. */
    private void checkName(EObject original, EStructuralFeature feature, int index, String name, Scope scope) {
        INode node = NodeModelUtils.findNodesForFeature(original, feature).get(index);
        boolean isName = node.getGrammarElement() instanceof RuleCall call
                && call.getRule().getName().equals("NameText");
        if (isName && !ParameterType.isName(name)) {
            sources.diagnostics()
                    .report(Diagnostic.error(
                                    DiagnosticCode.NAME_FORM,
                                    sources.rangeOf(original, feature, index).by(scope.uses()),
                                    "`" + name + "` has not the form of a name")
                            .withHint("a name begins with a letter or `_`, and goes on with letters, digits, `_`, `-`"
                                    + " and `.`"));
        }
    }

    private void expansion(EObject expansion, Scope scope, List<Piece> into) {
        int offset = NodeModelUtils.findActualNodeFor(expansion).getOffset();
        if (expansion instanceof Loop loop) {
            expander.turns(loop, scope, (body, inner) -> body(body, inner, offset, into));
        } else if (expansion instanceof Condition condition) {
            expander.branch(condition, scope).ifPresent(body -> body(body, scope, offset, into));
        }
    }

    private void body(EObject body, Scope scope, int offset, List<Piece> into) {
        if (!expander.isFull()) {
            for (Piece piece : pieces(body, scope)) {
                into.add(new Piece(piece.feature(), offset, piece.value(), piece.place()));
            }
        }
    }

    @SuppressWarnings("unchecked")
    private void put(EObject made, List<Piece> pieces) {
        Map<EStructuralFeature, List<Copies.Place>> places = new LinkedHashMap<>();
        for (Piece piece : pieces) {
            EStructuralFeature feature = piece.feature();
            if (feature.isMany()) {
                // Not as add() would: that looks for the value, and binds names for it.
                ((InternalEList<Object>) (EList<Object>) made.eGet(feature, false)).addUnique(piece.value());
            } else {
                made.eSet(feature, piece.value());
            }
            boolean placed = !(feature instanceof EReference reference && reference.isContainment());
            if (placed) {
                places.computeIfAbsent(feature, none -> new ArrayList<>()).add(piece.place());
            }
        }
        EObject original = copies.original(made);
        places.forEach((feature, all) -> {
            if (all.stream().anyMatch(place -> place.original() != original)) {
                copies.setPlaces(made, feature, all);
            }
        });
    }
}
