// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.kind;

import io.vnetc.compiler.state.Attributes;
import io.vnetc.compiler.state.MalformedStateException;
import io.vnetc.dsl.value.VlanProtocol;
import java.util.List;
import java.util.stream.Stream;

/**
 * How a bridge forwards, beyond the spanning tree's being on or off.
 *
 * @param stpPriority 0 to 65535; the bridge with the lowest becomes the root
 * @param multicastSnooping whether multicast goes only to those who asked for it
 * @param vlanFiltering whether it parts its ports by their VLANs
 * @param vlanProtocol of the tags that it reads and writes
 * @param timers how long it waits, beside its forward delay
 * @param hostVlans VLANs, 2 to 4094, whose frames the host gets as well, without their tag; sorted
 */
public record BridgeSwitching(
        int stpPriority,
        boolean multicastSnooping,
        boolean vlanFiltering,
        VlanProtocol vlanProtocol,
        Timers timers,
        List<Integer> hostVlans) {
    private static final int DEFAULT_PRIORITY = 32_768;

    /** As the kernel makes a bridge. */
    public static final BridgeSwitching DEFAULT =
            new BridgeSwitching(DEFAULT_PRIORITY, true, false, VlanProtocol.CUSTOMER, Timers.DEFAULT, List.of());

    /** One that reads and writes the usual tags, and waits as the kernel does by itself. */
    public BridgeSwitching(int stpPriority, boolean multicastSnooping, boolean vlanFiltering, List<Integer> hostVlans) {
        this(stpPriority, multicastSnooping, vlanFiltering, VlanProtocol.CUSTOMER, Timers.DEFAULT, hostVlans);
    }

    /**
     * Hundredths of a second, even, as {@link Bridge#forwardDelay}.
     *
     * @param hello between what the root of the spanning tree says
     * @param maxAge that what the root said holds
     * @param ageing that an address which was learned is kept
     */
    public record Timers(int hello, int maxAge, int ageing) {
        /** As the kernel makes a bridge. */
        public static final Timers DEFAULT = new Timers(200, 2_000, 30_000);
    }

    public BridgeSwitching {
        hostVlans = hostVlans.stream().sorted().distinct().toList();
    }

    /** Adds what is not as by default. */
    void describe(Attributes.Builder attributes) {
        if (stpPriority != DEFAULT_PRIORITY) {
            attributes.whole("stp-priority", stpPriority);
        }
        if (!multicastSnooping) {
            attributes.flag("multicast-snooping", false);
        }
        if (timers.hello != Timers.DEFAULT.hello) {
            attributes.whole("hello-time", timers.hello);
        }
        if (timers.maxAge != Timers.DEFAULT.maxAge) {
            attributes.whole("max-age", timers.maxAge);
        }
        if (timers.ageing != Timers.DEFAULT.ageing) {
            attributes.whole("ageing-time", timers.ageing);
        }
        attributes.flagIfOn("vlan-filtering", vlanFiltering);
        if (vlanProtocol != VlanProtocol.CUSTOMER) {
            attributes.text("vlan-protocol", vlanProtocol);
        }
        if (!hostVlans.isEmpty()) {
            attributes.lines(
                    "host-vlans", hostVlans.stream().map(String::valueOf).toList());
        }
    }

    /** The inverse of {@link #describe}. */
    static BridgeSwitching read(Attributes attributes) {
        return new BridgeSwitching(
                attributes
                        .optionalWhole("stp-priority")
                        .map(priority -> Read.between("stp-priority", priority, 0, 65_535))
                        .orElse(DEFAULT_PRIORITY),
                attributes.optionalFlag("multicast-snooping").orElse(true),
                attributes.optionalFlag("vlan-filtering").orElse(false),
                attributes
                        .optionalText("vlan-protocol")
                        .map(text -> Read.value(text, VlanProtocol::parse))
                        .orElse(VlanProtocol.CUSTOMER),
                new Timers(
                        time(attributes, "hello-time", Timers.DEFAULT.hello),
                        time(attributes, "max-age", Timers.DEFAULT.maxAge),
                        time(attributes, "ageing-time", Timers.DEFAULT.ageing)),
                attributes
                        .optionalLines("host-vlans")
                        .map(lines -> lines.stream().map(BridgeSwitching::vlan).toList())
                        .orElse(List.of()));
    }

    private static int time(Attributes attributes, String name, int absent) {
        return attributes
                .optionalWhole(name)
                .map(time -> Read.between(name, time, 0, Integer.MAX_VALUE))
                .orElse(absent);
    }

    private static int vlan(String text) {
        PortVlan vlan = PortVlan.parse(text);
        if (!vlan.equals(new PortVlan(vlan.first(), vlan.first(), false, false))) {
            throw new MalformedStateException("not one VLAN: " + text);
        }
        return vlan.first();
    }

    /** The options of ip(8) that are another, each with a space before it. */
    String options(BridgeSwitching old) {
        StringBuilder text = new StringBuilder();
        if (old.stpPriority != stpPriority) {
            text.append(" priority ").append(stpPriority);
        }
        if (old.multicastSnooping != multicastSnooping) {
            text.append(" mcast_snooping ").append(multicastSnooping ? 1 : 0);
        }
        append(text, " hello_time ", old.timers.hello, timers.hello);
        append(text, " max_age ", old.timers.maxAge, timers.maxAge);
        append(text, " ageing_time ", old.timers.ageing, timers.ageing);
        if (old.vlanProtocol != vlanProtocol) {
            text.append(" vlan_protocol ").append(vlanProtocol);
        }
        if (old.vlanFiltering != vlanFiltering) {
            text.append(" vlan_filtering ").append(vlanFiltering ? 1 : 0);
        }
        return text.toString();
    }

    private static void append(StringBuilder text, String word, int old, int now) {
        if (old != now) {
            text.append(word).append(now);
        }
    }

    /** The commands of bridge(8) for the VLANs of the host. */
    List<String> vlanCommands(BridgeSwitching old, String bridge) {
        return Stream.concat(
                        old.hostVlans.stream()
                                .filter(vlan -> !hostVlans.contains(vlan))
                                .map(vlan -> "bridge vlan del dev " + bridge + " vid " + vlan + " self"),
                        hostVlans.stream()
                                .filter(vlan -> !old.hostVlans.contains(vlan))
                                .map(vlan -> "bridge vlan add dev " + bridge + " vid " + vlan + " untagged self"))
                .toList();
    }
}
