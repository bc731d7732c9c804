// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.kind;

import io.vnetc.compiler.model.PortOption;
import io.vnetc.compiler.state.Attributes;
import io.vnetc.dsl.value.InterfaceName;
import io.vnetc.dsl.value.MacAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is set for a link as a port of its bridge; a link that leaves its bridge loses all of it.
 *
 * @param isolated whether it reaches no other isolated port
 * @param hairpin whether a frame may leave by the port that it came in by
 * @param learning whether source addresses are learned on it
 * @param flood whether unicast to addresses that are not known is sent to it
 * @param cost 1 to 65535, of the spanning tree
 * @param priority 0 to 63, of the spanning tree
 * @param vlans canonical ({@link PortVlan#canonical})
 * @param options that are on
 * @param macs that are known to be behind it and are never learned, sorted
 */
public record BridgePort(
        boolean isolated,
        boolean hairpin,
        boolean learning,
        boolean flood,
        int cost,
        int priority,
        List<PortVlan> vlans,
        SortedSet<PortOption> options,
        List<MacAddress> macs) {
    /** What Linux gives a port of 10 Gbit/s, which is what a tap says that it has. */
    public static final int DEFAULT_COST = 2;

    /** {@code BR_DEFAULT_PRIORITY} of net/bridge/br_private_stp.h, in the units of a port. */
    public static final int DEFAULT_PRIORITY = 32;

    private static final List<PortVlan> DEFAULT_VLANS = List.of(PortVlan.DEFAULT);

    /** A tap that has just become a port. */
    public static final BridgePort DEFAULT =
            new BridgePort(false, false, true, true, DEFAULT_COST, DEFAULT_PRIORITY, DEFAULT_VLANS, List.of());

    /** A port of which no option is on. */
    public BridgePort(
            boolean isolated,
            boolean hairpin,
            boolean learning,
            boolean flood,
            int cost,
            int priority,
            List<PortVlan> vlans,
            List<MacAddress> macs) {
        this(isolated, hairpin, learning, flood, cost, priority, vlans, new TreeSet<>(), macs);
    }

    public BridgePort {
        vlans = PortVlan.canonical(vlans);
        options = Collections.unmodifiableSortedSet(new TreeSet<>(options));
        macs = macs.stream().sorted().distinct().toList();
    }

    /** Whether it is in other VLANs than a port where nothing is said. */
    public boolean hasVlans() {
        return !vlans.equals(DEFAULT_VLANS);
    }

    /** A port that is so but for its VLANs. */
    public BridgePort withVlans(List<PortVlan> others) {
        return new BridgePort(isolated, hairpin, learning, flood, cost, priority, others, options, macs);
    }

    /** A port that is so but for the addresses behind it. */
    public BridgePort withMacs(List<MacAddress> others) {
        return new BridgePort(isolated, hairpin, learning, flood, cost, priority, vlans, options, others);
    }

    /** Adds what is not as by default. */
    void describe(Attributes.Builder attributes) {
        attributes.flagIfOn("isolated", isolated).flagIfOn("hairpin", hairpin);
        if (!learning) {
            attributes.flag("learning", false);
        }
        if (!flood) {
            attributes.flag("flood", false);
        }
        if (cost != DEFAULT_COST) {
            attributes.whole("cost", cost);
        }
        if (priority != DEFAULT_PRIORITY) {
            attributes.whole("port-priority", priority);
        }
        options.forEach(option -> attributes.flag(option.word(), true));
        if (hasVlans()) {
            attributes.lines("vlans", vlans.stream().map(PortVlan::toString).toList());
        }
        if (!macs.isEmpty()) {
            attributes.lines("macs", macs.stream().map(MacAddress::toString).toList());
        }
    }

    /** The inverse of {@link #describe}. */
    static BridgePort read(Attributes attributes) {
        return new BridgePort(
                attributes.optionalFlag("isolated").orElse(false),
                attributes.optionalFlag("hairpin").orElse(false),
                attributes.optionalFlag("learning").orElse(true),
                attributes.optionalFlag("flood").orElse(true),
                attributes
                        .optionalWhole("cost")
                        .map(cost -> Read.between("cost", cost, 1, 65_535))
                        .orElse(DEFAULT_COST),
                attributes
                        .optionalWhole("port-priority")
                        .map(priority -> Read.between("port-priority", priority, 0, 63))
                        .orElse(DEFAULT_PRIORITY),
                attributes
                        .optionalLines("vlans")
                        .map(lines -> lines.stream().map(PortVlan::parse).toList())
                        .orElse(DEFAULT_VLANS),
                Stream.of(PortOption.values())
                        .filter(option -> attributes.optionalFlag(option.word()).orElse(false))
                        .collect(Collectors.toCollection(TreeSet::new)),
                attributes
                        .optionalLines("macs")
                        .map(lines -> lines.stream()
                                .map(line -> Read.value(line, MacAddress::parse))
                                .toList())
                        .orElse(List.of()));
    }

    /** The commands of bridge(8) that take the port from {@code old}, or from a fresh one, to {@code now}. */
    static List<String> commands(InterfaceName link, BridgePort old, BridgePort now) {
        StringBuilder options = new StringBuilder();
        append(options, " isolated ", old.isolated, now.isolated);
        append(options, " hairpin ", old.hairpin, now.hairpin);
        append(options, " learning ", old.learning, now.learning);
        append(options, " flood ", old.flood, now.flood);
        for (PortOption option : PortOption.values()) {
            append(
                    options,
                    " " + option.bridgeWord() + " ",
                    old.options.contains(option),
                    now.options.contains(option));
        }
        if (old.cost != now.cost) {
            options.append(" cost ").append(now.cost);
        }
        if (old.priority != now.priority) {
            options.append(" priority ").append(now.priority);
        }
        List<String> lines = new ArrayList<>();
        old.vlans.stream()
                .filter(vlan -> !now.vlans.contains(vlan))
                .forEach(vlan -> lines.add("bridge vlan del dev " + link + " vid " + range(vlan)));
        now.vlans.stream()
                .filter(vlan -> !old.vlans.contains(vlan))
                .forEach(vlan -> lines.add("bridge vlan add dev " + link + " vid " + vlan));
        old.macs.stream()
                .filter(mac -> !now.macs.contains(mac))
                .forEach(mac -> lines.add("bridge fdb del " + mac + " dev " + link + " master"));
        now.macs.stream()
                .filter(mac -> !old.macs.contains(mac) || !old.vlans.equals(now.vlans))
                .forEach(mac -> lines.add("bridge fdb replace " + mac + " dev " + link + " master static"));
        if (!options.isEmpty()) {
            lines.add("bridge link set dev " + link + options);
        }
        return lines;
    }

    private static String range(PortVlan vlan) {
        return vlan.first() + (vlan.first() == vlan.last() ? "" : "-" + vlan.last());
    }

    private static void append(StringBuilder text, String word, boolean old, boolean now) {
        if (old != now) {
            text.append(word).append(now ? "on" : "off");
        }
    }

    /** The VLANs that a guest behind it is no longer in, as a plan says it. */
    static Optional<String> left(BridgePort old, BridgePort now) {
        List<PortVlan> gone = old.vlans.stream()
                .filter(vlan -> now.vlans.stream()
                        .noneMatch(other -> other.first() <= vlan.first()
                                && vlan.last() <= other.last()
                                && other.pvid() == vlan.pvid()
                                && other.untagged() == vlan.untagged()))
                .toList();
        return gone.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        String.join(", ", gone.stream().map(BridgePort::range).toList()));
    }
}
