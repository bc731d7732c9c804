// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.lower;

import io.vnetc.compiler.kind.ZoneMembership;
import io.vnetc.compiler.model.Forwarding;
import io.vnetc.compiler.model.Network;
import io.vnetc.compiler.plan.Conflict;
import io.vnetc.compiler.plan.Conflict.Reason;
import io.vnetc.compiler.state.Entry;
import io.vnetc.compiler.state.Firewalld;
import io.vnetc.dsl.scoping.Similar;
import io.vnetc.dsl.value.InterfaceName;
import io.vnetc.dsl.value.IpFamily;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The zones of firewalld that bridges are in. What firewalld refuses is refused whatever our own rules accept, and the
 * default zone of most hosts refuses guests nearly all: so a bridge goes where libvirt would put it, if that zone is
 * there.
 */
final class ZoneLowering {
    private static final String LIBVIRT = "libvirt";
    private static final String LIBVIRT_ROUTED = "libvirt-routed";

    private final Surroundings surroundings;
    private final List<String> notices;
    private final List<Conflict> conflicts;

    private ZoneLowering(Surroundings surroundings, List<String> notices, List<Conflict> conflicts) {
        this.surroundings = surroundings;
        this.notices = notices;
        this.conflicts = conflicts;
    }

    static List<Entry> lower(
            HostNetworks networks, Surroundings surroundings, List<String> notices, List<Conflict> conflicts) {
        ZoneLowering lowering = new ZoneLowering(surroundings, notices, conflicts);
        List<Entry> entries = new ArrayList<>();
        for (Network network : networks.ours()) {
            lowering.zone(network)
                    .map(zone -> new ZoneMembership(network.bridge().name(), network.owner(), zone))
                    .ifPresent(membership -> entries.add(Entry.owned(membership, network.origin())));
        }
        return entries;
    }

    /** The zone that is ours to put the bridge in. */
    private Optional<String> zone(Network network) {
        Optional<String> written = network.bridge().zone();
        if (surroundings.firewalld().isPresent()) {
            return zone(network, written, surroundings.firewalld().get());
        }
        if (surroundings.looked()) {
            written.ifPresent(zone -> conflict(
                    Reason.LACKING,
                    network,
                    zone,
                    "no firewalld runs in this network namespace",
                    "start it: systemctl start firewalld; or remove `zone`"));
            return Optional.empty();
        }
        return written;
    }

    private Optional<String> zone(Network network, Optional<String> written, Firewalld firewalld) {
        Optional<String> permanent = firewalld.permanentName(network.bridge().name());
        if (permanent.isPresent()) {
            written.ifPresent(zone -> compare(network, zone, permanent.get(), firewalld));
            return Optional.empty();
        }
        if (written.isPresent()) {
            return written.filter(zone -> exists(network, zone, firewalld));
        }
        Optional<String> usual = usual(network.forwarding())
                .filter(zone -> firewalld.zones().contains(zone))
                .findFirst();
        if (usual.isEmpty() && Stream.of(IpFamily.values()).anyMatch(family -> HostNetworks.speaks(network, family))) {
            notices.add("firewalld has the bridge " + network.bridge().name() + " in its default zone `"
                    + firewalld.defaultZone() + "`, which decides whether guests of network " + network.name()
                    + " get addresses and names, and what they reach: to choose one, write `zone trusted`, or another,"
                    + " in `bridge` (" + network.origin() + ")");
        }
        return usual;
    }

    /** Where libvirt puts a bridge of which nothing is said, the best first. */
    private static Stream<String> usual(Forwarding forwarding) {
        if (forwarding instanceof Forwarding.Routed) {
            return Stream.of(LIBVIRT_ROUTED, LIBVIRT);
        }
        return forwarding instanceof Forwarding.Nat || forwarding instanceof Forwarding.Isolated
                ? Stream.of(LIBVIRT)
                : Stream.empty();
    }

    private boolean exists(Network network, String zone, Firewalld firewalld) {
        boolean exists = firewalld.zones().contains(zone);
        if (!exists) {
            conflict(
                    Reason.LACKING,
                    network,
                    zone,
                    "firewalld has no such zone",
                    Similar.to(zone, firewalld.zones())
                                    .map(similar -> "did you mean `" + similar + "`? It has: ")
                                    .orElse("choose one that it has: ")
                            + String.join(", ", firewalld.zones())
                            + "; or make it: firewall-cmd --permanent --new-zone=" + zone
                            + " && firewall-cmd --reload");
        }
        return exists;
    }

    private void compare(Network network, String zone, String name, Firewalld firewalld) {
        String there = firewalld.permanent().get(name);
        if (!zone.equals(there)) {
            conflict(
                    Reason.FOREIGN,
                    network,
                    zone,
                    "firewalld's permanent configuration, which vnetc does not write, has `" + name + "` in `" + there
                            + "`",
                    "write `zone " + there + "`; or have it removed there: firewall-cmd --permanent --zone=" + there
                            + " --remove-interface=" + name + " && firewall-cmd --reload");
        }
    }

    private void conflict(Reason reason, Network network, String zone, String because, String remedy) {
        InterfaceName bridge = network.bridge().name();
        conflicts.add(new Conflict(
                reason,
                "the bridge " + bridge + " is to be in the firewalld zone `" + zone + "`, and " + because,
                remedy,
                Optional.of(network.origin())));
    }
}
