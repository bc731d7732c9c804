// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.resolve;

import io.vnetc.compiler.model.StaticRoute;
import io.vnetc.compiler.model.Subnet;
import io.vnetc.dsl.diagnostic.DiagnosticCode;
import io.vnetc.dsl.value.Cidr;
import io.vnetc.dsl.value.InterfaceAddress;
import io.vnetc.dsl.value.InterfaceName;
import io.vnetc.dsl.value.IpAddress;
import io.vnetc.dsl.value.IpFamily;
import io.vnetc.dsl.vnet.Expression;
import java.util.List;
import java.util.Optional;

/** Routes over routers that are guests of a network, or next to a link of the host's own. */
final class RouteResolver {
    private static final long MOST_METRIC = 0xffff_ffffL;
    /** IP6_RT_PRIO_USER of include/net/ip6_route.h: what the kernel makes of no metric, and of 0. */
    private static final long IPV6_METRIC = 1024;

    private final Resolution resolution;

    RouteResolver(Resolution resolution) {
        this.resolution = resolution;
    }

    /** The metric that the kernel keeps, and by which it tells two routes to one destination apart. */
    static long kernelMetric(StaticRoute route) {
        long metric = route.metric().orElse(0L);
        return metric == 0 && route.destination().family() == IpFamily.IPV6 ? IPV6_METRIC : metric;
    }

    Optional<StaticRoute> resolve(io.vnetc.dsl.vnet.StaticRoute route, List<Subnet> subnets) {
        Optional<Cidr> destination =
                resolution.values().cidr(route.getDestination()).filter(network -> isRoutable(route, network));
        Optional<IpAddress> gateway = resolution.values().address(route.getGateway(), Optional.empty());
        Optional<Long> metric = metric(route);
        if (destination.isEmpty() || gateway.isEmpty()) {
            return Optional.empty();
        }
        return isReachable(route.getGateway(), gateway.get(), destination.get(), subnets)
                ? Optional.of(new StaticRoute(destination.get(), gateway.get(), metric, resolution.origin(route)))
                : Optional.empty();
    }

    /** A route over a link of the host's own. */
    Optional<StaticRoute> resolve(io.vnetc.dsl.vnet.StaticRoute route, InterfaceName link, List<InterfaceAddress> own) {
        Optional<Cidr> destination =
                resolution.values().cidr(route.getDestination()).filter(network -> isRoutable(route, network));
        Optional<IpAddress> gateway = resolution.values().address(route.getGateway(), Optional.empty());
        Optional<Long> metric = metric(route);
        if (destination.isEmpty() || gateway.isEmpty()) {
            return Optional.empty();
        }
        boolean isReached = hasFamily(route.getGateway(), gateway.get(), destination.get())
                && isNextTo(route.getGateway(), gateway.get(), link, own);
        return isReached
                ? Optional.of(new StaticRoute(destination.get(), gateway.get(), metric, resolution.origin(route)))
                : Optional.empty();
    }

    private boolean isNextTo(Expression written, IpAddress gateway, InterfaceName link, List<InterfaceAddress> own) {
        boolean isOwn = own.stream().anyMatch(address -> address.address().equals(gateway));
        boolean isNext = !isOwn
                && own.stream()
                        .filter(address -> address.family() == gateway.family())
                        .anyMatch(address ->
                                gateway.isLinkLocal() || address.network().contains(gateway));
        if (!isNext) {
            resolution.error(
                    DiagnosticCode.ROUTE_UNREACHABLE,
                    resolution.place(written),
                    "the host cannot reach the router " + gateway + " over `" + link + "`: "
                            + (isOwn ? "it is the host itself" : "no `address` of that link is in one network with it"),
                    "give `" + link + "` an address in the router's network, or name another router");
        }
        return isNext;
    }

    private Optional<Long> metric(io.vnetc.dsl.vnet.StaticRoute route) {
        return Optional.ofNullable(route.getMetric())
                .flatMap(written -> resolution.values().integer(written, 0, MOST_METRIC, "a metric"));
    }

    private boolean isRoutable(io.vnetc.dsl.vnet.StaticRoute route, Cidr network) {
        Optional<String> use = SubnetAddresses.onlySpecialUse(network);
        use.ifPresent(text -> resolution.error(
                DiagnosticCode.UNUSABLE_ADDRESS,
                resolution.place(route.getDestination()),
                "there is no route to " + network + ": " + text,
                "remove the route"));
        return use.isEmpty();
    }

    private boolean hasFamily(Expression written, IpAddress gateway, Cidr destination) {
        if (gateway.family() != destination.family()) {
            resolution.error(
                    DiagnosticCode.ROUTE_UNREACHABLE,
                    resolution.place(written),
                    "a route to " + destination + " goes over an " + destination.family() + " router, and " + gateway
                            + " is " + gateway.family(),
                    "name the router's " + destination.family() + " address");
            return false;
        }
        return true;
    }

    private boolean isReachable(Expression written, IpAddress gateway, Cidr destination, List<Subnet> subnets) {
        if (!hasFamily(written, gateway, destination)) {
            return false;
        }
        Optional<String> obstacle = obstacle(gateway, subnets);
        obstacle.ifPresent(why -> resolution.error(
                DiagnosticCode.ROUTE_UNREACHABLE,
                resolution.place(written),
                "the host cannot reach the router " + gateway + ", which " + why,
                "name the address of a guest, in a subnet with a `gateway`"));
        return obstacle.isEmpty();
    }

    private static Optional<String> obstacle(IpAddress gateway, List<Subnet> subnets) {
        Optional<Subnet> found = subnets.stream()
                .filter(subnet -> subnet.network().contains(gateway))
                .findFirst();
        if (found.isEmpty()) {
            return Optional.of("is in no subnet of this network");
        }
        Subnet subnet = found.get();
        if (subnet.gateway().isEmpty()) {
            return Optional.of("is in " + subnet.network() + ", where the host has no address");
        }
        if (subnet.gateway().get().equals(gateway)) {
            return Optional.of("is the host itself");
        }
        return SubnetAddresses.reservedAs(subnet.network(), gateway).map(use -> "is " + use);
    }
}
