// SPDX-License-Identifier: Apache-2.0
package io.vnetc.dsl.expansion;

import io.vnetc.dsl.ParsedSources;
import io.vnetc.dsl.expression.ComposedTexts;
import io.vnetc.dsl.expression.Evaluator;
import io.vnetc.dsl.scoping.Declarations;
import io.vnetc.dsl.scoping.UnknownNames;
import io.vnetc.dsl.vnet.Declaration;
import io.vnetc.dsl.vnet.VnetPackage.Literals;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.emf.ecore.EClass;
import org.eclipse.emf.ecore.EObject;
import org.eclipse.emf.ecore.EReference;
import org.eclipse.emf.ecore.util.InternalEList;

/** Binds the names of hosts, networks, pools and uplinks, in what has been expanded, to what has been expanded. */
public final class Binder {
    /** These are bound where they are written, before expansion. */
    private static final Set<EReference> WRITTEN = Set.of(Literals.REFERENCE__TARGET, Literals.TEMPLATE_CALL__TEMPLATE);

    private final ParsedSources sources;
    private final Declarations declarations;
    private final UnknownNames unknown;
    private final Evaluator evaluator;
    private final Map<EClass, List<EReference>> references = new HashMap<>();

    public Binder(ParsedSources sources, Evaluator evaluator) {
        this.sources = sources;
        this.evaluator = evaluator;
        this.declarations = new Declarations(sources.declarations());
        this.unknown = new UnknownNames(declarations);
    }

    /** Binds all, and reports the names that mean nothing. */
    public void bind() {
        for (Declaration declaration : sources.declarations()) {
            if (declaration.eClass() == Literals.TEMPLATE || declaration.eClass() == Literals.TEST) {
                continue;
            }
            bind(declaration);
            for (Iterator<EObject> each = declaration.eAllContents(); each.hasNext(); ) {
                bind(each.next());
            }
        }
    }

    private void bind(EObject object) {
        for (EReference reference : references.computeIfAbsent(object.eClass(), Binder::crossReferences)) {
            if (!object.eIsSet(reference)) {
                continue;
            }
            if (reference.isMany()) {
                InternalEList<EObject> values = list(object, reference);
                for (int i = 0; i < values.size(); i++) {
                    EObject target = target(object, reference, i);
                    if (target != null) {
                        values.setUnique(i, target);
                    }
                }
            } else {
                EObject target = target(object, reference, 0);
                if (target != null) {
                    object.eSet(reference, target);
                }
            }
        }
    }

    @SuppressWarnings("unchecked")
    private static InternalEList<EObject> list(EObject object, EReference reference) {
        return (InternalEList<EObject>) object.eGet(reference, false);
    }

    private static List<EReference> crossReferences(EClass kind) {
        List<EReference> found = new ArrayList<>();
        for (EReference reference : kind.getEAllReferences()) {
            if (!reference.isContainment() && !reference.isContainer() && !WRITTEN.contains(reference)) {
                found.add(reference);
            }
        }
        return found;
    }

    /** What a name means; null where it means nothing, which is reported. */
    private EObject target(EObject object, EReference reference, int index) {
        Copies.Place place = sources.copies().place(object, reference, index);
        String written = sources.written(place.original(), reference, place.index());
        Optional<String> name = ComposedTexts.isString(written)
                ? sources.composed(object, reference, index).flatMap(text -> evaluator.text(text, place.scope()))
                : Optional.of(written);
        if (name.isEmpty()) {
            return null;
        }
        EObject found = declarations.candidates(object, reference).get(name.get());
        if (found == null) {
            unknown.describe(object, reference, name.get(), () -> sources.rangeOf(object, reference, index))
                    .ifPresent(sources.diagnostics()::report);
        }
        return found;
    }
}
