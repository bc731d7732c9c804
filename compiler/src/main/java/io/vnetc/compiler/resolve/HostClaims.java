// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.resolve;

import io.vnetc.compiler.model.Publication;
import io.vnetc.dsl.diagnostic.Diagnostic;
import io.vnetc.dsl.diagnostic.DiagnosticCode;
import io.vnetc.dsl.diagnostic.SourceRange;
import io.vnetc.dsl.value.Cidr;
import io.vnetc.dsl.value.InterfaceName;
import io.vnetc.dsl.value.IpAddress;
import io.vnetc.dsl.value.MacAddress;
import io.vnetc.dsl.value.PortRange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/** What one host has once: interface names, MACs, subnets, routes. Everything is sorted and swept, nothing is quadratic. */
final class HostClaims {
    private final List<Placed<LinkUse>> links = new ArrayList<>();
    private final List<Placed<MacAddress>> macs = new ArrayList<>();
    private final List<Placed<Cidr>> subnets = new ArrayList<>();
    private final List<Placed<RouteKey>> routes = new ArrayList<>();

    private final List<Placed<Publication>> ports = new ArrayList<>();

    /** What an interface is to the source. */
    enum Role {
        BRIDGE,
        EXISTING_BRIDGE,
        TAP,
        IFB,
        UPLINK,
        /** One that the host makes. */
        LINK
    }

    private record LinkUse(InterfaceName name, Role role) {
        /** A bridge of somebody else's may well be an uplink, and a link that the host makes; all else is one thing only. */
        boolean clashes(LinkUse other) {
            return !(role == Role.UPLINK && other.canBeUplink()) && !(canBeUplink() && other.role == Role.UPLINK);
        }

        private boolean canBeUplink() {
            return role == Role.EXISTING_BRIDGE || role == Role.LINK;
        }

        boolean isBridge() {
            return role == Role.BRIDGE || role == Role.EXISTING_BRIDGE;
        }
    }

    private record RouteKey(Cidr destination, long metric) implements Comparable<RouteKey> {
        private static final Comparator<RouteKey> ORDER =
                Comparator.comparing(RouteKey::destination).thenComparing(RouteKey::metric);

        @Override
        public int compareTo(RouteKey other) {
            return ORDER.compare(this, other);
        }
    }

    void link(InterfaceName name, Role role, String owner, Supplier<SourceRange> where) {
        links.add(new Placed<>(new LinkUse(name, role), owner, where));
    }

    void mac(MacAddress mac, String owner, Supplier<SourceRange> where) {
        macs.add(new Placed<>(mac, owner, where));
    }

    void subnet(Cidr subnet, String owner, Supplier<SourceRange> where) {
        subnets.add(new Placed<>(subnet, owner, where));
    }

    void route(Cidr destination, long metric, String owner, Supplier<SourceRange> where) {
        routes.add(new Placed<>(new RouteKey(destination, metric), owner, where));
    }

    void port(Publication publication, Supplier<SourceRange> where) {
        ports.add(new Placed<>(publication, "", where));
    }

    void check(Resolution resolution) {
        checkLinks(resolution);
        checkPorts(resolution);
        Twice.among(
                macs,
                (first, second) -> resolution.report(Diagnostic.error(
                                DiagnosticCode.MAC_TWICE,
                                second.place(),
                                second.owner() + " and " + first.owner() + " have the same MAC address "
                                        + second.value())
                        .withHint("give one of them another `mac`")
                        .withRelated(first.place(), "the other one")));
        Twice.among(
                routes,
                (first, second) -> resolution.report(Diagnostic.error(
                                DiagnosticCode.ROUTE_CLASH,
                                second.place(),
                                "there are two routes to " + second.value().destination() + " with the same metric: of "
                                        + second.owner() + " and of " + first.owner())
                        .withHint("remove one, or give them a different `metric`")
                        .withRelated(first.place(), "the other one")));
        checkRoutes(resolution, checkSubnets(resolution));
    }

    /** By their first port, so that only neighbours are compared. */
    private void checkPorts(Resolution resolution) {
        List<Placed<Publication>> sorted = new ArrayList<>(ports);
        sorted.sort(Comparator.<Placed<Publication>, PortRange>comparing(
                        port -> port.value().ports())
                .thenComparing(Placed::place));
        List<Placed<Publication>> open = new ArrayList<>();
        for (Placed<Publication> port : sorted) {
            open.removeIf(
                    other -> other.value().ports().last() < port.value().ports().first());
            open.stream()
                    .filter(other -> other.value().clashes(port.value()))
                    .findFirst()
                    .ifPresent(other -> {
                        boolean inOrder = other.isBefore(port);
                        Placed<Publication> first = inOrder ? other : port;
                        Placed<Publication> second = inOrder ? port : other;
                        resolution.report(Diagnostic.error(
                                        DiagnosticCode.PORT_TWICE,
                                        second.place(),
                                        "a port of the host is published twice: "
                                                + second.value().ports() + " leads to "
                                                + second.value().target() + ", and "
                                                + first.value().ports() + " to "
                                                + first.value().target())
                                .withHint(
                                        "choose another port, or say `on` which of the host's addresses each of them is")
                                .withRelated(first.place(), "the other one"));
                    });
            open.add(port);
        }
    }

    private void checkLinks(Resolution resolution) {
        Map<InterfaceName, List<Placed<LinkUse>>> byName = new TreeMap<>();
        for (Placed<LinkUse> link : links) {
            byName.computeIfAbsent(link.value().name(), ignored -> new ArrayList<>())
                    .add(link);
        }
        for (List<Placed<LinkUse>> uses : byName.values()) {
            uses.sort(Comparator.comparing(Placed::place));
            for (int i = 1; i < uses.size(); i++) {
                Placed<LinkUse> second = uses.get(i);
                uses.subList(0, i).stream()
                        .filter(first -> first.value().clashes(second.value()))
                        .findFirst()
                        .ifPresent(first -> resolution.report(linkClash(first, second)));
            }
        }
    }

    private static Diagnostic linkClash(Placed<LinkUse> first, Placed<LinkUse> second) {
        boolean shared = first.value().isBridge() && second.value().isBridge();
        String message = shared
                ? second.owner() + " and " + first.owner() + " are one and the same, `"
                        + second.value().name() + "`"
                : "two interfaces would be called `" + second.value().name() + "`: " + second.owner() + " and "
                        + first.owner();
        return Diagnostic.error(
                        shared ? DiagnosticCode.BRIDGE_TWICE : DiagnosticCode.NAME_TWICE, second.place(), message)
                .withHint(shared ? "give each network a bridge of its own" : "give one of them another name")
                .withRelated(first.place(), "the other one");
    }

    /** Two CIDRs are disjoint or one holds the other; sorted, the one that holds comes first. */
    private NavigableMap<IpAddress, Placed<Cidr>> checkSubnets(Resolution resolution) {
        List<Placed<Cidr>> sorted = new ArrayList<>(subnets);
        sorted.sort(Comparator.<Placed<Cidr>, Cidr>comparing(Placed::value).thenComparing(Placed::place));
        NavigableMap<IpAddress, Placed<Cidr>> disjoint = new TreeMap<>();
        Placed<Cidr> cover = null;
        for (Placed<Cidr> subnet : sorted) {
            if (cover == null || !cover.value().overlaps(subnet.value())) {
                cover = subnet;
                disjoint.put(subnet.value().base(), subnet);
                continue;
            }
            boolean inOrder = cover.isBefore(subnet);
            Placed<Cidr> first = inOrder ? cover : subnet;
            Placed<Cidr> second = inOrder ? subnet : cover;
            resolution.report(Diagnostic.error(
                            DiagnosticCode.SUBNET_OVERLAP,
                            second.place(),
                            "the subnet " + second.value() + " of " + second.owner() + " overlaps " + first.value()
                                    + " of " + first.owner())
                    .withHint("choose a network that no other on this host uses")
                    .withRelated(first.place(), "the other one"));
        }
        return disjoint;
    }

    /** A route to a part of a subnet would take it away from the bridge that carries it; one to more than it would not. */
    private void checkRoutes(Resolution resolution, NavigableMap<IpAddress, Placed<Cidr>> disjoint) {
        for (Placed<RouteKey> route : routes) {
            Cidr destination = route.value().destination();
            Map.Entry<IpAddress, Placed<Cidr>> below = disjoint.floorEntry(destination.base());
            if (below != null && below.getValue().value().contains(destination)) {
                Placed<Cidr> subnet = below.getValue();
                resolution.report(Diagnostic.error(
                                DiagnosticCode.ROUTE_CLASH,
                                route.place(),
                                "the route to " + destination + " lies in the subnet " + subnet.value() + " of "
                                        + subnet.owner() + ", which the host reaches by its own bridge")
                        .withHint("remove the route, or make the subnet smaller")
                        .withRelated(subnet.place(), "the subnet"));
            }
        }
    }
}
