// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.netlink.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.vnetc.applier.netlink.NetlinkException;
import io.vnetc.applier.netlink.system.Errno;
import io.vnetc.applier.testing.NetworkNamespace;
import io.vnetc.dsl.value.Cidr;
import io.vnetc.dsl.value.InterfaceAddress;
import io.vnetc.dsl.value.IpAddress;
import io.vnetc.dsl.value.IpFamily;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Addresses, routes and rules: what is asked of the kernel is what {@code ip} shows, and the other way round. */
class AddressAndRouteTest {
    private static final InterfaceAddress V4 = InterfaceAddress.parse("10.20.1.1/24");
    private static final InterfaceAddress V6 = InterfaceAddress.parse("fd00:20:1::1/64");

    private final NetworkNamespace host = NetworkNamespace.create();
    private RouteSocket socket;

    @BeforeEach
    void open() throws Exception {
        socket = host.call(RouteSocket::open);
        socket.apply(LinkChange.createBridge("br0"));
        socket.apply(LinkChange.change("br0").addressGeneration(AddressGeneration.NONE));
        socket.apply(LinkChange.change("br0").up(true));
    }

    @AfterEach
    void close() {
        socket.close();
        host.close();
    }

    @Test
    void addressesComeAndGo() throws Exception {
        socket.apply(AddressChange.add("br0", V4).withProtocol(77).withBroadcast(IpAddress.parse("10.20.1.255")));
        socket.apply(AddressChange.add("br0", V6).withoutDuplicateDetection().withProtocol(77));

        JsonArray shown = host.json("ip", "-j", "address", "show", "dev", "br0")
                .getAsJsonArray()
                .get(0)
                .getAsJsonObject()
                .getAsJsonArray("addr_info");
        assertThat(shown).hasSize(2);
        JsonObject v4 = shown.get(0).getAsJsonObject();
        assertThat(v4.get("local").getAsString()).isEqualTo("10.20.1.1");
        assertThat(v4.get("prefixlen").getAsInt()).isEqualTo(24);
        assertThat(v4.get("broadcast").getAsString()).isEqualTo("10.20.1.255");
        JsonObject v6 = shown.get(1).getAsJsonObject();
        assertThat(v6.get("local").getAsString()).isEqualTo("fd00:20:1::1");
        assertThat(v6.get("nodad").getAsBoolean()).isTrue();

        List<AddressInfo> read = socket.addresses();
        assertThat(read).extracting(AddressInfo::address).containsExactly(V4, V6);
        assertThat(read).allMatch(AddressInfo::isPermanent).allMatch(address -> address.protocol() == 77);
        assertThat(read).allMatch(address -> address.peer().isEmpty() && address.validSeconds() == -1);
        assertThat(read.get(0).label()).contains("br0");
        assertThat(read.get(0).linkIndex())
                .isEqualTo(socket.link("br0").orElseThrow().index());
        assertThat(read.get(1).isWithoutDuplicateDetection()).isTrue();
        assertThat(read.get(1).isTentative()).isFalse();

        socket.apply(AddressChange.delete("br0", V4));
        socket.apply(AddressChange.delete("br0", V6));
        assertThat(socket.addresses()).isEmpty();
    }

    @Test
    void anAddressWithoutPrefixRouteMakesNone() throws Exception {
        socket.apply(AddressChange.add("br0", V4).withoutPrefixRoute());
        assertThat(socket.addresses().get(0).isWithoutPrefixRoute()).isTrue();
        assertThat(host.exec("ip", "route")).isEmpty();
    }

    @Test
    void whatOthersSetIsReadInFull() throws Exception {
        host.exec("ip", "address", "add", "10.9.0.1", "peer", "10.9.0.2/30", "dev", "br0", "scope", "link");
        host.exec(
                "ip",
                "address",
                "add",
                "10.20.1.1/24",
                "dev",
                "br0",
                "label",
                "br0:x",
                "valid_lft",
                "100",
                "preferred_lft",
                "50");
        host.exec("ip", "address", "add", "10.20.1.2/24", "dev", "br0");

        List<AddressInfo> read = socket.addresses();

        assertThat(read.get(0).address()).isEqualTo(InterfaceAddress.parse("10.9.0.1/30"));
        assertThat(read.get(0).peer()).contains(IpAddress.parse("10.9.0.2"));
        assertThat(read.get(0).scope()).isEqualTo(253);
        assertThat(read.get(1).label()).contains("br0:x");
        assertThat(read.get(1).validSeconds()).isBetween(90, 100);
        assertThat(read.get(1).isPermanent()).isFalse();
        assertThat(read.get(2).isSecondary()).isTrue();
    }

    @Test
    void aDuplicateThatTheKernelFoundShows() throws Exception {
        try (NetworkNamespace other = NetworkNamespace.create()) {
            host.cable("v0", other, "v0");
            other.exec("ip", "address", "add", "fd00::9/64", "dev", "v0", "nodad");
            InterfaceAddress taken = InterfaceAddress.parse("fd00::9/64");
            Thread.sleep(50);
            socket.apply(AddressChange.add("v0", taken));
            long end = System.nanoTime() + 60_000_000_000L;
            Optional<AddressInfo> found = Optional.empty();
            while (found.isEmpty() && System.nanoTime() < end) {
                found = socket.addresses().stream()
                        .filter(address -> address.address().equals(taken) && address.hasFailedDuplicateDetection())
                        .findFirst();
                Thread.sleep(50);
            }
            assertThat(found).isPresent();
        }
    }

    @Test
    void anAddressThatIsThereAndOneThatIsNotAreErrors() throws Exception {
        socket.apply(AddressChange.add("br0", V4));
        assertThatThrownBy(() -> socket.apply(AddressChange.add("br0", V4)))
                .isInstanceOfSatisfying(
                        NetlinkException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EEXIST))
                .hasMessageStartingWith("cannot add address 10.20.1.1/24 to br0: EEXIST");
        assertThatThrownBy(() -> socket.apply(AddressChange.delete("br0", V6)))
                .isInstanceOfSatisfying(
                        NetlinkException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EADDRNOTAVAIL))
                .hasMessageStartingWith("cannot delete address fd00:20:1::1/64 from br0: EADDRNOTAVAIL");
    }

    @Test
    void routesComeAndGo() throws Exception {
        socket.apply(AddressChange.add("br0", V4));
        socket.apply(AddressChange.add("br0", V6).withoutDuplicateDetection());
        Cidr four = Cidr.parse("10.99.0.0/16");
        Cidr six = Cidr.parse("fd99::/48");
        List<RouteChange> routes = List.of(
                RouteChange.add(four)
                        .via(IpAddress.parse("10.20.1.9"))
                        .withProtocol(77)
                        .withMetric(50),
                RouteChange.add(six)
                        .via(IpAddress.parse("fd00:20:1::9"))
                        .withProtocol(77)
                        .withMetric(60),
                RouteChange.add(Cidr.parse("0.0.0.0/0")).by("br0").via(IpAddress.parse("10.20.1.254")),
                RouteChange.add(Cidr.parse("10.98.0.0/16"))
                        .by("br0")
                        .inTable(1000)
                        .withSource(V4.address()),
                RouteChange.add(Cidr.parse("10.97.0.0/16")).withType(RouteType.BLACKHOLE),
                RouteChange.add(Cidr.parse("fd97::/48")).withType(RouteType.UNREACHABLE));
        assertThat(socket.applyAll(routes)).allMatch(Optional::isEmpty);

        assertThat(host.exec("ip", "route", "show", "table", "all"))
                .contains("10.99.0.0/16 via 10.20.1.9 dev br0 proto 77 metric 50")
                .contains("default via 10.20.1.254 dev br0 proto static")
                .contains("10.98.0.0/16 dev br0 table 1000 proto static scope link src 10.20.1.1")
                .contains("blackhole 10.97.0.0/16 proto static");
        assertThat(host.exec("ip", "-6", "route"))
                .contains("fd99::/48 via fd00:20:1::9 dev br0 proto 77 metric 60")
                .contains("unreachable fd97::/48 dev lo proto static");

        int index = socket.link("br0").orElseThrow().index();
        RouteInfo read = find(four);
        assertThat(read.gateway()).contains(IpAddress.parse("10.20.1.9"));
        assertThat(read.linkIndex()).hasValue(index);
        assertThat(read.protocol()).isEqualTo(77);
        assertThat(read.metric()).isEqualTo(50);
        assertThat(read.table()).isEqualTo(254);
        assertThat(read.type()).isEqualTo(RouteType.UNICAST);
        assertThat(find(six).gateway()).contains(IpAddress.parse("fd00:20:1::9"));
        assertThat(find(Cidr.parse("10.98.0.0/16")).table()).isEqualTo(1000);
        assertThat(find(Cidr.parse("10.98.0.0/16")).source()).contains(V4.address());
        assertThat(find(Cidr.parse("0.0.0.0/0")).gateway()).contains(IpAddress.parse("10.20.1.254"));

        for (RouteChange route : routes) {
            socket.apply(new RouteChange(
                    RouteChange.Action.DELETE,
                    route.destination(),
                    route.type(),
                    route.table(),
                    route.protocol(),
                    route.link(),
                    route.gateway(),
                    route.source(),
                    route.metric(),
                    route.scope(),
                    route.onLink()));
        }
        assertThat(socket.routes()).extracting(RouteInfo::protocol).containsOnly(2);
    }

    @Test
    void aRouteIsReplacedInPlace() throws Exception {
        socket.apply(AddressChange.add("br0", V4));
        RouteChange first = RouteChange.add(Cidr.parse("10.99.0.0/16")).via(IpAddress.parse("10.20.1.9"));
        socket.apply(first);
        assertThatThrownBy(() -> socket.apply(first.via(IpAddress.parse("10.20.1.10"))))
                .hasMessageContaining("cannot add route to 10.99.0.0/16 via 10.20.1.10: EEXIST");
        socket.apply(
                RouteChange.of(RouteChange.Action.REPLACE, first.destination()).via(IpAddress.parse("10.20.1.10")));
        assertThat(find(first.destination()).gateway()).contains(IpAddress.parse("10.20.1.10"));
        assertThatThrownBy(() ->
                        socket.apply(RouteChange.delete(first.destination()).withProtocol(5)))
                .isInstanceOfSatisfying(
                        NetlinkException.class,
                        e -> assertThat(e.errno().name()).isEqualTo("ESRCH"));
    }

    @Test
    void aGatewayThatNoRouteReachesIsAnErrorUnlessItIsOnLink() throws Exception {
        socket.apply(AddressChange.add("br0", V4));
        RouteChange route =
                RouteChange.add(Cidr.parse("10.99.0.0/16")).by("br0").via(IpAddress.parse("10.77.0.1"));
        assertThatThrownBy(() -> socket.apply(route)).hasMessageContaining("Nexthop has invalid gateway");
        socket.apply(route.withOnLinkGateway());
        assertThat(host.exec("ip", "route")).contains("10.99.0.0/16 via 10.77.0.1 dev br0 proto static onlink");
    }

    @Test
    void severalNextHopsAreKeptAsTheyAre() throws Exception {
        socket.apply(AddressChange.add("br0", V4));
        host.exec("ip", "route", "add", "10.99.0.0/16", "nexthop", "via", "10.20.1.2", "nexthop", "via", "10.20.1.3");
        RouteInfo route = find(Cidr.parse("10.99.0.0/16"));
        assertThat(route.isMultipath()).isTrue();
        assertThat(route.message().reencoded()).isEqualTo(route.message());
    }

    @Test
    void rulesAreRead() throws Exception {
        host.exec(
                "ip",
                "rule",
                "add",
                "from",
                "10.20.0.0/16",
                "iif",
                "br0",
                "fwmark",
                "7",
                "table",
                "1000",
                "priority",
                "500");
        host.exec("ip", "-6", "rule", "add", "to", "fd00::/8", "prohibit", "priority", "501", "protocol", "77");

        RuleInfo four = socket.rules().stream()
                .filter(rule -> rule.priority() == 500)
                .findFirst()
                .orElseThrow();
        assertThat(four.family()).isEqualTo(IpFamily.IPV4);
        assertThat(four.source()).contains(Cidr.parse("10.20.0.0/16"));
        assertThat(four.destination()).isEmpty();
        assertThat(four.incoming()).contains("br0");
        assertThat(four.mark()).isEqualTo(7);
        assertThat(four.table()).isEqualTo(1000);
        RuleInfo six = socket.rules().stream()
                .filter(rule -> rule.priority() == 501)
                .findFirst()
                .orElseThrow();
        assertThat(six.destination()).contains(Cidr.parse("fd00::/8"));
        assertThat(six.action()).isEqualTo(8);
        assertThat(six.protocol()).isEqualTo(77);
    }

    private RouteInfo find(Cidr destination) throws NetlinkException {
        return socket.routes().stream()
                .filter(route -> route.destination().equals(destination))
                .findFirst()
                .orElseThrow();
    }
}
