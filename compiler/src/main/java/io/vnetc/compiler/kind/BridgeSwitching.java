// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.kind;

import io.vnetc.compiler.state.Attributes;
import io.vnetc.compiler.state.MalformedStateException;
import java.util.List;
import java.util.stream.Stream;

/**
 * How a bridge forwards, beyond the spanning tree's being on or off.
 *
 * @param stpPriority 0 to 65535; the bridge with the lowest becomes the root
 * @param multicastSnooping whether multicast goes only to those who asked for it
 * @param vlanFiltering whether it parts its ports by their VLANs
 * @param hostVlans VLANs, 2 to 4094, whose frames the host gets as well, without their tag; sorted
 */
public record BridgeSwitching(
        int stpPriority, boolean multicastSnooping, boolean vlanFiltering, List<Integer> hostVlans) {
    private static final int DEFAULT_PRIORITY = 32_768;

    /** As the kernel makes a bridge. */
    public static final BridgeSwitching DEFAULT = new BridgeSwitching(DEFAULT_PRIORITY, true, false, List.of());

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
        attributes.flagIfOn("vlan-filtering", vlanFiltering);
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
                        .optionalLines("host-vlans")
                        .map(lines -> lines.stream().map(BridgeSwitching::vlan).toList())
                        .orElse(List.of()));
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
        if (old.vlanFiltering != vlanFiltering) {
            text.append(" vlan_filtering ").append(vlanFiltering ? 1 : 0);
        }
        return text.toString();
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
