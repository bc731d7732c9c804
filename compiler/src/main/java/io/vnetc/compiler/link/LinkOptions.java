// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.link;

import io.vnetc.dsl.value.IpAddress;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How a link is set, of what its type has: all that means anything there, and nothing else, so that two are equal where
 * the kernel does the same with both.
 *
 * @param values of each setting, by its name, the number in the kernel
 * @param arpTargets whom a bond asks by ARP whether its links are well
 */
public record LinkOptions(SortedMap<String, Long> values, List<IpAddress> arpTargets) {
    /** Of a link that has no settings. */
    public static final LinkOptions NONE = new LinkOptions(new TreeMap<>(), List.of());

    public LinkOptions {
        values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
        arpTargets = List.copyOf(arpTargets);
    }

    /** What was said of a link of this type, with what it is where nothing was said. */
    public static LinkOptions of(LinkType type, Map<String, Long> said, List<IpAddress> arpTargets) {
        SortedMap<String, Long> values = new TreeMap<>();
        for (LinkOption option : type.options()) {
            Long value = said.containsKey(option.name())
                    ? said.get(option.name())
                    : option.usual().orElse(null);
            if (value != null && meansAnything(option, values)) {
                values.put(option.name(), value);
            }
        }
        return new LinkOptions(values, values.getOrDefault("arp-interval", 0L) == 0 ? List.of() : arpTargets);
    }

    /** Whether a setting means anything beside those that stand before it in the table. */
    public static boolean meansAnything(LinkOption option, Map<String, Long> before) {
        return option.condition()
                .filter(condition ->
                        !before.containsKey(condition.option()) || !condition.holds(before.get(condition.option())))
                .isEmpty();
    }

    /** Whether a link of the type can become so as it stands. */
    public boolean changesInPlace(LinkType type, LinkOptions after) {
        return type.options().stream()
                .filter(option -> option.place() == LinkOption.Place.MADE_AGAIN)
                .allMatch(
                        option -> java.util.Objects.equals(values.get(option.name()), after.values.get(option.name())));
    }

    /** The words of ip-link(8) for what is not as it was. */
    public String words(LinkType type, LinkOptions before) {
        StringBuilder words = new StringBuilder();
        for (LinkOption option : type.options()) {
            Long value = values.get(option.name());
            if (value != null && !value.equals(before.values.get(option.name()))) {
                words.append(' ').append(option.ip()).append(' ').append(option.ip(value));
            }
        }
        if (!arpTargets.equals(before.arpTargets)) {
            words.append(" arp_ip_target ")
                    .append(String.join(
                            ",", arpTargets.stream().map(IpAddress::toString).toList()));
        }
        return words.toString();
    }
}
