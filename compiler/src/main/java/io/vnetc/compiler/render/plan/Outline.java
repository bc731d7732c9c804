// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.render.plan;

import io.vnetc.compiler.model.Owner;
import io.vnetc.compiler.plan.Change;
import io.vnetc.compiler.plan.Change.Outcome;
import io.vnetc.compiler.plan.Impact;
import io.vnetc.compiler.plan.Plan;
import io.vnetc.compiler.plan.Step;
import io.vnetc.compiler.state.AttributeValue;
import io.vnetc.compiler.state.Attributes;
import io.vnetc.compiler.state.Claim;
import io.vnetc.compiler.state.KindTable;
import io.vnetc.compiler.state.Resource;
import io.vnetc.compiler.state.Standing;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** A plan in sections: networks by name, guests, the host. Views print it; none of them decides what is said. */
final class Outline {
    private static final String NETWORK = "network/";
    private static final String GUEST = "vm/";

    /** With n2 before n10. */
    private static final Comparator<String> NATURAL =
            Comparator.comparing(Outline::padded).thenComparing(Comparator.naturalOrder());

    private static final Pattern NUMBER = Pattern.compile("[0-9]+");

    private final KindTable kinds;
    private final List<Change> changes;
    private final Map<String, String> networks = new HashMap<>();
    private final Set<Claim> interrupted = new LinkedHashSet<>();
    private final TreeMap<String, List<Item>> sections = new TreeMap<>(NATURAL);
    private final TreeMap<String, List<Item>> parts = new TreeMap<>(NATURAL);

    private Outline(KindTable kinds, Plan plan) {
        this.kinds = kinds;
        this.changes = Change.of(plan);
    }

    static List<Section> of(KindTable kinds, Plan plan) {
        Outline outline = new Outline(kinds, plan);
        outline.changes.forEach(outline::lookAt);
        outline.changes.forEach(outline::add);
        // What is of the network alone comes before its part of what all share.
        outline.parts.forEach((section, items) -> outline.sections
                .computeIfAbsent(section, absent -> new ArrayList<>())
                .addAll(items));
        // The first character of a key is the place of its section among the others.
        return outline.sections.entrySet().stream()
                .map(section -> new Section(section.getKey().substring(1), section.getValue()))
                .toList();
    }

    /** Finds which links belong to which network, and which claims nobody has for a while. */
    private void lookAt(Change change) {
        Resource resource = change.resource();
        if (resource.owner().path().startsWith(NETWORK)) {
            Set<Claim> links = new LinkedHashSet<>(resource.claims());
            links.addAll(resource.needs());
            for (Claim claim : links) {
                if (claim.equals(Claim.interfaceName(claim.value()))) {
                    networks.putIfAbsent(claim.value(), key(resource.owner()));
                }
            }
        }
        for (Step step : change.steps()) {
            step.before().map(Resource::claims).ifPresent(interrupted::addAll);
            step.after().map(Resource::claims).ifPresent(interrupted::removeAll);
        }
        if (change.outcome() == Outcome.REPLACE) {
            interrupted.addAll(change.resource().claims());
        }
    }

    private static String padded(String text) {
        return NUMBER.matcher(text)
                .replaceAll(number -> "0".repeat(Math.max(0, 10 - number.group().length())) + number.group());
    }

    private static String key(Owner owner) {
        String path = owner.path();
        return path.startsWith(NETWORK)
                ? "1network " + path.substring(NETWORK.length())
                : path.startsWith(GUEST) ? "2guests" : "3" + path;
    }

    private void add(Change change) {
        Resource resource = change.resource();
        Optional<Attributes> before = change.before().map(Resource::attributes);
        Optional<Attributes> after = change.after().map(Resource::attributes);
        String title = Printable.of(kinds.title(resource));
        if (resource.owner().path().startsWith(GUEST)) {
            title += " for " + resource.owner().path().substring(GUEST.length()).replace('/', ' ');
        }
        List<Impact> impacts = change.steps().stream()
                .map(Step::impact)
                .filter(impact -> !impact.guests().isEmpty())
                .toList();
        Parts shared = new Parts(title, where(change));
        Attributes oldRest = split(before, after, shared);
        shared.bySection()
                .forEach((section, items) -> parts.computeIfAbsent(section, absent -> new ArrayList<>())
                        .addAll(items));
        List<Fact> facts = new ArrayList<>();
        if (before.isPresent() && after.isPresent()) {
            facts.addAll(Difference.of("", oldRest, rest(before.get(), after.get(), oldRest)));
            remarks(change, facts);
        } else {
            after.ifPresent(now ->
                    facts.addAll(Difference.ofNew(now, change.address().name().replace('/', ' '))));
        }
        boolean onlyParts =
                change.outcome() == Outcome.CHANGE && facts.isEmpty() && impacts.isEmpty() && !shared.isEmpty();
        if (!onlyParts) {
            put(key(resource.owner()), new Item(change.outcome(), title, where(change), facts, impacts, true));
        }
    }

    /**
     * Gives the members of groups that bear the name of a network's link, as the chains of a firewall, to the sections of
     * these networks.
     *
     * @return what was before, with these members as they will be: no difference any more
     */
    private Attributes split(Optional<Attributes> before, Optional<Attributes> after, Parts shared) {
        Map<String, AttributeValue> rest =
                new LinkedHashMap<>(before.map(Attributes::values).orElse(Map.of()));
        Set<String> names = new LinkedHashSet<>(rest.keySet());
        after.ifPresent(now -> names.addAll(now.values().keySet()));
        for (String name : names) {
            if (!(value(before, name) instanceof Attributes) && !(value(after, name) instanceof Attributes)) {
                continue;
            }
            Attributes old = value(before, name) instanceof Attributes group
                    ? group
                    : Attributes.builder().build();
            Attributes now = value(after, name) instanceof Attributes group
                    ? group
                    : Attributes.builder().build();
            Map<String, AttributeValue> kept = new LinkedHashMap<>(old.values());
            Set<String> members = new LinkedHashSet<>(now.values().keySet());
            members.addAll(old.values().keySet());
            for (String member : members) {
                Optional<String> section = sectionOf(member);
                AttributeValue was = old.values().get(member);
                AttributeValue is = now.values().get(member);
                if (section.isPresent() && (is == null || !is.equals(was))) {
                    shared.add(section.get(), Printable.of(member), Optional.ofNullable(was), Optional.ofNullable(is));
                    kept.remove(member);
                    if (is != null) {
                        kept.put(member, is);
                    }
                }
            }
            rest.put(name, new Attributes(kept));
        }
        return new Attributes(rest);
    }

    private static AttributeValue value(Optional<Attributes> attributes, String name) {
        return attributes.map(it -> it.values().get(name)).orElse(null);
    }

    private static Attributes rest(Attributes before, Attributes after, Attributes oldRest) {
        return before.equals(after) ? oldRest : after;
    }

    /** The network whose link is the end of a name, after a hyphen. */
    private Optional<String> sectionOf(String member) {
        for (int at = member.indexOf('-'); at >= 0; at = member.indexOf('-', at + 1)) {
            String section = networks.get(member.substring(at + 1));
            if (section != null) {
                return Optional.of(section);
            }
        }
        return Optional.empty();
    }

    private void remarks(Change change, List<Fact> facts) {
        boolean same = change.before().equals(change.after());
        if (same) {
            String cause = change.resource().needs().stream().anyMatch(interrupted::contains)
                    ? "what it needs is made again"
                    : "the kernel drops it with another step";
            facts.add(new Fact.Note("away for a moment, because " + cause));
        }
        if (change.steps().get(0).standing() == Standing.BORROWED) {
            facts.add(new Fact.Note(
                    change.origin().isPresent()
                            ? "borrowed from the host, and given back when nothing needs it"
                            : "given back to the host"));
        }
    }

    private static String where(Change change) {
        return change.origin()
                .map(origin -> Printable.of(origin.toString()))
                .orElse(change.outcome() == Outcome.REMOVE ? "(not in the source)" : "");
    }

    private void put(String section, Item item) {
        sections.computeIfAbsent(section, absent -> new ArrayList<>()).add(item);
    }
}
