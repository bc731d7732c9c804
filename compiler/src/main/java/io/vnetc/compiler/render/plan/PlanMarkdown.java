// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.render.plan;

import io.vnetc.compiler.plan.Change.Outcome;
import io.vnetc.compiler.plan.Impact;
import io.vnetc.compiler.plan.Plan;
import io.vnetc.compiler.plan.Step;
import io.vnetc.compiler.plan.Summary;
import io.vnetc.compiler.state.KindTable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A plan for a comment in a review: what matters first, details folded, never longer than the comment may be. */
public final class PlanMarkdown {
    private final KindTable kinds;

    public PlanMarkdown(KindTable kinds) {
        this.kinds = kinds;
    }

    /**
     * GitHub flavoured Markdown.
     *
     * @param maxBytes of UTF-8; sections that do not fit are counted instead of shown. The headline is always there
     */
    public String render(Plan plan, int maxBytes) {
        StringBuilder text = new StringBuilder();
        text.append("### vnetc plan for ").append(escape(plan.host())).append("\n\n");
        if (plan.isEmpty()) {
            return text.append(escape(Words.nothing(plan.host()))).append('\n').toString();
        }
        Summary summary = Summary.of(plan);
        text.append("**").append(Words.counts(summary)).append(".** Guests: ");
        text.append(escape(Words.guests(summary))).append(".\n");
        List<String> parts = new ArrayList<>();
        if (!summary.guests().isEmpty()) {
            parts.add(impacts(plan));
        }
        if (!plan.notices().isEmpty()) {
            StringBuilder notices = new StringBuilder("\n");
            plan.notices()
                    .forEach(notice ->
                            notices.append("> ").append(escape(notice)).append("\n"));
            parts.add(notices.toString());
        }
        for (Section section : Outline.of(kinds, plan)) {
            parts.add(details(section));
        }
        fill(text, parts, maxBytes);
        return text.toString();
    }

    private static void fill(StringBuilder text, List<String> parts, int maxBytes) {
        // Room for the line that says what was left out.
        int room = maxBytes - bytes(text.toString()) - 100;
        int left = 0;
        for (String part : parts) {
            int size = bytes(part);
            if (left == 0 && size <= room) {
                text.append(part);
                room -= size;
            } else {
                left++;
            }
        }
        if (left > 0) {
            text.append("\n_").append(Difference.count(left, "more section"));
            text.append(" did not fit here; `vnetc show` prints the whole plan._\n");
        }
    }

    private static String impacts(Plan plan) {
        Set<String> rows = new LinkedHashSet<>();
        for (Step step : plan.steps()) {
            Impact impact = step.impact();
            for (String guest : impact.guests()) {
                rows.add("| " + escape(guest) + " | " + Words.name(impact.severity()) + " | " + escape(impact.why())
                        + " |\n");
            }
        }
        return "\n| guest | notices | because |\n|---|---|---|\n" + String.join("", rows);
    }

    private static String details(Section section) {
        StringBuilder diff = new StringBuilder();
        section.items().forEach(item -> item(item, diff));
        int fence = 3;
        while (diff.indexOf("`".repeat(fence)) >= 0) {
            fence++;
        }
        long count = section.items().stream().filter(Item::isWhole).count();
        String size = count == 0 ? "firewall" : Difference.count((int) count, "resource");
        return "\n<details><summary>" + escape(section.title()) + " (" + size + ")</summary>\n\n" + "`".repeat(fence)
                + "diff\n" + diff + "`".repeat(fence) + "\n</details>\n";
    }

    private static void item(Item item, StringBuilder diff) {
        // The first column is what a diff is coloured by.
        String mark = item.outcome() == Outcome.ADD ? "+" : item.outcome() == Outcome.REMOVE ? "-" : "!";
        diff.append(mark).append(' ').append(item.title());
        if (item.outcome() == Outcome.REPLACE) {
            diff.append(" (made again)");
        }
        diff.append(item.where().isEmpty() ? "" : "  # " + item.where()).append('\n');
        for (Fact fact : item.facts()) {
            if (fact instanceof Fact.Attributes attributes) {
                diff.append("    ")
                        .append(String.join(", ", attributes.words()))
                        .append('\n');
            } else if (fact instanceof Fact.Value value) {
                diff.append("    ").append(value.text()).append('\n');
            } else if (fact instanceof Fact.Note note) {
                diff.append("    ").append(note.text()).append('\n');
            } else if (fact instanceof Fact.Lines lines) {
                diff.append(lines.name().isEmpty() ? "" : "    " + lines.name() + "\n");
                lines.lines()
                        .forEach(line -> diff.append(line.startsWith("@") ? "@@" + line.substring(1) + " @@" : line)
                                .append('\n'));
            }
        }
        item.impacts()
                .forEach(
                        impact -> diff.append("! ").append(Words.impact(impact)).append('\n'));
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    /** The text as it is, in a paragraph, a table or a summary. */
    private static String escape(String text) {
        StringBuilder safe = new StringBuilder();
        for (char c : Printable.of(text).toCharArray()) {
            switch (c) {
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '&' -> safe.append("&amp;");
                case '@' -> safe.append("&#64;");
                case '\\', '`', '*', '_', '|', '[', ']', '~', '#', '!' ->
                    safe.append('\\').append(c);
                default -> safe.append(c);
            }
        }
        return safe.toString();
    }
}
