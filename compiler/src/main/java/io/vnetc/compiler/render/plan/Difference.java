// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.render.plan;

import io.vnetc.compiler.state.AttributeValue;
import io.vnetc.compiler.state.AttributeValue.Flag;
import io.vnetc.compiler.state.AttributeValue.Lines;
import io.vnetc.compiler.state.Attributes;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What is new or different in attributes. */
final class Difference {
    private static final int MOST_INLINE = 48;

    private Difference() {}

    /** What is to be said of something new, but for what {@code said} says already. */
    static List<Fact> ofNew(Attributes attributes, String said) {
        List<String> words = new ArrayList<>();
        attributes.values().forEach((name, value) -> describe(name, value, said).ifPresent(words::add));
        return words.isEmpty() ? List.of() : List.of(new Fact.Attributes(words));
    }

    private static Optional<String> describe(String name, AttributeValue value, String said) {
        if (value instanceof Flag flag) {
            return Optional.of(flag.on() ? name : "no " + name);
        }
        if (value instanceof Lines lines) {
            String joined = String.join(", ", lines.lines());
            return lines.lines().isEmpty()
                    ? Optional.empty()
                    : Optional.of(
                            lines.lines().size() <= 3 && joined.length() <= MOST_INLINE
                                    ? name + " " + Printable.of(joined)
                                    : name + " of " + count(lines.lines().size(), "line"));
        }
        if (value instanceof Attributes group) {
            return group.values().isEmpty()
                    ? Optional.empty()
                    : Optional.of(count(group.values().size(), name.replaceFirst("s$", "")));
        }
        String text = Printable.of(value.toString());
        boolean known = name.equals("owner") || List.of(said.split(" ", -1)).contains(text);
        return known ? Optional.empty() : Optional.of(name.equals("value") ? text : name + " " + text);
    }

    static String count(int number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }

    /** What is different; {@code prefix} goes before the names. */
    static List<Fact> of(String prefix, Attributes before, Attributes after) {
        List<Fact> facts = new ArrayList<>();
        Set<String> names = new LinkedHashSet<>(after.values().keySet());
        names.addAll(before.values().keySet());
        for (String name : names) {
            AttributeValue old = before.values().get(name);
            AttributeValue now = after.values().get(name);
            if (now != null && now.equals(old)) {
                continue;
            }
            if (old instanceof Attributes || now instanceof Attributes) {
                facts.addAll(of(prefix + name + " ", group(old), group(now)));
            } else if (old instanceof Lines || now instanceof Lines) {
                facts.add(new Fact.Lines(prefix + Printable.of(name), LineDifference.of(lines(old), lines(now))));
            } else {
                facts.add(new Fact.Value(
                        prefix + (name.equals("value") ? "" : name), scalar(old, now), scalar(now, old)));
            }
        }
        return facts;
    }

    private static Attributes group(AttributeValue value) {
        return value instanceof Attributes group ? group : Attributes.builder().build();
    }

    static List<String> lines(AttributeValue value) {
        return value instanceof Lines lines ? lines.lines() : List.of();
    }

    /** A flag that is left out is the other way round than where it is said. */
    private static String scalar(AttributeValue value, AttributeValue other) {
        if (value == null) {
            return other instanceof AttributeValue.Flag flag ? new AttributeValue.Flag(!flag.on()).toString() : "none";
        }
        return Printable.of(value.toString());
    }
}
