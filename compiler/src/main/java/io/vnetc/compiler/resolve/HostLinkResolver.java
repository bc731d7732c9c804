// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.resolve;

import io.vnetc.compiler.link.LinkOptions;
import io.vnetc.compiler.link.LinkType;
import io.vnetc.compiler.model.HostLink;
import io.vnetc.compiler.model.Owner;
import io.vnetc.compiler.model.StaticRoute;
import io.vnetc.compiler.model.Uplink;
import io.vnetc.compiler.resolve.HostClaims.Role;
import io.vnetc.dsl.diagnostic.DiagnosticCode;
import io.vnetc.dsl.machine.LinkOption;
import io.vnetc.dsl.machine.MachinePackage.Literals;
import io.vnetc.dsl.value.InterfaceAddress;
import io.vnetc.dsl.value.InterfaceName;
import io.vnetc.dsl.value.IpFamily;
import io.vnetc.dsl.value.LiteralException;
import io.vnetc.dsl.value.MacAddress;
import io.vnetc.dsl.vnet.Expression;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The links that a host makes for itself. */
final class HostLinkResolver {
    private static final int LEAST_MTU = 68;
    private static final int MOST_MTU = 65_535;
    private static final int LEAST_IPV6_MTU = 1280;

    private final Resolution resolution;
    private final HostClaims claims;
    private final LinkOptionResolver options;
    private final RouteResolver routes;

    HostLinkResolver(Resolution resolution, HostClaims claims) {
        this.resolution = resolution;
        this.claims = claims;
        this.options = new LinkOptionResolver(resolution);
        this.routes = new RouteResolver(resolution);
    }

    List<HostLink> resolve(io.vnetc.dsl.vnet.Host host, List<Uplink> uplinks) {
        Map<io.vnetc.dsl.machine.HostLink, HostLink> resolved = new LinkedHashMap<>();
        for (io.vnetc.dsl.machine.HostLink written : host.getLinks()) {
            resolve(written).ifPresent(link -> resolved.put(written, link));
        }
        new HostLinkCheck(resolution, resolved, uplinks).run();
        MtuChain mtus = new MtuChain(resolution, resolved, uplinks);
        List<HostLink> links = new ArrayList<>();
        resolved.forEach((written, link) -> {
            HostLink whole = with(link, mtus.of(link.name()));
            checkIpv6(written, whole);
            links.add(whole);
        });
        links.sort(Comparator.comparing(HostLink::name));
        return links;
    }

    private Optional<HostLink> resolve(io.vnetc.dsl.machine.HostLink written) {
        if (written.getType().equals("team")) {
            resolution.error(
                    DiagnosticCode.LINK_TYPE,
                    resolution.place(written, Literals.HOST_LINK__TYPE),
                    "there are no teams: bonding has replaced the team driver, which is deprecated and which"
                            + " distributions have dropped together with its daemon",
                    "write `bond " + written.getName() + " of …`: its `mode`s are what the runners of a team were");
            return Optional.empty();
        }
        LinkType type = LinkType.parse(written.getType());
        Optional<InterfaceName> name = resolution.values().interfaceName(written, Literals.HOST_LINK__NAME, 0);
        Optional<InterfaceName> lower = name(written, Literals.HOST_LINK__LOWER, written.getLower());
        Optional<InterfaceName> peer = name(written, Literals.HOST_LINK__PEER, written.getPeer());
        boolean isNamed =
                (written.getLower() == null || lower.isPresent()) && (written.getPeer() == null || peer.isPresent());
        LinkOptions set = options.resolve(written, type);
        List<InterfaceAddress> addresses = addresses(written, type);
        if (name.isEmpty() || !isNamed) {
            return Optional.empty();
        }
        claim(written, type, name.get(), peer);
        Owner owner = Owner.link(name.get().text());
        return Optional.of(new HostLink(
                name.get(),
                type,
                set,
                lower,
                peer,
                members(written),
                primary(written),
                mac(written, type, owner),
                peer.map(other -> Allocation.mac(new Owner(owner + "/" + other))),
                0,
                addresses,
                ways(written, name.get(), addresses),
                resolution.origin(written)));
    }

    private Optional<InterfaceName> name(
            io.vnetc.dsl.machine.HostLink written, org.eclipse.emf.ecore.EStructuralFeature feature, String text) {
        return text == null ? Optional.empty() : resolution.values().interfaceName(written, feature, 0);
    }

    private void claim(
            io.vnetc.dsl.machine.HostLink written, LinkType type, InterfaceName name, Optional<InterfaceName> peer) {
        String what = "the " + type + " `" + name + "`";
        claims.link(name, Role.LINK, what, () -> resolution.name(written));
        peer.ifPresent(other -> claims.link(
                other,
                Role.LINK,
                "the other end of " + what,
                () -> resolution.place(written, Literals.HOST_LINK__PEER)));
    }

    private List<InterfaceName> members(io.vnetc.dsl.machine.HostLink written) {
        List<InterfaceName> members = new ArrayList<>();
        for (int i = 0; i < written.getMembers().size(); i++) {
            resolution
                    .values()
                    .interfaceName(written, Literals.HOST_LINK__MEMBERS, i)
                    .ifPresent(members::add);
        }
        return members;
    }

    private Optional<InterfaceName> primary(io.vnetc.dsl.machine.HostLink written) {
        for (LinkOption option : written.getOptions()) {
            if (option.getName().equals(LinkOptionResolver.PRIMARY)) {
                try {
                    return Optional.of(new InterfaceName(option.getWord()));
                } catch (LiteralException e) {
                    resolution.error(
                            DiagnosticCode.NAME_FORM, resolution.place(option), e.getMessage(), "name a member");
                }
            }
        }
        return Optional.empty();
    }

    private Optional<MacAddress> mac(io.vnetc.dsl.machine.HostLink written, LinkType type, Owner owner) {
        Optional<Expression> said = Resolution.only(written.getMacs());
        if (said.isPresent() && (type == LinkType.TUN || type == LinkType.IPVLAN)) {
            resolution.error(
                    DiagnosticCode.LINK_SETTING,
                    resolution.place(said.get()),
                    type == LinkType.TUN
                            ? "a tun carries IP packets, and has no MAC address"
                            : "an ipvlan has the MAC address of the link that it is on",
                    type == LinkType.TUN ? "remove it, or write `tap`" : "remove it, or write `macvlan`");
            return Optional.empty();
        }
        Optional<MacAddress> mac = said.flatMap(resolution.values()::mac);
        if (mac.isPresent()) {
            claims.mac(mac.get(), "the " + type + " `" + written.getName() + "`", () -> resolution.place(said.get()));
            return mac;
        }
        return type.isEthernet() && !type.sharesMac() ? Optional.of(Allocation.mac(owner)) : Optional.empty();
    }

    private List<InterfaceAddress> addresses(io.vnetc.dsl.machine.HostLink written, LinkType type) {
        List<InterfaceAddress> addresses = new ArrayList<>();
        for (Expression each : written.getAddresses()) {
            resolution
                    .values()
                    .interfaceAddress(each)
                    .filter(address -> isUsable(each, address))
                    .ifPresent(address -> {
                        if (addresses.stream()
                                .noneMatch(other -> other.network().overlaps(address.network()))) {
                            claims.subnet(
                                    address.network(),
                                    "the " + type + " `" + written.getName() + "`",
                                    () -> resolution.place(each));
                        }
                        if (addresses.contains(address)) {
                            resolution.error(
                                    DiagnosticCode.ADDRESS_TWICE,
                                    resolution.place(each),
                                    "`" + written.getName() + "` has the address " + address + " twice",
                                    "remove one of them");
                        } else {
                            addresses.add(address);
                        }
                    });
        }
        addresses.sort(Comparator.naturalOrder());
        return addresses;
    }

    private boolean isUsable(Expression written, InterfaceAddress address) {
        Optional<String> why = SubnetAddresses.specialUse(address.network())
                .or(() -> SubnetAddresses.reservedAs(address.network(), address.address())
                        .map(use -> address.address() + " is " + use));
        why.ifPresent(use -> resolution.error(
                DiagnosticCode.UNUSABLE_ADDRESS,
                resolution.place(written),
                "the host cannot have the address " + address + ": " + use,
                "choose another"));
        return why.isEmpty();
    }

    private List<StaticRoute> ways(
            io.vnetc.dsl.machine.HostLink written, InterfaceName name, List<InterfaceAddress> addresses) {
        List<StaticRoute> ways = new ArrayList<>();
        for (io.vnetc.dsl.vnet.StaticRoute route : written.getRoutes()) {
            routes.resolve(route, name, addresses).ifPresent(way -> {
                ways.add(way);
                claims.route(
                        way.destination(),
                        RouteResolver.kernelMetric(way),
                        "`" + name + "`",
                        () -> resolution.place(route));
            });
        }
        ways.sort(Comparator.comparing(StaticRoute::destination));
        return ways;
    }

    /** What is said of an MTU, where it is one. */
    static Optional<Integer> mtu(Resolution resolution, List<Expression> said) {
        return Resolution.only(said)
                .flatMap(written -> resolution.values().integer(written, LEAST_MTU, MOST_MTU, "an MTU"))
                .map(Math::toIntExact);
    }

    private static HostLink with(HostLink link, int mtu) {
        return new HostLink(
                link.name(),
                link.type(),
                link.options(),
                link.lower(),
                link.peer(),
                link.members(),
                link.primary(),
                link.mac(),
                link.peerMac(),
                mtu,
                link.addresses(),
                link.routes(),
                link.origin());
    }

    private void checkIpv6(io.vnetc.dsl.machine.HostLink written, HostLink link) {
        boolean speaks = link.addresses().stream().anyMatch(address -> address.family() == IpFamily.IPV6);
        if (speaks && link.mtu() < LEAST_IPV6_MTU) {
            resolution.error(
                    DiagnosticCode.MTU,
                    Resolution.only(written.getMtus()).map(resolution::place).orElseGet(() -> resolution.name(written)),
                    "there is no IPv6 with an MTU of " + link.mtu(),
                    "give `" + link.name() + "` an `mtu` of at least " + LEAST_IPV6_MTU
                            + ", or remove its IPv6 addresses");
        }
    }
}
