// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.lower;

import io.vnetc.compiler.kind.FirewallTable;
import io.vnetc.compiler.model.Cable;
import io.vnetc.compiler.model.Model;
import io.vnetc.compiler.model.Network;
import io.vnetc.compiler.model.Origin;
import io.vnetc.compiler.plan.Conflict;
import io.vnetc.compiler.state.Entry;
import io.vnetc.compiler.state.HostState;
import io.vnetc.dsl.value.IpFamily;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** From a model to what one host is to be. */
public final class Lowering {
    private Lowering() {}

    /**
     * What the model makes of a host.
     *
     * @param hostName of the host; networks without a host belong to it as well
     */
    public static Lowered lower(Model model, String hostName, Surroundings surroundings) {
        HostNetworks networks = HostNetworks.of(model, hostName);
        List<String> notices = new ArrayList<>();
        List<Conflict> conflicts = new ArrayList<>();
        Carriers carriers = Carriers.of(networks, surroundings);
        BridgeLowering bridges = new BridgeLowering(
                networks,
                new PortLowering(model),
                carriers,
                Stream.of(IpFamily.values())
                        .collect(Collectors.toMap(
                                family -> family,
                                family -> ForwardingLowering.links(networks, surroundings, carriers, family))));
        SwitchingObstacles obstacles = new SwitchingObstacles(surroundings, notices, conflicts);
        List<Entry> entries = new ArrayList<>();
        networks.ours().forEach(network -> {
            entries.addAll(bridges.lower(network));
            obstacles.vlanProtocol(network);
        });
        entries.addAll(ZoneLowering.lower(networks, surroundings, notices, conflicts));
        entries.addAll(ForwardingLowering.lower(networks, surroundings, carriers, notices));
        networks.networks().stream()
                .map(Network::origin)
                .min(Comparator.naturalOrder())
                .ifPresent(origin -> entries.addAll(firewall(networks, carriers, origin)));
        entries.addAll(DnsmasqLowering.lower(networks, surroundings));
        entries.addAll(RegistrationLowering.lower(networks, surroundings, notices));
        GuestLowering guests = new GuestLowering(networks, surroundings, obstacles, notices, conflicts);
        model.guests().forEach(guests::lower);
        model.cables().stream()
                .filter(cable -> cable.transport() == Cable.Transport.MULTICAST)
                .filter(cable ->
                        cable.ends().stream().anyMatch(end -> networks.guests().contains(end.guest())))
                .forEach(cable ->
                        notices.add("the cable " + cable + " gives each guest its own frames back, as multicast"
                                + " does: duplicate address detection and the spanning tree misread that ("
                                + cable.origin() + ")"));
        entries.addAll(UplinkLowering.lower(networks, carriers, model.guests()));
        entries.addAll(HostLinkLowering.lower(networks, model.guests()));
        entries.addAll(guests.taps());
        entries.addAll(guests.plugs());
        entries.addAll(QosLowering.lower(networks, surroundings));
        return new Lowered(HostState.of(entries), guests.arguments(), notices, conflicts);
    }

    /** The tables are of all networks together; the first one in the source stands for them. */
    private static List<Entry> firewall(HostNetworks networks, Carriers carriers, Origin origin) {
        return Stream.concat(
                        Stream.of(IpFamily.values())
                                .flatMap(family -> Stream.of(
                                        NatLowering.lower(networks, family),
                                        FilterLowering.lower(networks, carriers, family))),
                        Stream.of(BetweenLowering.lower(networks)))
                .flatMap(Optional<FirewallTable>::stream)
                .map(table -> Entry.owned(table, origin))
                .toList();
    }
}
