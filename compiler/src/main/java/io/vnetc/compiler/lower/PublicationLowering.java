// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.lower;

import io.vnetc.compiler.kind.ChainLine;
import io.vnetc.compiler.kind.Chains;
import io.vnetc.compiler.kind.Match;
import io.vnetc.compiler.kind.Rule;
import io.vnetc.compiler.kind.Rule.ConnectionState;
import io.vnetc.compiler.kind.Target;
import io.vnetc.compiler.model.Forwarding;
import io.vnetc.compiler.model.Network;
import io.vnetc.compiler.model.Publication;
import io.vnetc.compiler.render.dnsmasq.DnsmasqText;
import io.vnetc.dsl.value.Cidr;
import io.vnetc.dsl.value.InterfaceName;
import io.vnetc.dsl.value.IpAddress;
import io.vnetc.dsl.value.IpFamily;
import io.vnetc.dsl.value.PortRange;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/**
 * Ports of the host that lead to guests, of one family: for packets from outside, from the host itself and from guests of
 * the same network. Guests of other networks come by a published port as anybody does, unless their network is isolated,
 * or bound to uplinks.
 *
 * <p>Packets of the host to 127.0.0.1 and ::1 are left alone: they could not leave without route_localnet, which would open
 * all that listens there to the guests.
 */
final class PublicationLowering {
    private static final Map<IpFamily, Cidr> LOOPBACK =
            Map.of(IpFamily.IPV4, Cidr.parse("127.0.0.0/8"), IpFamily.IPV6, Cidr.parse("::1/128"));
    /** DNS, DHCP, TFTP and DHCPv6, which guests ask their gateway for. */
    private static final List<PortRange> SERVICES =
            List.of(new PortRange(53, 53), new PortRange(67, 67), new PortRange(69, 69), new PortRange(547, 547));

    private final HostNetworks networks;
    private final IpFamily family;

    private PublicationLowering(HostNetworks networks, IpFamily family) {
        this.networks = networks;
        this.family = family;
    }

    /** The chains of the nat table, by name; none where nothing is published. */
    static Map<String, List<ChainLine>> translation(HostNetworks networks, IpFamily family) {
        return new PublicationLowering(networks, family).translation();
    }

    /** What lets through what was translated, and its answers. */
    static List<ChainLine> permission(HostNetworks networks, IpFamily family) {
        PublicationLowering lowering = new PublicationLowering(networks, family);
        LinkedHashSet<ChainLine> lines = new LinkedHashSet<>();
        lowering.each((network, publication) -> lowering.permit(network, publication, lines));
        return List.copyOf(lines);
    }

    private void each(BiConsumer<Network, Publication> action) {
        for (Network network : networks.ours()) {
            if (HostNetworks.speaks(network, family)) {
                network.policy().publications().stream()
                        .filter(publication -> publication.target().family() == family)
                        .forEach(publication -> action.accept(network, publication));
            }
        }
    }

    private Map<String, List<ChainLine>> translation() {
        LinkedHashSet<ChainLine> spared = new LinkedHashSet<>();
        LinkedHashSet<ChainLine> ofGuests = new LinkedHashSet<>();
        LinkedHashSet<ChainLine> arriving = new LinkedHashSet<>();
        LinkedHashSet<ChainLine> own = new LinkedHashSet<>();
        LinkedHashSet<ChainLine> hairpins = new LinkedHashSet<>();
        each((network, publication) -> {
            spareServices(publication, spared);
            if (isApart(network) || !publication.via().isEmpty()) {
                ofGuests.add(redirect(publication).in(network.bridge().name()));
            }
            arrive(publication, arriving);
            own.add(redirect(publication));
            hairpin(network, publication, hairpins);
        });
        TreeMap<String, List<ChainLine>> chains = new TreeMap<>();
        if (!own.isEmpty()) {
            Stream<ChainLine> apart = networks.ours().stream()
                    .filter(PublicationLowering::isApart)
                    .map(network ->
                            Rule.to(new Target.Return()).in(network.bridge().name()));
            chains.put(
                    Chains.PUBLISH,
                    Stream.of(spared.stream(), ofGuests.stream(), apart, arriving.stream())
                            .flatMap(lines -> lines)
                            .toList());
            chains.put(
                    Chains.PUBLISH_OWN,
                    Stream.concat(Stream.of(Rule.to(new Target.Return()).into(LOOPBACK.get(family))), own.stream())
                            .toList());
            chains.put(Chains.HAIRPIN, List.copyOf(hairpins));
        }
        return chains;
    }

    /** Whether its guests come by no published port but those of their own network. */
    private static boolean isApart(Network network) {
        return network.forwarding() instanceof Forwarding.Isolated
                || !HostNetworks.via(network).isEmpty();
    }

    /** A gateway goes on answering what guests ask it for, also where that port of the host leads elsewhere. */
    private void spareServices(Publication publication, Set<ChainLine> lines) {
        for (PortRange service : SERVICES) {
            if (publication.on().isEmpty()
                    && publication.ports().first() <= service.first()
                    && service.first() <= publication.ports().last()) {
                networks.ours().stream()
                        .filter(DnsmasqText::isNeeded)
                        .forEach(network -> HostNetworks.addressed(network, family)
                                .forEach(subnet -> lines.add(Rule.to(new Target.Return())
                                        .into(alone(subnet.gateway().orElseThrow()))
                                        .in(network.bridge().name())
                                        .protocol(Ports.protocol(publication.protocol(), family), service))));
            }
        }
    }

    private void arrive(Publication publication, Set<ChainLine> lines) {
        Rule redirect = redirect(publication);
        if (publication.via().isEmpty()) {
            lines.add(redirect);
        }
        publication.via().forEach(uplink -> lines.add(redirect.in(uplink.link())));
    }

    private Rule redirect(Publication publication) {
        Optional<Target.Shift> shift = publication.targetPort().map(first -> {
            PortRange to = publication.targetPorts();
            return new Target.Shift(
                    to, to.first() == to.last() ? 0 : publication.ports().first());
        });
        Rule rule = Rule.to(new Target.DestinationTo(publication.target(), Optional.empty()))
                .protocol(Ports.protocol(publication.protocol(), family), publication.ports())
                .target(new Target.DestinationTo(publication.target(), shift));
        return publication.on().map(address -> rule.into(alone(address))).orElseGet(() -> rule.with(new Match.Local()));
    }

    /** Guests would answer each other directly, with an address that was not asked. */
    private void hairpin(Network network, Publication publication, Set<ChainLine> lines) {
        for (Cidr prefix : HostNetworks.prefixes(network, family)) {
            lines.add(reached(network, publication)
                    .from(prefix)
                    .connection(Optional.empty(), ConnectionState.DNAT)
                    .target(new Target.Masquerade(Optional.empty())));
        }
    }

    private void permit(Network network, Publication publication, Set<ChainLine> lines) {
        Match translated = new Match.Connection(
                EnumSet.of(ConnectionState.DNAT), Optional.of(publication.ports()), Optional.empty());
        Rule towards = reached(network, publication).with(translated);
        if (publication.via().isEmpty()) {
            lines.add(towards);
        }
        publication.via().forEach(uplink -> lines.add(towards.in(uplink.link())));
        InterfaceName bridge = network.bridge().name();
        lines.add(Rule.accept()
                .in(bridge)
                .from(alone(publication.target()))
                .protocol(Ports.protocol(publication.protocol(), family))
                .with(new Match.SourcePorts(List.of(publication.targetPorts())))
                .with(translated));
    }

    private Rule reached(Network network, Publication publication) {
        return Rule.accept()
                .out(network.bridge().name())
                .into(alone(publication.target()))
                .protocol(Ports.protocol(publication.protocol(), family), publication.targetPorts());
    }

    private static Cidr alone(IpAddress address) {
        return new Cidr(address, address.family().bits());
    }
}
