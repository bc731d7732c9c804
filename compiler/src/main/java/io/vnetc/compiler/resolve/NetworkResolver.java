// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.resolve;

import static io.vnetc.compiler.resolve.Resolution.only;

import io.vnetc.compiler.model.Bridge;
import io.vnetc.compiler.model.Dns;
import io.vnetc.compiler.model.DnsmasqSetting;
import io.vnetc.compiler.model.Forwarding;
import io.vnetc.compiler.model.Lifecycle;
import io.vnetc.compiler.model.Network;
import io.vnetc.compiler.model.Policy;
import io.vnetc.compiler.model.StaticRoute;
import io.vnetc.compiler.model.Subnet;
import io.vnetc.compiler.model.Uplink;
import io.vnetc.compiler.resolve.Placement.Scope;
import io.vnetc.dsl.diagnostic.Diagnostic;
import io.vnetc.dsl.diagnostic.DiagnosticCode;
import io.vnetc.dsl.diagnostic.SourceRange;
import io.vnetc.dsl.value.DomainName;
import io.vnetc.dsl.value.IpFamily;
import io.vnetc.dsl.vnet.Domain;
import io.vnetc.dsl.vnet.VnetPackage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A network with all that it holds. */
final class NetworkResolver {
    /** What IPv6 wants of any link (RFC 8200 section 5). */
    private static final int LEAST_IPV6_MTU = 1280;

    private final Resolution resolution;
    private final Claims claims;
    private final Placement placement;
    private final ForwardingResolver forwardings;
    private final BridgeResolver bridges;
    private final SubnetResolver subnets;
    private final RouteResolver routes;
    private final DnsResolver dns;
    private final UplinkUses uses;
    private final DnsmasqResolver dnsmasq;
    private final ServiceCheck services;
    private final QosResolver qos;
    private final PortsResolver ports;
    private final AboutResolver about;
    private final Lifecycles lifecycles;

    NetworkResolver(
            Resolution resolution, Claims claims, Placement placement, Map<io.vnetc.dsl.vnet.Uplink, Uplink> uplinks) {
        this.resolution = resolution;
        this.claims = claims;
        this.placement = placement;
        this.forwardings = new ForwardingResolver(resolution, uplinks);
        this.bridges = new BridgeResolver(resolution);
        this.subnets = new SubnetResolver(resolution);
        this.routes = new RouteResolver(resolution);
        this.dns = new DnsResolver(resolution);
        this.uses = new UplinkUses(resolution);
        this.dnsmasq = new DnsmasqResolver(resolution);
        this.services = new ServiceCheck(resolution);
        this.qos = new QosResolver(resolution);
        this.ports = new PortsResolver(resolution);
        this.about = new AboutResolver(resolution);
        this.lifecycles = new Lifecycles(resolution, "the network");
        resolution
                .sources()
                .declarations(io.vnetc.dsl.vnet.Network.class)
                .forEach(network -> lifecycles.add(network, network.getName(), ""));
    }

    /** Empty only where there would be no bridge to speak of; what else is wrong is left out, and reported. */
    Optional<Network> resolve(io.vnetc.dsl.vnet.Network network) {
        Optional<Scope> scope = placement.of(network);
        if (scope.isEmpty()) {
            resolution.error(
                    DiagnosticCode.HOST_NOT_SAID,
                    resolution.name(network),
                    "there are several hosts, and the network `" + network.getName() + "` does not say which runs it",
                    "write `network " + network.getName() + " on HOST`, with one of the hosts: " + placement.choices());
        }
        Lifecycle lifecycle = lifecycles.of(network.getName());
        Forwarding forwarding = forwardings.resolve(network);
        List<Subnet> addresses = new ArrayList<>();
        for (io.vnetc.dsl.vnet.Subnet subnet : network.getSubnets()) {
            subnets.resolve(subnet).ifPresent(resolved -> {
                addresses.add(resolved);
                scope.ifPresent(host -> claims.of(host)
                        .subnet(
                                resolved.network(),
                                describe(network),
                                () -> resolution.place(subnet, VnetPackage.Literals.SUBNET__NETWORK)));
            });
        }
        addresses.sort(Comparator.comparing(Subnet::network));
        List<StaticRoute> ways = routes(network, addresses, scope);
        Dns names = dns.resolve(network, addresses);
        List<DnsmasqSetting> settings = dnsmasq.resolve(network);
        services.check(network, addresses, names);
        Optional<Domain> domain = only(network.getDomains());
        Optional<DomainName> domainName =
                domain.flatMap(block -> resolution.values().domainName(block, VnetPackage.Literals.DOMAIN__NAME, 0));
        Optional<Bridge> bridge = bridge(network, forwarding, lifecycle);
        checkProtection(network, forwarding);
        FunctionResolver.poolOf(network).ifPresent(pool -> checkPool(network, scope, pool));
        bridge.ifPresent(link -> {
            checkIpv6Mtu(network, link, addresses);
            scope.ifPresent(host -> claim(network, forwarding, link, claims.of(host)));
        });
        return bridge.map(link -> new Network(
                network.getName(),
                scope.flatMap(Scope::host),
                forwarding,
                link,
                domainName.map(text -> new Network.Domain(
                        text,
                        domain.map(Domain::isLocal).orElse(false),
                        domain.map(Domain::isRegister).orElse(false))),
                addresses,
                ways,
                names,
                settings,
                ports.of(network),
                only(network.getQos()).flatMap(qos::ofNetwork),
                new Policy(
                        List.of(),
                        false,
                        List.of(),
                        PortResolver.toggle(network.getGuestIpv6()).orElse(Policy.OPEN.guestIpv6())),
                about.of(network),
                lifecycle,
                resolution.origin(network)));
    }

    private Optional<Bridge> bridge(io.vnetc.dsl.vnet.Network network, Forwarding forwarding, Lifecycle lifecycle) {
        if (forwarding instanceof Forwarding.ExistingBridge) {
            return bridges.existing(network);
        }
        if (!forwarding.hasBridge()) {
            return bridges.none(network, lifecycle.identity());
        }
        if (forwarding instanceof Forwarding.ManagedBridge) {
            bridges.refuseOwnNetwork(network, "the network is that of the uplink, and the host has no address in it");
        }
        return bridges.own(network, lifecycle.identity());
    }

    /** The mark stands on the bridge of a network, so that has to be one of ours. */
    private void checkProtection(io.vnetc.dsl.vnet.Network network, Forwarding forwarding) {
        if (!network.getProtect().isEmpty()
                && (!forwarding.hasBridge() || forwarding instanceof Forwarding.ExistingBridge)) {
            resolution.warning(
                    DiagnosticCode.NOTHING_TO_PROTECT,
                    resolution.place(network, VnetPackage.Literals.LIFECYCLE__PROTECT),
                    describe(network) + " has no bridge that vnetc makes, so there is nothing of its own that could go",
                    "write `protect` in the guests whose links are to stay");
        }
    }

    private void checkPool(io.vnetc.dsl.vnet.Network network, Optional<Scope> scope, io.vnetc.dsl.vnet.Pool pool) {
        Optional<Scope> other = placement.of(pool);
        if (scope.isPresent() && other.isPresent() && !scope.equals(other)) {
            resolution.report(Diagnostic.error(
                            DiagnosticCode.SEVERAL_HOSTS,
                            resolution.place(network.getForwards().get(0), VnetPackage.Literals.FORWARD__POOL),
                            describe(network) + " is on `" + scope.get().host().orElse("") + "`, and the pool `"
                                    + pool.getName() + "` has devices of `"
                                    + other.get().host().orElse("") + "`")
                    .withHint("use a pool of the network's host, or put the network on that of the pool")
                    .withRelated(resolution.name(pool), "the pool"));
        }
    }

    private List<StaticRoute> routes(io.vnetc.dsl.vnet.Network network, List<Subnet> addresses, Optional<Scope> scope) {
        List<StaticRoute> ways = new ArrayList<>();
        for (io.vnetc.dsl.vnet.StaticRoute route : network.getRoutes()) {
            routes.resolve(route, addresses).ifPresent(resolved -> {
                ways.add(resolved);
                scope.ifPresent(host -> claims.of(host)
                        .route(
                                resolved.destination(),
                                RouteResolver.kernelMetric(resolved),
                                describe(network),
                                () -> resolution.place(route, VnetPackage.Literals.STATIC_ROUTE__DESTINATION)));
            });
        }
        ways.sort(Comparator.comparing(StaticRoute::destination).thenComparing(RouteResolver::kernelMetric));
        return ways;
    }

    private void claim(io.vnetc.dsl.vnet.Network network, Forwarding forwarding, Bridge bridge, HostClaims host) {
        uses.forwarding(network, forwarding, host);
        if (!forwarding.hasBridge()) {
            return;
        }
        boolean existing = forwarding instanceof Forwarding.ExistingBridge;
        String owner = "the bridge of " + describe(network);
        host.link(
                bridge.name(),
                existing ? HostClaims.Role.EXISTING_BRIDGE : HostClaims.Role.BRIDGE,
                owner,
                () -> bridges.placeOfName(network));
        if (!existing) {
            host.mac(bridge.mac(), owner, () -> bridges.placeOfMac(network));
        }
    }

    private void checkIpv6Mtu(io.vnetc.dsl.vnet.Network network, Bridge bridge, List<Subnet> addresses) {
        if (bridge.mtu() >= LEAST_IPV6_MTU) {
            return;
        }
        addresses.stream()
                .filter(subnet -> subnet.network().family() == IpFamily.IPV6)
                .findFirst()
                .ifPresent(subnet -> {
                    SourceRange place = bridges.placeOfMtu(network);
                    resolution.error(
                            DiagnosticCode.MTU,
                            place,
                            "the MTU is " + bridge.mtu() + ", and the IPv6 subnet " + subnet.network()
                                    + " needs at least " + LEAST_IPV6_MTU + " (RFC 8200)",
                            "raise the MTU, or remove the subnet");
                });
    }

    private static String describe(io.vnetc.dsl.vnet.Network network) {
        return "the network `" + network.getName() + "`";
    }
}
