// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.kinds.rtnetlink;

import static io.vnetc.applier.kinds.rtnetlink.DriverLab.ADDRESSES;
import static io.vnetc.applier.kinds.rtnetlink.DriverLab.BRIDGES;
import static io.vnetc.applier.kinds.rtnetlink.DriverLab.ROUTES;
import static io.vnetc.applier.kinds.rtnetlink.DriverLab.bridge;
import static io.vnetc.applier.kinds.rtnetlink.DriverLab.name;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vnetc.applier.kinds.DriverException;
import io.vnetc.applier.lab.NamespaceSnapshot;
import io.vnetc.compiler.kind.BridgeAddress;
import io.vnetc.compiler.kind.Route;
import io.vnetc.compiler.model.Owner;
import io.vnetc.compiler.state.Entry;
import io.vnetc.compiler.state.Standing;
import io.vnetc.dsl.value.Cidr;
import io.vnetc.dsl.value.InterfaceAddress;
import io.vnetc.dsl.value.IpAddress;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RouteDriverTest {
    private final DriverLab lab = new DriverLab();

    @BeforeEach
    void makeBridges() {
        for (String one : List.of("vbr-a", "vbr-b")) {
            lab.make(BRIDGES, bridge(one));
            String digit = one.equals("vbr-a") ? "1" : "2";
            for (String inet : List.of("10.0." + digit + ".1/24", "fd00:" + digit + "::1/64")) {
                lab.make(ADDRESSES, new BridgeAddress(name(one), Owner.network(one), InterfaceAddress.parse(inet)));
            }
        }
    }

    @AfterEach
    void close() {
        lab.close();
    }

    private static Route route(String destination, long metric, String bridge, String gateway) {
        return new Route(
                Cidr.parse(destination), metric, name(bridge), Owner.network(bridge), IpAddress.parse(gateway));
    }

    private List<Route> routes(Standing standing) {
        return lab.observe().state().entries().values().stream()
                .filter(entry -> entry.standing() == standing && entry.resource() instanceof Route)
                .map(entry -> (Route) entry.resource())
                .toList();
    }

    @Test
    void whatIsMadeIsReadBackAsItWasAskedAndIsWhatIpShows() {
        List<Route> wanted = List.of(
                route("10.9.0.0/16", 0, "vbr-a", "10.0.1.9"),
                route("10.9.0.0/16", 7, "vbr-b", "10.0.2.9"),
                route("0.0.0.0/0", 4294967295L, "vbr-a", "10.0.1.9"),
                route("fd09::/32", 1024, "vbr-a", "fd00:1::9"),
                route("::/0", 5, "vbr-b", "fd00:2::9"));
        for (Route route : wanted) {
            lab.make(ROUTES, route);
            assertThat(lab.observe(route.address())).contains(Entry.observed(route, Standing.OWNED));
        }

        assertThat(lab.space.exec("ip", "route"))
                .contains("10.9.0.0/16 via 10.0.1.9 dev vbr-a proto 118")
                .contains("10.9.0.0/16 via 10.0.2.9 dev vbr-b proto 118 metric 7")
                .contains("default via 10.0.1.9 dev vbr-a proto 118 metric 4294967295");
        assertThat(lab.space.exec("ip", "-6", "route"))
                .contains("fd09::/32 via fd00:1::9 dev vbr-a proto 118 metric 1024")
                .contains("default via fd00:2::9 dev vbr-b proto 118 metric 5");
        assertThat(routes(Standing.FOREIGN)).isEmpty();
    }

    @Test
    void aChangeAndItsInverseLeadBackAndADeletionLeavesNothing() {
        NamespaceSnapshot empty = lab.snapshot();
        for (Route made :
                List.of(route("10.9.0.0/16", 0, "vbr-a", "10.0.1.9"), route("fd09::/32", 1024, "vbr-a", "fd00:1::9"))) {
            lab.make(ROUTES, made);
            NamespaceSnapshot before = lab.snapshot();
            boolean ipv4 = made.gateway().toString().indexOf(':') < 0;
            String there = ipv4 ? "10.0.2.7" : "fd00:2::7";
            String here = ipv4 ? "10.0.1.7" : "fd00:1::7";
            for (Route other : List.of(
                    route(made.destination().toString(), made.metric(), "vbr-a", here),
                    route(made.destination().toString(), made.metric(), "vbr-b", there))) {
                lab.change(ROUTES, made, other);
                assertThat(routes(Standing.OWNED)).containsExactly(other);
                lab.change(ROUTES, other, made);
                lab.snapshot().since(before).requireNone("a change of a route and back");
            }
            lab.delete(ROUTES, made);
            lab.snapshot().since(empty).requireNone("making and deleting a route");
        }
    }

    @Test
    void whatSomebodyElseMadeIsForeignAndStays() {
        lab.space.exec("ip", "route", "add", "10.8.0.0/16", "via", "10.0.1.8");
        lab.space.exec("ip", "route", "append", "10.8.0.0/16", "via", "10.0.2.8");
        lab.space.exec("ip", "route", "add", "10.7.0.0/16", "via", "10.0.1.8", "table", "100");
        lab.space.exec("ip", "route", "add", "blackhole", "10.6.0.0/16");
        lab.space.exec("ip", "-6", "route", "add", "default", "via", "fd00:1::8");
        NamespaceSnapshot before = lab.snapshot();

        assertThat(routes(Standing.OWNED)).isEmpty();
        assertThat(routes(Standing.FOREIGN))
                .extracting(one -> one.destination() + " " + one.gateway())
                .containsExactlyInAnyOrder("10.8.0.0/16 10.0.1.8", "::/0 fd00:1::8");
        assertThatThrownBy(() -> lab.make(ROUTES, route("10.8.0.0/16", 0, "vbr-a", "10.0.1.9")))
                .isInstanceOf(DriverException.class)
                .hasMessageStartingWith("cannot make the route to 10.8.0.0/16 over 10.0.1.9: EEXIST");
        lab.delete(ROUTES, route("10.8.0.0/16", 0, "vbr-a", "10.0.1.8"));

        lab.snapshot().since(before).requireNone("what could not be made, and what was not ours to delete");
    }

    @Test
    void aGatewayThatIsNotReachedIsExplained() {
        assertThatThrownBy(() -> lab.make(ROUTES, route("10.9.0.0/16", 0, "vbr-a", "203.0.113.1")))
                .isInstanceOfSatisfying(DriverException.class, e -> {
                    assertThat(e.words()).contains("ENETUNREACH");
                    assertThat(e.remedy()).isPresent();
                });
        assertThat(routes(Standing.OWNED)).isEmpty();
    }

    @Test
    void ofManyThoseBeforeTheOneThatFailsAreMadeAndThoseAfterItAreNot() {
        List<Route> many = IntStream.range(0, 200)
                .mapToObj(i -> route("10.200." + i + ".0/24", 0, "vbr-a", i == 120 ? "203.0.113.1" : "10.0.1.9"))
                .toList();

        var outcome = lab.moveAll(ROUTES, DriverLab.creations(many));

        assertThat(outcome.failure()).hasValueSatisfying(e -> assertThat(e).hasMessageContaining("10.200.120.0/24"));
        assertThat(outcome.done()).isEqualTo(DriverLab.creations(many.subList(0, 120)));
        assertThat(routes(Standing.OWNED)).containsExactlyInAnyOrderElementsOf(many.subList(0, 120));
        assertThat(lab.moveAll(ROUTES, DriverLab.deletions(many.subList(0, 120)))
                        .done())
                .hasSize(120);
        assertThat(routes(Standing.OWNED)).isEmpty();
    }

    @Test
    void randomChangesLeadToWhatWasWanted() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        TreeMap<Route, Route> now = new TreeMap<>((one, other) -> one.address().compareTo(other.address()));
        for (int i = 0; i < 60; i++) {
            boolean ipv4 = random.nextBoolean();
            boolean first = random.nextBoolean();
            String bridge = first ? "vbr-a" : "vbr-b";
            String digit = first ? "1" : "2";
            int number = random.nextInt(4);
            Route next = ipv4
                    ? route(
                            "10.9." + number + ".0/24",
                            random.nextInt(2),
                            bridge,
                            "10.0." + digit + "." + (2 + random.nextInt(5)))
                    : route(
                            "fd09:" + number + "::/32",
                            1 + random.nextInt(2),
                            bridge,
                            "fd00:" + digit + "::" + (2 + random.nextInt(5)));
            Route old = now.remove(next);
            if (old == null) {
                lab.make(ROUTES, next);
                now.put(next, next);
            } else if (random.nextInt(3) == 0) {
                lab.delete(ROUTES, old);
            } else {
                lab.change(ROUTES, old, next);
                now.put(next, next);
            }
            assertThat(routes(Standing.OWNED))
                    .as("seed %d, change %d", seed, i)
                    .containsExactlyInAnyOrderElementsOf(now.values());
        }
    }
}
