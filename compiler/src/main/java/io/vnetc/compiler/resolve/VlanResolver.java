// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.resolve;

import io.vnetc.compiler.model.Vlan;
import io.vnetc.dsl.diagnostic.Diagnostic;
import io.vnetc.dsl.diagnostic.DiagnosticCode;
import io.vnetc.dsl.value.IntegerRange;
import io.vnetc.dsl.vnet.Expression;
import io.vnetc.dsl.vnet.NativeMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The VLANs of a port. */
final class VlanResolver {
    /** VID values with a meaning of their own, IEEE 802.1Q table 9-2. */
    private static final int PRIORITY_ONLY = 0;

    private static final int RESERVED = 4095;

    private final Resolution resolution;

    VlanResolver(Resolution resolution) {
        this.resolution = resolution;
    }

    /** Empty where one of its numbers is wrong, which is reported. */
    Optional<Vlan> resolve(io.vnetc.dsl.vnet.Vlan vlan) {
        if (vlan.getTag() != null) {
            return tag(vlan.getTag()).map(Vlan::access);
        }
        List<Placed<IntegerRange>> written = new ArrayList<>();
        for (Expression expression : vlan.getTags()) {
            tags(expression)
                    .ifPresent(range ->
                            written.add(new Placed<>(range, "VLAN " + range, () -> resolution.place(expression))));
        }
        if (written.size() < vlan.getTags().size() || !areApart(written)) {
            return Optional.empty();
        }
        List<IntegerRange> tagged = written.stream()
                .map(Placed::value)
                .sorted(Comparator.comparingLong(IntegerRange::first))
                .toList();
        if (vlan.getNative() == null) {
            return Optional.of(new Vlan(tagged, Optional.empty(), false));
        }
        return tag(vlan.getNative())
                .map(tag ->
                        new Vlan(without(tagged, tag), Optional.of(tag), vlan.getNativeMode() == NativeMode.TAGGED));
    }

    private Optional<Integer> tag(Expression expression) {
        return resolution
                .values()
                .integer(expression, PRIORITY_ONLY, RESERVED, "the number of a VLAN")
                .filter(tag -> isVlan(expression, tag))
                .map(Math::toIntExact);
    }

    private Optional<IntegerRange> tags(Expression expression) {
        return resolution
                .values()
                .integerRange(expression, PRIORITY_ONLY, RESERVED, "the number of a VLAN")
                .filter(range -> isVlan(expression, range.first()) && isVlan(expression, range.last()));
    }

    private boolean isVlan(Expression expression, long tag) {
        if (tag != PRIORITY_ONLY && tag != RESERVED) {
            return true;
        }
        resolution.error(
                DiagnosticCode.VLAN_TAG,
                resolution.place(expression),
                tag == PRIORITY_ONLY
                        ? "0 is no VLAN: a tag with it says a frame's priority, and that it has no VLAN (IEEE 802.1Q)"
                        : "4095 is no VLAN: IEEE 802.1Q keeps it for the switches' own use",
                "choose a VLAN from 1 to 4094");
        return false;
    }

    private boolean areApart(List<Placed<IntegerRange>> written) {
        for (int i = 1; i < written.size(); i++) {
            Placed<IntegerRange> second = written.get(i);
            Optional<Placed<IntegerRange>> first = written.subList(0, i).stream()
                    .filter(other -> other.value().first() <= second.value().last()
                            && second.value().first() <= other.value().last())
                    .findFirst();
            if (first.isPresent()) {
                resolution.report(Diagnostic.error(
                                DiagnosticCode.VLAN_TWICE,
                                second.place(),
                                second.owner() + " is in " + first.get().owner() + " already")
                        .withHint("name each VLAN of the trunk once")
                        .withRelated(first.get().place(), "the first time"));
                return false;
            }
        }
        return true;
    }

    /** The native VLAN may be named among the others, and is not one of those with a tag. */
    private static List<IntegerRange> without(List<IntegerRange> tagged, int tag) {
        List<IntegerRange> rest = new ArrayList<>();
        for (IntegerRange range : tagged) {
            if (range.first() <= tag && tag <= range.last()) {
                if (range.first() < tag) {
                    rest.add(new IntegerRange(range.first(), tag - 1L));
                }
                if (tag < range.last()) {
                    rest.add(new IntegerRange(tag + 1L, range.last()));
                }
            } else {
                rest.add(range);
            }
        }
        return rest;
    }
}
