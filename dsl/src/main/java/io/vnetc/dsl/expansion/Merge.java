// SPDX-License-Identifier: Apache-2.0
package io.vnetc.dsl.expansion;

import io.vnetc.dsl.expression.Evaluator;
import io.vnetc.dsl.validation.SettingCounts;
import io.vnetc.dsl.validation.SettingCounts.Meeting;
import io.vnetc.dsl.vnet.Backend;
import io.vnetc.dsl.vnet.Dhcp;
import io.vnetc.dsl.vnet.DhcpOption;
import io.vnetc.dsl.vnet.Dns;
import io.vnetc.dsl.vnet.Forward;
import io.vnetc.dsl.vnet.Metadata;
import io.vnetc.dsl.vnet.StaticRoute;
import io.vnetc.dsl.vnet.Subnet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.emf.ecore.EObject;
import org.eclipse.emf.ecore.EReference;
import org.eclipse.emf.ecore.EStructuralFeature;
import org.eclipse.emf.ecore.util.InternalEList;

/**
 * Puts what a template says under what its user says. Of a setting that may stand once the user's counts; blocks are put
 * together setting by setting, those of one kind that have names by their names; what may stand often stands beside the
 * template's, which comes first. {@link SettingCounts} says which is which.
 */
final class Merge {
    private final Copies copies;
    private final Evaluator evaluator;

    Merge(Copies copies, Evaluator evaluator) {
        this.copies = copies;
        this.evaluator = evaluator;
    }

    /** Moves into {@code upper} what {@code lower}, which is of the same class, has beyond it. Both are copies. */
    void under(EObject upper, EObject lower) {
        for (EStructuralFeature feature : lower.eClass().getEAllStructuralFeatures()) {
            if (!lower.eIsSet(feature)) {
                continue;
            }
            if (!upper.eIsSet(feature)) {
                move(upper, lower, feature);
            } else if (!feature.isMany()) {
                replaced(upper, lower, feature);
            } else {
                meet(upper, lower, feature, SettingCounts.meeting(feature));
            }
        }
    }

    private void replaced(EObject upper, EObject lower, EStructuralFeature feature) {
        copies.setReplaced(upper, feature, new Copies.Replaced(lower, copies.place(lower, feature, 0)));
    }

    private void move(EObject upper, EObject lower, EStructuralFeature feature) {
        if (!(feature instanceof EReference reference && reference.isContainment())) {
            int count = ObjectExpansion.values(lower, feature).size();
            List<Copies.Place> places = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                places.add(copies.place(lower, feature, i));
            }
            copies.setPlaces(upper, feature, places);
        }
        if (feature.isMany()) {
            List<Object> values = new ArrayList<>(ObjectExpansion.values(lower, feature));
            values.forEach(list(upper, feature)::addUnique);
        } else {
            upper.eSet(feature, lower.eGet(feature, false));
        }
    }

    @SuppressWarnings("unchecked")
    private static InternalEList<Object> list(EObject object, EStructuralFeature feature) {
        return (InternalEList<Object>) object.eGet(feature, false);
    }

    private void meet(EObject upper, EObject lower, EStructuralFeature feature, Meeting meeting) {
        boolean objects = feature instanceof EReference reference && reference.isContainment();
        if (!objects || meeting == Meeting.REPLACE) {
            replaced(upper, lower, feature);
            return;
        }
        List<EObject> uppers = objects(upper, feature);
        List<EObject> lowers = objects(lower, feature);
        if (meeting == Meeting.MERGE) {
            if (isAnother(uppers.get(0), lowers.get(0))) {
                replaced(upper, lower, feature);
            } else {
                under(uppers.get(0), lowers.get(0));
            }
            return;
        }
        List<EObject> rest = new ArrayList<>(uppers);
        List<EObject> together = new ArrayList<>();
        boolean single = uppers.size() == 1 && lowers.size() == 1;
        for (EObject each : lowers) {
            EObject same = meeting == Meeting.APPEND ? null : same(each, rest, single);
            if (same == null) {
                together.add(each);
                continue;
            }
            rest.remove(same);
            together.add(same);
            if (meeting == Meeting.MERGE_NAMED) {
                under(same, each);
            }
        }
        together.addAll(rest);
        InternalEList<Object> list = list(upper, feature);
        list.clear();
        together.forEach(list::addUnique);
    }

    private static List<EObject> objects(EObject object, EStructuralFeature feature) {
        List<EObject> objects = new ArrayList<>();
        ObjectExpansion.values(object, feature).forEach(value -> objects.add((EObject) value));
        return objects;
    }

    /** Whether two blocks are so unlike that the settings of the one mean nothing in the other. */
    private static boolean isAnother(EObject upper, EObject lower) {
        if (upper instanceof Forward one && lower instanceof Forward other) {
            return one.getMode() != other.getMode() || one.getMacvtap() != other.getMacvtap();
        }
        return isOff(upper) || isOff(lower);
    }

    private static boolean isOff(EObject block) {
        return block instanceof Dns dns && dns.isOff();
    }

    private EObject same(EObject lower, List<EObject> uppers, boolean single) {
        if (lower instanceof Dhcp && single) {
            return uppers.get(0);
        }
        Optional<Object> key = key(lower);
        return uppers.stream()
                .filter(upper -> key.isPresent() && key(upper).equals(key))
                .findFirst()
                .orElse(null);
    }

    /** What tells things of one kind apart. */
    private Optional<Object> key(EObject object) {
        if (object instanceof Subnet subnet) {
            return evaluator.cidr(subnet.getNetwork()).map(Object.class::cast);
        }
        if (object instanceof StaticRoute route) {
            return evaluator.cidr(route.getDestination()).map(Object.class::cast);
        }
        if (object instanceof Metadata metadata) {
            return Optional.of(metadata.getUri());
        }
        if (object instanceof DhcpOption option) {
            return Optional.ofNullable(option.getName() == null ? option.getNumber() : option.getName());
        }
        if (object instanceof Backend backend) {
            return Optional.of(backend.getKind());
        }
        if (object instanceof Dhcp) {
            return Optional.empty();
        }
        return Optional.ofNullable(object.eGet(object.eClass().getEStructuralFeature("name")));
    }
}
