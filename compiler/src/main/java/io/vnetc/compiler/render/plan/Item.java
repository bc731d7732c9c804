// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.render.plan;

import io.vnetc.compiler.plan.Change.Outcome;
import io.vnetc.compiler.plan.Impact;
import java.util.List;

/**
 * A resource of a plan, or the part of one that belongs to a section, as a view shows it.
 *
 * @param outcome what comes of it
 * @param title what it is
 * @param where the place in the source, or in brackets why there is none
 * @param facts about it
 * @param impacts on guests
 * @param isWhole whether it counts as a resource, not as a part of one
 */
record Item(Outcome outcome, String title, String where, List<Fact> facts, List<Impact> impacts, boolean isWhole) {
    String mark() {
        return switch (outcome) {
            case ADD -> "+";
            case CHANGE -> "~";
            case REPLACE -> "-/+";
            case REMOVE -> "-";
        };
    }
}
