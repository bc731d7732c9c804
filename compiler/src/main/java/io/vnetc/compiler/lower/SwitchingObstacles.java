// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.lower;

import io.vnetc.compiler.model.Attachment;
import io.vnetc.compiler.model.Network;
import io.vnetc.compiler.model.Nic;
import io.vnetc.compiler.model.Switching;
import io.vnetc.compiler.model.Vlan;
import io.vnetc.compiler.plan.Conflict;
import io.vnetc.compiler.state.HostFacts.Feature;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What networks want of bridges that a host cannot do: each is named once, before anything is touched. */
final class SwitchingObstacles {
    private final Surroundings surroundings;
    private final List<String> notices;
    private final List<Conflict> conflicts;
    private final Set<String> withoutVlans = new HashSet<>();

    SwitchingObstacles(Surroundings surroundings, List<String> notices, List<Conflict> conflicts) {
        this.surroundings = surroundings;
        this.notices = notices;
        this.conflicts = conflicts;
    }

    /** Such a kernel takes the tags of a provider without a word, and sets nothing. */
    void vlanProtocol(Network network) {
        if (network.bridge().switching().vlanProtocol() != Switching.DEFAULT.vlanProtocol()
                && surroundings.looked()
                && !surroundings.features().contains(Feature.BRIDGE_VLANS)
                && withoutVlans.add(network.name())) {
            conflicts.add(new Conflict(
                    Conflict.Reason.LACKING,
                    "this kernel's bridges know no VLANs (CONFIG_BRIDGE_VLAN_FILTERING), and the bridge of `"
                            + network.name() + "` is to have the tags of "
                            + network.bridge().switching().vlanProtocol(),
                    "boot a kernel that has them, as every distribution's own has; or remove `vlan-protocol`",
                    Optional.of(network.origin())));
        }
    }

    /** Without VLANs in the kernel all ports of a bridge would be in all of them. */
    void vlans(Network network, Nic nic) {
        if (surroundings.looked()
                && !surroundings.features().contains(Feature.BRIDGE_VLANS)
                && withoutVlans.add(network.name())) {
            conflicts.add(new Conflict(
                    Conflict.Reason.LACKING,
                    "this kernel's bridges know no VLANs (CONFIG_BRIDGE_VLAN_FILTERING), and guests of the network `"
                            + network.name() + "` have VLANs",
                    "boot a kernel that has them, as every distribution's own has; or keep the guests apart without"
                            + " VLANs: one network each, or `isolated`",
                    Optional.of(nic.origin())));
        }
    }

    /** The bridges of other switches than Linux have no ports in the kernel's sense, and are asked in words of their own. */
    void tap(Nic nic) {
        virtualport(nic, "tap", "plugs nothing into a bridge of that kind yet");
    }

    /** What a macvtap would have to be told, and is not yet: better no guest than one in the wrong VLAN or profile. */
    void macvtap(Nic nic) {
        virtualport(nic, "macvtap", "speaks to no switch yet");
        nic.port()
                .vlan()
                .ifPresent(vlan -> notYet(nic, "macvtap", "has a VLAN", "sets none on a link of the host yet"));
        if (nic.port().trustFilters().orElse(false)) {
            notYet(nic, "macvtap", "is to be trusted with its filters", "does not take filters over from guests yet");
        }
    }

    /** What the card would have to be told of a function, and is not yet. */
    void function(Nic nic, Attachment.Function function) {
        StringBuilder wish = new StringBuilder(
                "is " + function.member() + " of the pool `" + function.pool() + "`, with the address " + nic.mac());
        nic.port()
                .vlan()
                .flatMap(Vlan::untagged)
                .ifPresent(vlan -> wish.append(", the VLAN ").append(vlan));
        function.rate().ifPresent(rate -> wish.append(", a rate of ").append(rate));
        function.spoofCheck().ifPresent(check -> wish.append(", spoof check ").append(check ? "on" : "off"));
        nic.port().trustFilters().ifPresent(trust -> wish.append(trust ? ", trusted" : ", not trusted"));
        refuse(
                nic,
                "`" + nic.guest() + "." + nic.name() + "` " + wish + ", and vnetc sets up no functions of cards yet",
                "plug the guest into a network, or set up the device yourself and start the guest with"
                        + " -device vfio-pci");
    }

    private void virtualport(Nic nic, String end, String because) {
        nic.port()
                .virtualport()
                .filter(port -> !port.type().equals("any"))
                .ifPresent(port -> notYet(nic, end, "has a virtualport `" + port.type() + "`", because));
    }

    private void notYet(Nic nic, String end, String wish, String because) {
        refuse(
                nic,
                "the " + end + " of `" + nic.guest() + "." + nic.name() + "` " + wish + ", and vnetc " + because,
                "remove it from the NIC, its portgroup or its network");
    }

    private void refuse(Nic nic, String guest, String remedy) {
        if (!surroundings.looked()) {
            notices.add(guest + ": that is refused when it is applied (" + nic.origin() + ")");
            return;
        }
        conflicts.add(new Conflict(Conflict.Reason.LACKING, guest, remedy, Optional.of(nic.origin())));
    }
}
