// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.plan;

import io.vnetc.compiler.state.Effect.Severity;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A plan in numbers.
 *
 * @param add resources that are made
 * @param change resources that are changed in place
 * @param replace resources that are taken away and made again
 * @param remove resources that are taken away
 * @param guests those that run and notice, with the worst that they notice
 */
public record Summary(int add, int change, int replace, int remove, TreeMap<String, Severity> guests) {
    /** Counts a plan. */
    public static Summary of(Plan plan) {
        Map<Change.Outcome, Integer> counts = new EnumMap<>(Change.Outcome.class);
        for (Change change : Change.of(plan)) {
            counts.merge(change.outcome(), 1, Integer::sum);
        }
        TreeMap<String, Severity> guests = new TreeMap<>();
        for (Step step : plan.steps()) {
            for (String guest : step.impact().guests()) {
                guests.merge(guest, step.impact().severity(), (one, other) -> one.compareTo(other) > 0 ? one : other);
            }
        }
        return new Summary(
                counts.getOrDefault(Change.Outcome.ADD, 0),
                counts.getOrDefault(Change.Outcome.CHANGE, 0),
                counts.getOrDefault(Change.Outcome.REPLACE, 0),
                counts.getOrDefault(Change.Outcome.REMOVE, 0),
                guests);
    }

    /** The guests that notice just this, sorted. */
    public List<String> guestsWith(Severity severity) {
        return guests.entrySet().stream()
                .filter(guest -> guest.getValue() == severity)
                .map(Map.Entry::getKey)
                .toList();
    }

    /** The worst that any guest notices. */
    public Severity worst() {
        return guests.values().stream().max(Severity::compareTo).orElse(Severity.NONE);
    }
}
