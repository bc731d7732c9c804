// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.render.plan;

import io.vnetc.compiler.plan.Impact;
import io.vnetc.compiler.plan.Summary;
import io.vnetc.compiler.state.Effect.Severity;
import java.util.ArrayList;
import java.util.List;

/** Sentences that all views share. */
final class Words {
    private Words() {}

    /** As "12 to add, 1 to change, 0 to remove". */
    static String counts(Summary summary) {
        return summary.add() + " to add, " + summary.change() + " to change, "
                + (summary.replace() > 0 ? summary.replace() + " to make again, " : "") + summary.remove()
                + " to remove";
    }

    /** As "outage for web, brief interruption for db", or "none notices". */
    static String guests(Summary summary) {
        List<String> parts = new ArrayList<>();
        for (Severity severity : List.of(Severity.OUTAGE, Severity.BRIEF)) {
            List<String> guests = summary.guestsWith(severity);
            if (!guests.isEmpty()) {
                parts.add(name(severity) + " for " + Printable.of(String.join(", ", guests)));
            }
        }
        return parts.isEmpty() ? "none notices" : String.join("; ", parts);
    }

    /** As "outage for web: its tap is made again". */
    static String impact(Impact impact) {
        return name(impact.severity()) + " for " + Printable.of(String.join(", ", impact.guests())) + ": "
                + Printable.of(impact.why());
    }

    static String name(Severity severity) {
        return switch (severity) {
            case NONE -> "nothing";
            case BRIEF -> "brief interruption";
            case OUTAGE -> "outage";
        };
    }

    static String nothing(String host) {
        return "Nothing to do: " + Printable.of(host) + " is as the source says.";
    }
}
