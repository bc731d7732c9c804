// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.promises;

import static io.vnetc.applier.promises.TrafficLab.Direction.INBOUND;
import static io.vnetc.applier.promises.TrafficLab.Direction.OUTBOUND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.vnetc.applier.apply.StepFault;
import io.vnetc.applier.lab.NamespaceSnapshot;
import io.vnetc.applier.promises.TrafficLab.Direction;
import io.vnetc.applier.promises.TrafficLab.Guest;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rates are what was asked for, as real traffic sees them, in whole frames as htb counts them. */
final class QosRateTest {
    private static final String HOST4 = "10.30.1.1";
    private static final String HOST6 = "fd00:30:1::1";
    /** Long enough that how long the first and the last packets took is far below what is tolerated. */
    private static final int SECONDS_TOGETHER = 6;

    private ExampleHost host;
    private TrafficLab lab;

    @BeforeEach
    void open() {
        host = ExampleHost.open();
        lab = new TrafficLab(host.namespace());
    }

    @AfterEach
    void close() {
        lab.close();
        host.close();
    }

    private static String network(String qos) {
        return """
                network a {
                  forward open
                  subnet 10.30.1.0/24 { gateway .1 }
                  subnet fd00:30:1::/64 { gateway ::1 }
                  %s
                }
                """.formatted(qos);
    }

    private static String guest(int number, String qos) {
        return "vm g%d { nic eth0 { network a  mac %s  %s } }%n".formatted(number, mac(number), qos);
    }

    private static String mac(int number) {
        return "52:54:00:00:00:0" + number;
    }

    private void apply(String... parts) {
        host.apply(Source.of("rates", String.join("", parts), host.folder()));
    }

    private Guest veth(int number) {
        return lab.plugIn("vbr-a", mac(number), "10.30.1.1" + number + "/24", "fd00:30:1::1" + number + "/64");
    }

    private Guest tap(int number) {
        return lab.hold(
                "vt-g" + number + "-eth0", mac(number), "10.30.1.1" + number + "/24", "fd00:30:1::1" + number + "/64");
    }

    private static void assertRate(double measured, double asked, String what) {
        assertThat(measured).as("%s in Mbit/s", what).isCloseTo(asked, within(asked / 10));
    }

    @Test
    void of_a_nic_hold_on_its_tap_both_ways_for_ipv4_and_ipv6() {
        NamespaceSnapshot before = host.snapshot();
        apply(network(""), guest(1, "qos { inbound average 30mbit  outbound average 20mbit }"));
        Guest guest = tap(1);

        assertRate(lab.streamAlone(guest, INBOUND, HOST4), 30, "IPv4 inbound");
        assertRate(lab.streamAlone(guest, INBOUND, HOST6), 30, "IPv6 inbound");
        assertRate(lab.streamAlone(guest, OUTBOUND, HOST4), 20, "IPv4 outbound");
        assertRate(lab.streamAlone(guest, OUTBOUND, HOST6), 20, "IPv6 outbound");

        lab.close();
        host.destroy();
        host.snapshot().since(before).requireNone("destroy");
    }

    @Test
    void of_a_network_are_shared_equally_among_its_guests() {
        apply(
                network("qos { inbound average 45mbit  outbound average 30mbit }"),
                guest(1, ""),
                guest(2, ""),
                guest(3, ""));
        List<Guest> guests = List.of(veth(1), veth(2), veth(3));

        for (Direction way : Direction.values()) {
            double whole = way == INBOUND ? 45 : 30;
            List<Double> rates = together(guests, way);
            assertRate(rates.stream().mapToDouble(rate -> rate).sum(), whole, way + " of all");
            rates.forEach(rate -> assertRate(rate, whole / 3, way + " of one of " + rates));
        }
        assertRate(lab.streamAlone(guests.get(2), INBOUND, HOST6), 45, "what one has while the others are silent");
    }

    @Test
    void of_a_floor_are_held_while_others_want_all() {
        apply(
                network("qos { inbound average 45mbit }"),
                guest(1, "qos { inbound floor 30mbit }"),
                guest(2, ""),
                guest(3, ""));

        List<Double> rates = together(List.of(veth(1), veth(2), veth(3)), INBOUND);

        assertThat(rates.get(0)).as("the one with the floor, of %s", rates).isGreaterThan(30 * 0.9);
        assertThat(rates.get(1)).as("the others, of %s", rates).isCloseTo(rates.get(2), within(rates.get(2) / 10));
        assertRate(rates.stream().mapToDouble(rate -> rate).sum(), 45, "all together");
    }

    /** The tap's limit and the network's hold together, each behind the other. */
    @Test
    void of_a_nic_hold_beside_those_of_its_network() {
        apply(
                network("qos { inbound average 60mbit  outbound average 20mbit }"),
                guest(1, "qos { inbound average 15mbit  outbound average 10mbit }"));
        Guest guest = tap(1);

        assertRate(lab.streamAlone(guest, INBOUND, HOST4), 15, "inbound, the tap's");
        apply(
                network("qos { inbound average 10mbit  outbound average 5mbit }"),
                guest(1, "qos { inbound average 15mbit  outbound average 10mbit }"));
        assertRate(lab.streamAlone(guest, INBOUND, HOST6), 10, "inbound, the network's");
        assertRate(lab.streamAlone(guest, OUTBOUND, HOST4), 5, "outbound, the network's");
    }

    @Test
    void of_a_portgroup_change_under_traffic_without_a_lost_packet_and_go_when_they_are_not_wanted() {
        String staff = "portgroup staff { qos { inbound average %1$s  outbound average %1$s } }";
        apply(network(staff.formatted("10mbit")), guest(1, "portgroup staff"));
        Guest guest = tap(1);
        CompletableFuture<long[]> steady = lab.datagrams(guest, INBOUND, HOST4, "6M", 4);

        apply(network(staff.formatted("30mbit")), guest(1, "portgroup staff"));

        assertThat(steady.isDone()).as("the traffic ended before the change").isFalse();
        assertThat(steady.join()[1]).isGreaterThan(2_000);
        assertThat(steady.join()[0]).as("lost packets").isZero();
        assertRate(lab.streamAlone(guest, INBOUND, HOST4), 30, "inbound after the change");
        assertRate(lab.streamAlone(guest, OUTBOUND, HOST6), 30, "outbound after the change");

        apply(network("portgroup staff { }"), guest(1, "portgroup staff"));
        assertThat(host.namespace().exec("tc", "qdisc", "show")).doesNotContain("htb", "ingress");
        assertThat(host.namespace().exec("ip", "link", "show", "type", "ifb")).isEmpty();
    }

    @Test
    void are_not_set_where_somebody_else_has_set_his() {
        apply(network(""), guest(1, ""));
        host.namespace()
                .exec(
                        "tc",
                        "qdisc",
                        "add",
                        "dev",
                        "vt-g1-eth0",
                        "root",
                        "handle",
                        "8001:",
                        "tbf",
                        "rate",
                        "1mbit",
                        "burst",
                        "10k",
                        "limit",
                        "10k");
        NamespaceSnapshot before = host.snapshot();
        Source wanted = Source.of("rates", network("") + guest(1, "qos { inbound average 10mbit }"), host.folder());

        ExampleHost.Result refused = host.apply(wanted, StepFault.NONE).requireExit(4, "a clash");

        assertThat(refused.err()).contains("root qdisc", "vt-g1-eth0", "8001:");
        host.snapshot().since(before).requireNone("a plan that was refused");
    }

    /** Megabits a second of each while all want all there is; the last one over IPv6. */
    private List<Double> together(List<Guest> guests, Direction way) {
        List<CompletableFuture<Double>> running = IntStream.range(0, guests.size())
                .mapToObj(i -> lab.stream(guests.get(i), way, i == guests.size() - 1 ? HOST6 : HOST4, SECONDS_TOGETHER))
                .toList();
        return running.stream().map(CompletableFuture::join).toList();
    }
}
