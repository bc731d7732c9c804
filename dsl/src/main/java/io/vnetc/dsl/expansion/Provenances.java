// SPDX-License-Identifier: Apache-2.0
package io.vnetc.dsl.expansion;

import io.vnetc.dsl.ParsedSources;
import io.vnetc.dsl.diagnostic.SourceRange;
import io.vnetc.dsl.expansion.Environment.Bound;
import io.vnetc.dsl.expansion.Environment.Given;
import io.vnetc.dsl.expansion.Provenance.Kind;
import io.vnetc.dsl.vnet.Parameter;
import io.vnetc.dsl.vnet.Reference;
import io.vnetc.dsl.vnet.VnetPackage.Literals;
import java.util.List;
import java.util.Optional;
import org.eclipse.emf.ecore.EObject;
import org.eclipse.emf.ecore.EStructuralFeature;

/** Finds out where things come from. */
public final class Provenances {
    private final ParsedSources sources;
    private final Copies copies;

    public Provenances(ParsedSources sources) {
        this.sources = sources;
        this.copies = sources.copies();
    }

    /** Of a whole declaration or block. */
    public Provenance of(EObject object) {
        Scope scope = copies.scope(object);
        return new Provenance(
                hasTemplate(scope) ? Kind.TEMPLATE : Kind.WRITTEN,
                sources.nameOf(object),
                Optional.empty(),
                Provenance.ways(scope.trail()),
                Optional.empty());
    }

    /** Of a setting: a value of a feature of an object. */
    public Provenance of(EObject object, EStructuralFeature feature, int index) {
        List<?> values = ObjectExpansion.values(object, feature);
        Object value = index < values.size() ? values.get(index) : null;
        Scope scope = value instanceof EObject child && child.eContainer() == object
                ? copies.scope(child)
                : copies.place(object, feature, index).scope();
        SourceRange place = sources.rangeOf(object, feature, index);
        Optional<SourceRange> replaced =
                copies.replaced(object, feature).map(former -> sources.rangeOf(former.holder(), feature, 0));
        Optional<Parameter> parameter = parameter(value);
        Optional<Bound> bound = parameter.flatMap(scope.environment()::of);
        Kind kind = replaced.isPresent()
                ? Kind.OVERRIDE
                : bound.isPresent()
                        ? bound.get().given() == Given.DEFAULT ? Kind.DEFAULT : Kind.ARGUMENT
                        : hasTemplate(scope) ? Kind.TEMPLATE : Kind.WRITTEN;
        return new Provenance(
                kind,
                bound.map(Bound::place).orElse(place),
                bound.flatMap(ignored -> parameter).map(Parameter::getName),
                Provenance.ways(scope.trail()),
                replaced);
    }

    private static boolean hasTemplate(Scope scope) {
        return scope.trail() != null
                && scope.trail().all().stream().anyMatch(step -> step.template().isPresent());
    }

    private static Optional<Parameter> parameter(Object value) {
        return value instanceof Reference reference
                        && reference.eGet(Literals.REFERENCE__TARGET, false) instanceof Parameter parameter
                ? Optional.of(parameter)
                : Optional.empty();
    }
}
