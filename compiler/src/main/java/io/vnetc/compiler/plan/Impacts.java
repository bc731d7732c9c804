// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.plan;

import io.vnetc.compiler.model.Owner;
import io.vnetc.compiler.state.Claim;
import io.vnetc.compiler.state.Effect;
import io.vnetc.compiler.state.Effect.Severity;
import io.vnetc.compiler.state.Entry;
import io.vnetc.compiler.state.KindTable;
import io.vnetc.compiler.state.Resource;
import io.vnetc.compiler.state.Standing;
import io.vnetc.dsl.value.InterfaceName;
import java.util.List;
import java.util.TreeSet;

/** Whom of the guests that run the steps meet. */
final class Impacts {
    private static final String GUEST = "vm/";

    private final KindTable kinds;
    private final HostIndex index;

    Impacts(KindTable kinds, HostIndex index) {
        this.kinds = kinds;
        this.index = index;
    }

    Impact of(Move move) {
        return isUnpluggedBefore(move) ? Impact.NONE : ofStep(move);
    }

    /** Whether the guest's card was taken off it by a step of its own, which says what the guest notices. */
    private boolean isUnpluggedBefore(Move move) {
        return move.course().vanishes()
                && move.before().stream()
                        .flatMap(resource -> resource.claims().stream())
                        .flatMap(claim -> index.needers(claim).stream())
                        .anyMatch(needer -> needer.resource().inGuest().isPresent());
    }

    private Impact ofStep(Move move) {
        if (!move.course().isDetour()) {
            return of(kinds.effect(move.before(), move.after()));
        }
        // The kind knows what it is to be made again, but not that something else may be why.
        if (move.index() > 1) {
            return Impact.NONE;
        }
        Resource first = move.course().first().orElseThrow();
        Resource last = move.course().last().orElseThrow();
        if (!kinds.changesInPlace(first, last)) {
            return of(kinds.effect(move.course().first(), move.course().last()));
        }
        Effect effect = kinds.effect(move.before(), move.after());
        boolean itself = !effect.guests().isEmpty()
                || effect.links().stream().anyMatch(link -> first.claims().contains(Claim.interfaceName(link.text())));
        boolean brief =
                effect.severity() == Severity.OUTAGE && !(itself && move.after().isEmpty());
        return of(
                brief
                        ? new Effect(
                                Severity.BRIEF,
                                effect.links(),
                                effect.guests(),
                                effect.why() + ", and comes back at once")
                        : effect);
    }

    Impact of(Effect effect) {
        if (effect.severity() == Severity.NONE) {
            return Impact.NONE;
        }
        TreeSet<String> guests = new TreeSet<>(effect.guests());
        for (InterfaceName link : effect.links()) {
            for (InterfaceName held : index.heldOn(link)) {
                guests.add(guest(held));
            }
        }
        return guests.isEmpty() ? Impact.NONE : new Impact(effect.severity(), List.copyOf(guests), effect.why());
    }

    /** The name of the guest that a tap is of, or else the tap's. */
    String guest(InterfaceName tap) {
        for (Entry holder : index.holders(Claim.interfaceName(tap.text()))) {
            Owner owner = holder.resource().owner();
            int slash = owner.path().lastIndexOf('/');
            if (holder.standing() == Standing.OWNED && owner.path().startsWith(GUEST) && slash > GUEST.length()) {
                return owner.path().substring(GUEST.length(), slash);
            }
        }
        return tap.text();
    }
}
