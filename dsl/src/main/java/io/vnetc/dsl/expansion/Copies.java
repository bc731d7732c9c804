// SPDX-License-Identifier: Apache-2.0
package io.vnetc.dsl.expansion;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.emf.ecore.EObject;
import org.eclipse.emf.ecore.EStructuralFeature;

/** Of every object that expansion made: from which one in the source, in which scope, and what was put into it from others. */
public final class Copies {
    private final Map<EObject, Copied> copies = new HashMap<>();

    /**
     * Where a value stands in the source.
     *
     * @param original the object there
     * @param index of the value in its feature
     * @param scope in which it was expanded
     */
    public record Place(EObject original, int index, Scope scope) {}

    private static final class Copied {
        private final EObject original;
        private final Scope scope;
        private Map<EStructuralFeature, List<Place>> places = Map.of();
        private Map<EStructuralFeature, Replaced> replaced = Map.of();

        Copied(EObject original, Scope scope) {
            this.original = original;
            this.scope = scope;
        }
    }

    /**
     * What stood in a template before the user of it wrote something else.
     *
     * @param holder the object, a copy or not, whose setting it was
     * @param place of the setting
     */
    public record Replaced(EObject holder, Place place) {}

    void put(EObject copy, EObject original, Scope scope) {
        copies.put(copy, new Copied(original, scope));
    }

    /** What an object is a copy of; itself where it is none. */
    public EObject original(EObject object) {
        Copied copied = copies.get(object);
        return copied == null ? object : copied.original;
    }

    public boolean isCopy(EObject object) {
        return copies.containsKey(object);
    }

    /** In which scope an object was made, which is also that of the expressions in it. */
    public Scope scope(EObject object) {
        Copied copied = copies.get(object);
        return copied == null ? Scope.TOP : copied.scope;
    }

    /** Where a value of an object's attribute or reference stands in the source. */
    public Place place(EObject object, EStructuralFeature feature, int index) {
        Copied copied = copies.get(object);
        if (copied == null) {
            return new Place(object, index, Scope.TOP);
        }
        List<Place> places = copied.places.get(feature);
        return places != null && index < places.size()
                ? places.get(index)
                : new Place(copied.original, index, copied.scope);
    }

    /** What a setting of an object replaced. */
    public Optional<Replaced> replaced(EObject object, EStructuralFeature feature) {
        Copied copied = copies.get(object);
        return copied == null ? Optional.empty() : Optional.ofNullable(copied.replaced.get(feature));
    }

    /** Says where the values of a feature stand, as they do not all stand in the object's original. */
    void setPlaces(EObject copy, EStructuralFeature feature, List<Place> places) {
        Copied copied = copies.get(copy);
        if (copied.places.isEmpty()) {
            copied.places = new HashMap<>();
        }
        copied.places.put(feature, new ArrayList<>(places));
    }

    void setReplaced(EObject copy, EStructuralFeature feature, Replaced replaced) {
        Copied copied = copies.get(copy);
        if (copied.replaced.isEmpty()) {
            copied.replaced = new HashMap<>();
        }
        copied.replaced.put(feature, replaced);
    }
}
