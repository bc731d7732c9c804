// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.resolve;

import io.vnetc.compiler.model.Dhcp;
import io.vnetc.compiler.model.Endpoint;
import io.vnetc.compiler.model.Forwarding;
import io.vnetc.compiler.model.Network;
import io.vnetc.compiler.model.Permission;
import io.vnetc.compiler.model.Publication;
import io.vnetc.compiler.model.Subnet;
import io.vnetc.compiler.model.Uplink;
import io.vnetc.dsl.diagnostic.DiagnosticCode;
import io.vnetc.dsl.value.Cidr;
import io.vnetc.dsl.value.IpAddress;
import io.vnetc.dsl.value.IpFamily;
import io.vnetc.dsl.value.PortRange;
import io.vnetc.dsl.vnet.Literal;
import io.vnetc.dsl.vnet.Protocol;
import io.vnetc.dsl.vnet.VnetPackage.Literals;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Ports of the host that lead to guests. */
final class PublicationResolver {
    private final Resolution resolution;
    private final Claims claims;
    private final EndpointResolver endpoints;
    private final Map<io.vnetc.dsl.vnet.Uplink, Uplink> uplinks;

    PublicationResolver(
            Resolution resolution,
            Claims claims,
            EndpointResolver endpoints,
            Map<io.vnetc.dsl.vnet.Uplink, Uplink> uplinks) {
        this.resolution = resolution;
        this.claims = claims;
        this.endpoints = endpoints;
        this.uplinks = uplinks;
    }

    List<Publication> resolve(io.vnetc.dsl.vnet.Network written, Network network, Optional<Placement.Scope> host) {
        return written.getPublications().stream()
                .flatMap(publication -> resolve(publication, network, host))
                .toList();
    }

    /** One for each family that the target has. */
    private Stream<Publication> resolve(
            io.vnetc.dsl.vnet.Publication written, Network network, Optional<Placement.Scope> host) {
        if (!(network.forwarding() instanceof Forwarding.Nat) && !(network.forwarding() instanceof Forwarding.Routed)) {
            resolution.error(
                    DiagnosticCode.SETTING_NOT_HERE,
                    resolution.place(written),
                    "nothing is forwarded to the network `" + network.name() + "` by rules of ours",
                    "write `forward nat` or `forward route`, or remove `publish`");
            return Stream.of();
        }
        if (written.getProtocol() == Protocol.ICMP) {
            resolution.error(
                    DiagnosticCode.RULE_SETTING,
                    resolution.place(written, Literals.PUBLICATION__PROTOCOL),
                    "ICMP has no ports to publish",
                    "write `tcp` or `udp`");
            return Stream.of();
        }
        Optional<PortRange> ports = resolution.values().portRange(written.getPorts());
        Optional<Integer> targetPort = Optional.ofNullable(written.getPort())
                .flatMap(port -> resolution.values().integer(port, 1, 65_535, "a port"))
                .map(Math::toIntExact);
        Optional<IpAddress> on = Optional.ofNullable(written.getAddress())
                .flatMap(address -> resolution.values().address(address, Optional.empty()));
        List<Uplink> via = written.getUplinks().stream()
                .map(uplinks::get)
                .filter(Objects::nonNull)
                .sorted(Comparator.comparing(Uplink::role))
                .toList();
        List<IpAddress> targets = targets(written, network);
        if (ports.isEmpty() || targets.isEmpty() || !fits(written, ports.get(), targetPort)) {
            return Stream.of();
        }
        List<IpAddress> fitting = targets.stream()
                .filter(target -> on.filter(address -> address.family() != target.family())
                        .isEmpty())
                .toList();
        if (fitting.isEmpty()) {
            resolution.error(
                    DiagnosticCode.PUBLICATION_TARGET,
                    resolution.place(written.getAddress()),
                    "the port is on an " + on.get().family() + " address, and the guest has only " + targets.get(0),
                    "name an address of the host of the same family");
        }
        return fitting.stream()
                .map(target -> new Publication(
                        Permission.Protocol.valueOf(written.getProtocol().getName()),
                        ports.get(),
                        on,
                        via.isEmpty() ? via(network) : via,
                        target,
                        targetPort.filter(port -> port != ports.get().first()),
                        resolution.origin(written)))
                .peek(publication -> host.ifPresent(scope -> claims.of(scope)
                        .port(publication, () -> resolution.place(written, Literals.PUBLICATION__PORTS))));
    }

    private static List<Uplink> via(Network network) {
        if (network.forwarding() instanceof Forwarding.Nat nat) {
            return nat.via();
        }
        return network.forwarding() instanceof Forwarding.Routed routed ? routed.via() : List.of();
    }

    private boolean fits(io.vnetc.dsl.vnet.Publication written, PortRange ports, Optional<Integer> targetPort) {
        if (targetPort
                .filter(port -> port + ports.last() - ports.first() > 65_535)
                .isPresent()) {
            resolution.error(
                    DiagnosticCode.OUT_OF_RANGE,
                    resolution.place(written.getPort()),
                    "from here on there are not as many ports as are published",
                    "choose a lower one: up to " + (65_535 - (ports.last() - ports.first())));
            return false;
        }
        return true;
    }

    /** One of each family at most. */
    private List<IpAddress> targets(io.vnetc.dsl.vnet.Publication written, Network network) {
        if (written.getTarget() != null) {
            return target(written, network).stream().toList();
        }
        String name = written.getGuest();
        List<IpAddress> ofGuest = endpoints
                .nics(new Endpoint.OfGuest(name))
                .filter(nic -> nic.isOn(network.name()))
                .flatMap(nic -> network.addressesOf(nic).stream())
                .toList();
        List<IpAddress> known = ofGuest.isEmpty()
                ? network.reservations()
                        .filter(reservation -> reservation
                                .name()
                                .filter(name.toLowerCase(Locale.ROOT)::equals)
                                .isPresent())
                        .map(Dhcp.Reservation::address)
                        .toList()
                : ofGuest;
        if (known.isEmpty()) {
            boolean isGuest =
                    endpoints.nics(new Endpoint.OfGuest(name)).findAny().isPresent();
            resolution.error(
                    DiagnosticCode.PUBLICATION_TARGET,
                    resolution.place(written, Literals.PUBLICATION__GUEST),
                    isGuest
                            ? "no address is reserved for the guest `" + name + "` in the network `" + network.name()
                                    + "`"
                            : "the network `" + network.name() + "` has no guest and no reservation `" + name + "`",
                    "reserve one in a subnet: dhcp { host " + name + " { address … } }; or name an address");
        }
        return Stream.of(IpFamily.values())
                .flatMap(family -> known.stream().filter(address -> address.family() == family).findFirst().stream())
                .toList();
    }

    private Optional<IpAddress> target(io.vnetc.dsl.vnet.Publication written, Network network) {
        String text = written.getTarget() instanceof Literal literal ? String.valueOf(literal.getText()) : "";
        IpFamily family = text.startsWith(":") ? IpFamily.IPV6 : IpFamily.IPV4;
        List<Cidr> candidates = network.subnets().stream()
                .filter(subnet -> subnet.gateway().isPresent())
                .map(Subnet::network)
                .filter(subnet -> subnet.family() == family)
                .toList();
        boolean isPart = text.startsWith(".") || text.startsWith("::");
        if (isPart && candidates.size() != 1) {
            resolution.error(
                    DiagnosticCode.PUBLICATION_TARGET,
                    resolution.place(written.getTarget()),
                    "`" + text + "` is a part of an address, and the network has "
                            + (candidates.isEmpty() ? "no " + family + " subnet" : "several " + family + " subnets"),
                    "write the whole address");
            return Optional.empty();
        }
        Optional<IpAddress> address = resolution
                .values()
                .address(written.getTarget(), isPart ? Optional.of(candidates.get(0)) : Optional.empty());
        return address.filter(target -> isInside(written, network, target));
    }

    private boolean isInside(io.vnetc.dsl.vnet.Publication written, Network network, IpAddress target) {
        Optional<Subnet> subnet = network.subnets().stream()
                .filter(it -> it.gateway().isPresent() && it.network().contains(target))
                .findFirst();
        Optional<String> obstacle = subnet.isEmpty()
                ? Optional.of("in no subnet of the network `" + network.name() + "` that has a gateway")
                : subnet.get().gateway().filter(target::equals).isPresent()
                        ? Optional.of("the host itself")
                        : SubnetAddresses.reservedAs(subnet.get().network(), target);
        obstacle.ifPresent(what -> resolution.error(
                DiagnosticCode.PUBLICATION_TARGET,
                resolution.place(written.getTarget()),
                "the port would lead to " + target + ", which is " + what,
                "name the address of a guest"));
        return obstacle.isEmpty();
    }
}
