// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.kinds.rtnetlink;

import io.vnetc.applier.kinds.DriverException;
import io.vnetc.applier.kinds.Observation;
import io.vnetc.applier.netlink.route.AddressInfo;
import io.vnetc.applier.netlink.route.LinkInfo;
import io.vnetc.applier.netlink.route.RouteAttributes;
import io.vnetc.applier.netlink.route.RouteInfo;
import io.vnetc.applier.netlink.route.RouteSocket;
import io.vnetc.applier.netlink.route.RouteType;
import io.vnetc.applier.netlink.wire.Attribute;
import io.vnetc.compiler.kind.Carried;
import io.vnetc.compiler.kind.CarriedAddress;
import io.vnetc.compiler.kind.CarriedRoute;
import io.vnetc.compiler.kind.Marks;
import io.vnetc.dsl.value.IpFamily;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** What of the host's own is on a link and can go with an uplink. */
final class CarriedView {
    private static final int LOCAL_TABLE = 255;
    private static final int KERNEL = 2;
    private static final int ROUTER_ADVERTISEMENT = 9;
    private static final int ON_LINK = 0x4;

    /** Of addresses: of the loopback, of a router's advertisement, link-local (IFAPROT_KERNEL_… of linux/if_addr.h). */
    private static final Set<Integer> OF_THE_KERNEL = Set.of(1, 2, 3);

    /** The metric of IPv6 routes to the link's own networks (IP6_RT_PRIO_ADDRCONF in net/ip6_route.h). */
    private static final long IPV6_PREFIX_METRIC = 256;

    /** What a route may have that is not carried, so that it would be another one afterwards. */
    private static final List<Attribute<?>> PECULIAR = List.of(
            RouteAttributes.SRC,
            RouteAttributes.MULTIPATH,
            RouteAttributes.FLOW,
            RouteAttributes.ENCAP_TYPE,
            RouteAttributes.NH_ID,
            RouteAttributes.METRICS,
            RouteAttributes.VIA,
            RouteAttributes.NEW_DESTINATION);

    private static final Pattern LABEL = Pattern.compile("[\\x21-\\x7e]+");

    private CarriedView() {}

    /**
     * What is on the link; nothing where there is no lasting address, and nothing where a route is there that could not be
     * made again as it is.
     */
    static Carried of(LinkInfo link, Observation observation) throws DriverException {
        AddressView view = AddressView.of(observation);
        List<AddressInfo> there = view.on(link.index());
        List<CarriedAddress> addresses = there.stream()
                .filter(CarriedView::isLasting)
                .map(address -> address(address, link.name()))
                .toList();
        if (addresses.isEmpty() || !view.marked()) {
            return Carried.NONE;
        }
        RouteSocket socket = RouteKernel.socket(observation.host());
        List<RouteInfo> routes =
                RouteKernel.read("the routes over " + link.name(), () -> socket.routesOver(link.index())).stream()
                        .filter(route -> isLasting(route, there))
                        .toList();
        if (routes.stream().anyMatch(CarriedView::isPeculiar)) {
            return Carried.NONE;
        }
        return new Carried(
                addresses,
                routes.stream()
                        .map(CarriedView::route)
                        .sorted(Comparator.comparing(route -> route.gateway().isPresent()))
                        .toList());
    }

    private static boolean isLasting(AddressInfo address) {
        return address.isPermanent()
                && address.peer().isEmpty()
                && address.protocol() != Marks.PROTOCOL
                && !OF_THE_KERNEL.contains(address.protocol())
                && !address.hasFailedDuplicateDetection()
                && !(address.address().family() == IpFamily.IPV6
                        && address.address().address().isLinkLocal());
    }

    private static CarriedAddress address(AddressInfo info, String link) {
        return new CarriedAddress(
                info.address(),
                info.broadcast(),
                info.scope(),
                !info.isWithoutPrefixRoute(),
                info.metric(),
                info.label().filter(label -> LABEL.matcher(label).matches() && !label.equals(link)));
    }

    private static boolean isLasting(RouteInfo route, List<AddressInfo> addresses) {
        return route.table() != LOCAL_TABLE
                && route.type() == RouteType.UNICAST
                && route.protocol() != Marks.PROTOCOL
                && route.protocol() != ROUTER_ADVERTISEMENT
                && route.message().attributes().number(RouteAttributes.EXPIRES, 0) == 0
                && !isOfAnAddress(route, addresses);
    }

    /** Whether the kernel made it for an address, and makes it again with that. */
    private static boolean isOfAnAddress(RouteInfo route, List<AddressInfo> addresses) {
        return route.protocol() == KERNEL
                && route.gateway().isEmpty()
                && addresses.stream()
                        .filter(address -> !address.isWithoutPrefixRoute())
                        .filter(address -> address.address().network().equals(route.destination()))
                        .anyMatch(address -> route.metric() == metric(address));
    }

    private static long metric(AddressInfo address) {
        boolean ofIpv6 = address.address().family() == IpFamily.IPV6;
        return address.metric() == 0 && ofIpv6 ? IPV6_PREFIX_METRIC : address.metric();
    }

    private static boolean isPeculiar(RouteInfo route) {
        return PECULIAR.stream()
                .anyMatch(attribute -> route.message().attributes().has(attribute));
    }

    private static CarriedRoute route(RouteInfo info) {
        return new CarriedRoute(
                info.destination(),
                info.gateway(),
                info.table(),
                info.metric(),
                info.protocol(),
                info.scope(),
                info.source(),
                (info.flags() & ON_LINK) != 0);
    }
}
