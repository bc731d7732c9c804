// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.resolve;

import static io.vnetc.compiler.resolve.Resolution.only;

import io.vnetc.compiler.model.PortSettings;
import io.vnetc.compiler.model.Portgroup;
import io.vnetc.compiler.model.Ports;
import io.vnetc.compiler.model.Qos;
import io.vnetc.dsl.diagnostic.Diagnostic;
import io.vnetc.dsl.diagnostic.DiagnosticCode;
import io.vnetc.dsl.vnet.Network;
import io.vnetc.dsl.vnet.Nic;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The ports of a network: what is set for all of them, its portgroups, and what a NIC has of both. */
final class PortsResolver {
    private final Resolution resolution;
    private final PortResolver ports;
    private final QosResolver qos;

    PortsResolver(Resolution resolution) {
        this.resolution = resolution;
        this.ports = new PortResolver(resolution);
        this.qos = new QosResolver(resolution);
    }

    /** What a network has for its guests. */
    Ports of(Network network) {
        Segment segment = Segment.of(network);
        PortSettings general = ports.resolve(network, segment);
        List<Portgroup> groups = new ArrayList<>();
        for (io.vnetc.dsl.vnet.Portgroup group : network.getPortgroups()) {
            PortSettings own = ports.resolve(group, segment);
            // Only to see whether they contradict each other, once and not for each NIC.
            ports.merge(group, own, general, describe(network));
            groups.add(new Portgroup(
                    group.getName(),
                    group.isDefault(),
                    own,
                    only(group.getQos()).flatMap(qos::resolve),
                    resolution.origin(group)));
        }
        checkDefaults(network);
        return new Ports(general, groups);
    }

    private void checkDefaults(Network network) {
        List<io.vnetc.dsl.vnet.Portgroup> defaults = network.getPortgroups().stream()
                .filter(io.vnetc.dsl.vnet.Portgroup::isDefault)
                .toList();
        for (int i = 1; i < defaults.size(); i++) {
            resolution.report(Diagnostic.error(
                            DiagnosticCode.SEVERAL_DEFAULTS,
                            resolution.name(defaults.get(i)),
                            "`" + defaults.get(0).getName() + "` is the default portgroup of " + describe(network)
                                    + " already")
                    .withHint("keep `default` with one of them")
                    .withRelated(resolution.name(defaults.get(0)), "the first one"));
        }
    }

    /** The portgroup that a NIC is in; empty as well where it names one that is not there. */
    static Optional<Portgroup> groupOf(Nic nic, Ports ofNetwork) {
        Optional<String> named = only(nic.getPortgroups());
        return ofNetwork.groups().stream()
                .filter(group -> named.map(group.name()::equals).orElse(group.isDefault()))
                .findFirst();
    }

    /** What is set for a NIC's port: its own settings, else those of its portgroup, else those of the network. */
    PortSettings settings(Nic nic, Network network, Ports ofNetwork) {
        Optional<Portgroup> group = groupOf(nic, ofNetwork);
        PortSettings general = group.map(one -> mergeQuietly(one, ofNetwork)).orElse(ofNetwork.settings());
        PortSettings own = ports.resolve(nic, Segment.of(network));
        PortSettings merged = ports.merge(
                nic,
                own,
                general,
                group.map(one -> "the portgroup `" + one.name() + "`").orElseGet(() -> describe(network)));
        checkComplete(nic, network, merged);
        return merged;
    }

    /** What is set for a device that a guest is given, and that leads to a network which nothing is known of. */
    PortSettings ofDevice(Nic nic) {
        return ports.resolve(nic, Segment.ofDevice(nic.getName()));
    }

    /** What has been reported is not reported again. */
    private static PortSettings mergeQuietly(Portgroup group, Ports ofNetwork) {
        return PortResolver.merge(
                group.ports(),
                ofNetwork.settings(),
                group.ports()
                        .virtualport()
                        .flatMap(special -> ofNetwork
                                .settings()
                                .virtualport()
                                .map(general -> VirtualportResolver.union(special, general))));
    }

    private void checkComplete(Nic nic, Network network, PortSettings merged) {
        if (Segment.of(network).plug() == Segment.Plug.BRIDGE) {
            return;
        }
        merged.virtualport().ifPresent(port -> {
            List<String> missing = VirtualportResolver.missing(port);
            if (!missing.isEmpty()) {
                resolution.error(
                        DiagnosticCode.VIRTUALPORT_PARAMETER,
                        resolution.name(nic),
                        "nobody says the `" + String.join("`, `", missing) + "` of the NIC's virtualport `"
                                + port.type() + "`",
                        "say it here, in the portgroup or in " + describe(network));
            }
        });
    }

    /** Rates of a NIC: its own, else those of its portgroup, each direction by itself. */
    static Optional<Qos> rates(Optional<Qos> own, Optional<Qos> ofGroup) {
        if (own.isEmpty() || ofGroup.isEmpty()) {
            return own.or(() -> ofGroup);
        }
        return Optional.of(new Qos(
                own.get().inbound().or(ofGroup.get()::inbound),
                own.get().outbound().or(ofGroup.get()::outbound)));
    }

    private static String describe(Network network) {
        return "the network `" + network.getName() + "`";
    }
}
