// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.render.plan;

import io.vnetc.compiler.plan.Change.Outcome;
import io.vnetc.compiler.state.AttributeValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The parts of a resource that belong to one network each, as the chains of a firewall table. */
final class Parts {
    private final String title;
    private final String where;
    private final Map<String, Map<Outcome, List<Fact>>> facts = new LinkedHashMap<>();

    Parts(String title, String where) {
        this.title = title;
        this.where = where;
    }

    boolean isEmpty() {
        return facts.isEmpty();
    }

    void add(String section, String name, Optional<AttributeValue> before, Optional<AttributeValue> after) {
        List<String> was = before.map(Difference::lines).orElse(List.of());
        List<String> is = after.map(Difference::lines).orElse(List.of());
        if (before.isEmpty()) {
            words(section, Outcome.ADD, name + " of " + Difference.count(is.size(), "rule"));
        } else if (after.isEmpty()) {
            words(section, Outcome.REMOVE, name);
        } else {
            list(section, Outcome.CHANGE).add(new Fact.Lines(name, LineDifference.of(was, is)));
        }
    }

    /** One item for all that is new, one for all that changes, one for all that goes. */
    Map<String, List<Item>> bySection() {
        Map<String, List<Item>> items = new LinkedHashMap<>();
        facts.forEach((section, outcomes) -> outcomes.forEach((outcome, said) -> items.computeIfAbsent(
                        section, absent -> new ArrayList<>())
                .add(new Item(outcome, title, outcome == Outcome.CHANGE ? where : "", said, List.of(), false))));
        return items;
    }

    private void words(String section, Outcome outcome, String words) {
        List<Fact> said = list(section, outcome);
        List<String> all = new ArrayList<>();
        said.forEach(fact -> all.addAll(((Fact.Attributes) fact).words()));
        all.add(words);
        said.clear();
        said.add(new Fact.Attributes(List.copyOf(all)));
    }

    private List<Fact> list(String section, Outcome outcome) {
        return facts.computeIfAbsent(section, absent -> new LinkedHashMap<>())
                .computeIfAbsent(outcome, absent -> new ArrayList<>());
    }
}
