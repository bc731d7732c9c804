// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.plan;

import io.vnetc.compiler.plan.Conflict.Reason;
import io.vnetc.compiler.plan.Courses.Loss;
import io.vnetc.compiler.state.Attributes;
import io.vnetc.compiler.state.Claim;
import io.vnetc.compiler.state.Entry;
import io.vnetc.compiler.state.HostState;
import io.vnetc.compiler.state.Kind;
import io.vnetc.compiler.state.KindTable;
import io.vnetc.compiler.state.Reach;
import io.vnetc.compiler.state.Resource;
import io.vnetc.compiler.state.ResourceAddress;
import io.vnetc.compiler.state.Standing;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
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
            boolean hindered = isHindered(wish);
            boolean taken = (wish.standing() == Standing.OWNED && isTaken(wish)) || hindered;
            for (Claim need : wish.resource().needs()) {
                boolean known = hindered || isOfMissing(need, offered);
                if (!offered.contains(need) && !known) {
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
            if (entry.standing() == Standing.FOREIGN) {
                offered.addAll(entry.resource().claims());
            } else if (entry.standing() == Standing.BORROWED
                    && desired.find(entry.resource().address()).isEmpty()) {
                // It is given back.
                offered.addAll(entry.former().orElse(entry.resource()).claims());
            }
        }
        return offered;
    }

    /** Whether it is said of a link that is not there at all, which is enough to say. */
    private static boolean isOfMissing(Claim need, Set<Claim> offered) {
        Claim link = Claim.interfaceName(need.value());
        return need.equals(Claim.freeLink(need.value())) && !offered.contains(link);
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

    /** Whether what it needs is there and cannot serve it as it is; asked only of what is to change. */
    private boolean isHindered(Entry wish) {
        if (now(wish).map(Entry::resource).equals(Optional.of(wish.resource()))) {
            return false;
        }
        Set<Kind.Hindrance> found = new LinkedHashSet<>();
        for (Claim need : wish.resource().needs()) {
            for (List<Entry> others : List.of(index.holders(need), index.needers(need))) {
                for (Entry other : others) {
                    // What is to be borrowed will not be as it is.
                    if (other.standing() == Standing.FOREIGN
                            && desired.find(other.resource().address()).isEmpty()) {
                        kinds.hindrance(wish.resource(), other.resource()).ifPresent(found::add);
                    }
                }
            }
        }
        found.forEach(hindrance ->
                conflicts.add(new Conflict(Reason.FOREIGN, hindrance.message(), hindrance.remedy(), wish.origin())));
        return !found.isEmpty();
    }

    private void missing(Entry wish, Claim need) {
        if (need.equals(Claim.vlanFiltering(need.value()))) {
            conflicts.add(new Conflict(
                    Reason.MISSING,
                    "the bridge `" + need.value() + "` does not part its ports by VLANs, and "
                            + kinds.title(wish.resource()) + " would be in all of them",
                    "have its owner switch that on: ip link set dev " + need.value()
                            + " type bridge vlan_filtering 1; or remove `vlan`",
                    wish.origin()));
            return;
        }
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
