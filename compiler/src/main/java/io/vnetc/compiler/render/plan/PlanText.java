// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.render.plan;

import io.vnetc.compiler.plan.Change.Outcome;
import io.vnetc.compiler.plan.Impact;
import io.vnetc.compiler.plan.Plan;
import io.vnetc.compiler.plan.Summary;
import io.vnetc.compiler.state.Effect.Severity;
import io.vnetc.compiler.state.KindTable;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A plan for a person at a terminal of 80 columns. */
public final class PlanText {
    private static final int WIDTH = 80;
    /** A plan of more resources says of a new one only that it is new. */
    private static final int MOST_DETAILED = 120;

    private final KindTable kinds;
    private final boolean coloured;

    /** @param coloured whether to paint it; a pipe and a file want no colour */
    public PlanText(KindTable kinds, boolean coloured) {
        this.kinds = kinds;
        this.coloured = coloured;
    }

    /** Lines with an end of line each. */
    public String render(Plan plan) {
        StringBuilder text = new StringBuilder();
        if (plan.isEmpty()) {
            text.append(Words.nothing(plan.host())).append('\n');
        } else {
            Summary summary = Summary.of(plan);
            boolean brief = summary.add() + summary.change() + summary.replace() + summary.remove() > MOST_DETAILED;
            for (Section section : Outline.of(kinds, plan)) {
                section(section, brief, text);
            }
            String counts = Words.counts(summary) + ".";
            String guests = "Guests: " + Words.guests(summary) + ".";
            text.append(Paint.BOLD.on("Plan:", coloured)).append(' ').append(counts);
            text.append(7 + counts.length() + guests.length() > WIDTH ? '\n' : ' ');
            impact(guests, "", summary.worst(), text);
        }
        for (String notice : plan.notices()) {
            wrap(List.of(("Note: " + Printable.of(notice)).split(" ", -1)), " ", "", "  ", text);
        }
        return text.toString();
    }

    private void section(Section section, boolean brief, StringBuilder text) {
        text.append(Paint.BOLD.on(Printable.of(section.title()), coloured));
        if (brief) {
            long whole = section.items().stream().filter(Item::isWhole).count();
            text.append(Paint.DIM.on(" · " + Difference.count((int) whole, "resource"), coloured));
        }
        text.append('\n');
        Map<Impact, Impact> joined = joined(section);
        for (Item item : section.items()) {
            item(item, brief, text);
            item.impacts().stream()
                    .filter(impact -> !joined.containsKey(impact))
                    .forEach(impact -> impact("! " + Words.impact(impact), "    ", impact.severity(), text));
        }
        new LinkedHashSet<>(joined.values())
                .forEach(impact -> impact("! " + Words.impact(impact), "  ", impact.severity(), text));
        text.append('\n');
    }

    /** Impacts that differ only in why, each with the one that says it all. */
    private static Map<Impact, Impact> joined(Section section) {
        Map<List<Object>, Set<Impact>> alike = new LinkedHashMap<>();
        for (Item item : section.items()) {
            for (Impact impact : item.impacts()) {
                alike.computeIfAbsent(List.of(impact.severity(), impact.guests()), absent -> new LinkedHashSet<>())
                        .add(impact);
            }
        }
        Map<Impact, Impact> joined = new LinkedHashMap<>();
        for (Set<Impact> impacts : alike.values()) {
            if (impacts.size() > 1) {
                Impact first = impacts.iterator().next();
                String why = String.join("; ", impacts.stream().map(Impact::why).toList());
                Impact all = new Impact(first.severity(), first.guests(), why);
                impacts.forEach(impact -> joined.put(impact, all));
            }
        }
        return joined;
    }

    private void item(Item item, boolean brief, StringBuilder text) {
        String mark = " ".repeat(3 - item.mark().length()) + item.mark();
        int length = mark.length() + 1 + item.title().length();
        Optional<String> inline = inline(item, brief)
                .filter(it -> length
                                + 2
                                + it.length()
                                + (item.where().isEmpty() ? 0 : 2 + item.where().length())
                        <= WIDTH);
        text.append(paint(item.outcome()).on(mark, coloured)).append(' ').append(item.title());
        inline.ifPresent(it -> text.append("  ").append(it));
        if (!item.where().isEmpty()) {
            int gap = WIDTH
                    - length
                    - inline.map(it -> 2 + it.length()).orElse(0)
                    - item.where().length();
            text.append(
                    gap >= 2
                            ? " ".repeat(gap)
                            : "\n" + " ".repeat(Math.max(6, WIDTH - item.where().length())));
            text.append(Paint.DIM.on(item.where(), coloured));
        }
        text.append('\n');
        for (Fact fact :
                item.facts().subList(inline.isPresent() ? 1 : 0, item.facts().size())) {
            if (!(brief && (fact instanceof Fact.Attributes || fact instanceof Fact.Note))) {
                fact(fact, text);
            }
        }
    }

    /** A first fact that is short enough to stand on the line of the thing itself. */
    private static Optional<String> inline(Item item, boolean brief) {
        long values = item.facts().stream().filter(Fact.Value.class::isInstance).count();
        if (values == 1 && item.facts().get(0) instanceof Fact.Value value) {
            return Optional.of(value.text());
        }
        return !brief
                        && item.facts().size() == 1
                        && item.facts().get(0) instanceof Fact.Attributes attributes
                        && attributes.words().size() == 1
                ? Optional.of(attributes.words().get(0))
                : Optional.empty();
    }

    private void impact(String words, String indent, Severity severity, StringBuilder text) {
        StringBuilder lines = new StringBuilder();
        wrap(List.of(words.split(" ", -1)), " ", indent, indent.isEmpty() ? "" : indent + "  ", lines);
        lines.toString()
                .lines()
                .forEach(line -> text.append(paint(line, severity)).append('\n'));
    }

    private String paint(String line, Severity severity) {
        return switch (severity) {
            case NONE -> line;
            case BRIEF -> Paint.YELLOW.on(line, coloured);
            case OUTAGE -> Paint.ALARM.on(line, coloured);
        };
    }

    private void fact(Fact fact, StringBuilder text) {
        if (fact instanceof Fact.Attributes attributes) {
            wrap(attributes.words(), ", ", "      ", "      ", text);
        } else if (fact instanceof Fact.Value value) {
            text.append("      ").append(value.text()).append('\n');
        } else if (fact instanceof Fact.Note note) {
            wrap(List.of(note.text().split(" ", -1)), " ", "      ", "      ", text);
        } else if (fact instanceof Fact.Lines lines) {
            if (!lines.name().isEmpty()) {
                text.append("      ").append(lines.name()).append('\n');
            }
            for (String line : lines.lines()) {
                String shown =
                        line.startsWith("@") ? "…" + line.substring(1) : line.charAt(0) + " " + line.substring(1);
                text.append("        ").append(paint(shown, line.charAt(0))).append('\n');
            }
        }
    }

    /** Puts words on lines of at most 80 columns; one that is longer than a line stays whole. */
    private static void wrap(List<String> words, String between, String first, String indent, StringBuilder text) {
        StringBuilder line = new StringBuilder(first);
        boolean empty = true;
        for (String word : words) {
            String ending = between.stripTrailing();
            if (!empty && line.length() + between.length() + word.length() + ending.length() > WIDTH) {
                text.append(line).append(ending).append('\n');
                line = new StringBuilder(indent);
                empty = true;
            }
            line.append(empty ? "" : between).append(word);
            empty = false;
        }
        text.append(line).append('\n');
    }

    private static Paint paint(Outcome outcome) {
        return switch (outcome) {
            case ADD -> Paint.GREEN;
            case CHANGE -> Paint.YELLOW;
            case REPLACE -> Paint.MAGENTA;
            case REMOVE -> Paint.RED;
        };
    }

    private String paint(String line, char mark) {
        return switch (mark) {
            case '+' -> Paint.GREEN.on(line, coloured);
            case '-' -> Paint.RED.on(line, coloured);
            case '@' -> Paint.CYAN.on(line, coloured);
            default -> line;
        };
    }
}
