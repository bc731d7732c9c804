// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.plan;

import io.vnetc.compiler.plan.Conflict.Reason;
import io.vnetc.compiler.plan.Courses.Loss;
import io.vnetc.compiler.state.Attributes;
import io.vnetc.compiler.state.Claim;
import io.vnetc.compiler.state.Entry;
import io.vnetc.compiler.state.HostState;
import io.vnetc.compiler.state.KindTable;
import io.vnetc.compiler.state.Reach;
import io.vnetc.compiler.state.Resource;
import io.vnetc.compiler.state.ResourceAddress;
import io.vnetc.compiler.state.Standing;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds what makes a wish impossible: foreign things in the way, and things that are not there. */
final class Obstacles {
    private final KindTable kinds;
    private final HostIndex index;
    private final HostState desired;
    private final List<Conflict> conflicts = new ArrayList<>();

    Obstacles(KindTable kinds, HostIndex index, HostState desired) {
        this.kinds = kinds;
        this.index = index;
        this.desired = desired;
    }

    /** In the order of the desired addresses; a claim that is missing is named once. */
    List<Conflict> conflicts() {
        Set<Claim> offered = offered();
        Set<Claim> missing = new HashSet<>();
        for (Entry wish : desired.entries().values()) {
            boolean taken = wish.standing() == Standing.OWNED && isTaken(wish);
            for (Claim need : wish.resource().needs()) {
                if (!offered.contains(need)) {
                    if (missing.add(need)) {
                        missing(wish, need);
                    }
                    taken = true;
                }
            }
            if (!taken && wish.standing() == Standing.BORROWED && now(wish).isEmpty()) {
                conflicts.add(new Conflict(
                        Reason.LACKING,
                        "this host has no " + kinds.title(wish.resource()),
                        "the kernel or its module that has this setting is not there: `vnetc doctor` says what is missing",
                        wish.origin()));
            }
            if (!taken) {
                wish.resource().reach().ifPresent(reach -> clashes(wish, reach));
            }
        }
        return conflicts;
    }

    /** Foreign things that the steps would take away. */
    static List<Conflict> lost(KindTable kinds, List<Loss> losses) {
        return losses.stream()
                .map(loss -> new Conflict(
                        Reason.FOREIGN,
                        describe(kinds, loss.foreign().resource()) + " is not vnetc's, and would be lost when "
                                + kinds.title(loss.move().resource()) + " is "
                                + (loss.move().after().isPresent()
                                        ? "changed"
                                        : loss.move().course().last().isPresent() ? "made again" : "taken away"),
                        "take it off first, or leave " + kinds.title(loss.move().resource()) + " as it is",
                        loss.move().course().origin()))
                .toList();
    }

    /** What somebody holds when all is done: what is wished for, and what stays because it is not ours. */
    private Set<Claim> offered() {
        Set<Claim> offered = new HashSet<>();
        Map<Claim, ResourceAddress> holders = new HashMap<>();
        for (Entry wish : desired.entries().values()) {
            for (Claim claim : wish.resource().claims()) {
                ResourceAddress other = holders.put(claim, wish.resource().address());
                if (other != null) {
                    throw new IllegalStateException(
                            "both " + other + " and " + wish.resource().address() + " are to hold " + claim.value());
                }
                offered.add(claim);
            }
        }
        for (Entry entry : index.host().state().entries().values()) {
            if (entry.standing() != Standing.OWNED) {
                offered.addAll(entry.resource().claims());
            }
        }
        return offered;
    }

    private boolean isTaken(Entry wish) {
        Optional<Entry> same = now(wish).filter(entry -> entry.standing() == Standing.FOREIGN);
        if (same.isPresent()) {
            conflicts.add(new Conflict(
                    Reason.FOREIGN,
                    describe(kinds, same.get().resource()) + " is there already, and vnetc did not make it",
                    "remove it if nobody needs it, or choose another in the source",
                    wish.origin()));
            return true;
        }
        boolean taken = false;
        for (Claim claim : wish.resource().claims()) {
            for (Entry holder : index.holders(claim)) {
                if (holder.standing() == Standing.FOREIGN) {
                    conflicts.add(new Conflict(
                            Reason.FOREIGN,
                            "the " + words(claim) + " is taken by " + describe(kinds, holder.resource()) + heldBy(claim)
                                    + ", which vnetc did not make",
                            "choose another in the source for " + kinds.title(wish.resource())
                                    + ", or remove the one that is there if nobody needs it",
                            wish.origin()));
                    taken = true;
                }
            }
        }
        return taken;
    }

    private void missing(Entry wish, Claim need) {
        conflicts.add(new Conflict(
                Reason.MISSING,
                "there is no " + words(need) + " on this host, and " + kinds.title(wish.resource()) + " needs it",
                "correct the name in the source, or make it on the host first",
                wish.origin()));
    }

    private void clashes(Entry wish, Reach reach) {
        for (Entry other : index.clashes(reach)) {
            Reach theirs = other.resource().reach().orElseThrow();
            conflicts.add(new Conflict(
                    Reason.FOREIGN,
                    "`" + reach.network() + "` is in use on `" + theirs.link() + "` (" + kinds.title(other.resource())
                            + ")",
                    "choose addresses for " + reach.link() + " that are free on this host",
                    wish.origin()));
        }
    }

    private Optional<Entry> now(Entry wish) {
        return index.host().state().find(wish.resource().address());
    }

    private String heldBy(Claim claim) {
        return index.host().facts().holders().entrySet().stream()
                .filter(holder -> holder.getKey().text().equals(claim.value()))
                .map(holder -> ", open in " + holder.getValue())
                .findFirst()
                .orElse("");
    }

    private static String words(Claim claim) {
        return claim.space().replace("-name", "").replace('-', ' ') + " `" + claim.value() + "`";
    }

    /** A foreign thing, with what tells whose it may be. */
    private static String describe(KindTable kinds, Resource resource) {
        List<String> marks = new ArrayList<>();
        resource.attributes().optionalText("type").ifPresent(type -> marks.add("type " + type));
        resource.attributes().optionalText("alias").ifPresent(alias -> marks.add("alias `" + alias + "`"));
        if (resource.attributes().values().get("chains") instanceof Attributes chains) {
            marks.add("chains " + String.join(" ", chains.values().keySet()));
        }
        return "`" + kinds.title(resource) + "`" + (marks.isEmpty() ? "" : " (" + String.join(", ", marks) + ")");
    }
}
