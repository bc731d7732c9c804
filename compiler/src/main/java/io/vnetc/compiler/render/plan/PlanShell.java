// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.render.plan;

import io.vnetc.compiler.plan.Impact;
import io.vnetc.compiler.plan.Plan;
import io.vnetc.compiler.plan.Step;
import io.vnetc.compiler.plan.Summary;
import io.vnetc.compiler.state.KindTable;
import java.util.List;
import java.util.Locale;

/** A plan as the commands that would do the same, to be read. */
public final class PlanShell {
    private final KindTable kinds;

    public PlanShell(KindTable kinds) {
        this.kinds = kinds;
    }

    /** A shell script, with a comment above the commands of each step. */
    public String render(Plan plan) {
        StringBuilder text = new StringBuilder();
        comment(plan.isEmpty() ? Words.nothing(plan.host()) : "Plan: " + Words.counts(Summary.of(plan)) + ".", text);
        if (!plan.isEmpty()) {
            comment("To be read: run as a script, it stops half-way at the first error. `vnetc apply` does not.", text);
        }
        plan.notices().forEach(notice -> comment("Note: " + notice, text));
        for (Step step : plan.steps()) {
            text.append('\n');
            comment(
                    step.action().name().toLowerCase(Locale.ROOT) + " " + step.address()
                            + step.origin().map(origin -> "  (" + origin + ")").orElse(""),
                    text);
            Impact impact = step.impact();
            if (!impact.guests().isEmpty()) {
                comment(Words.impact(impact), text);
            }
            List<String> commands = kinds.commands(step.before(), step.after());
            commands.forEach(command -> text.append(Printable.of(command)).append('\n'));
        }
        return text.toString();
    }

    private static void comment(String words, StringBuilder text) {
        text.append("# ").append(Printable.of(words)).append('\n');
    }
}
