// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.lower;

import static io.vnetc.compiler.testing.Networks.FAST;
import static io.vnetc.compiler.testing.Networks.LAN;
import static io.vnetc.compiler.testing.Networks.isolated;
import static io.vnetc.compiler.testing.Networks.model;
import static io.vnetc.compiler.testing.Networks.nat;
import static io.vnetc.compiler.testing.Networks.network;
import static io.vnetc.compiler.testing.Networks.routed;
import static io.vnetc.compiler.testing.Networks.subnet;
import static org.assertj.core.api.Assertions.assertThat;

import io.vnetc.compiler.kind.FirewallTable;
import io.vnetc.compiler.kind.FirewallTable.Table;
import io.vnetc.compiler.kind.Rule.ConnectionState;
import io.vnetc.compiler.lower.Packet.Fate;
import io.vnetc.compiler.model.Forwarding;
import io.vnetc.compiler.model.Network;
import io.vnetc.dsl.value.IpAddress;
import io.vnetc.dsl.value.IpFamily;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FilterLoweringTest {
    /** One network of each sort, each with an address block of its own; {@code internet} is behind both uplinks. */
    private static final Map<String, Forwarding> SORTS = Map.of(
            "isolated", isolated(),
            "other", isolated(),
            "nat", nat(),
            "natlan", nat(LAN),
            "routed", routed(),
            "routed2", routed(),
            "routelan", routed(LAN),
            "open", new Forwarding.Open());

    private static final List<String> NAMES = SORTS.keySet().stream().sorted().toList();

    private final Optional<FirewallTable> table =
            filter(NAMES.stream().map(name -> make(name, SORTS.get(name))).toList(), IpFamily.IPV4);

    @ParameterizedTest
    @CsvSource({
        "nat,      eno1",
        "nat,      enp65s0f0",
        "nat,      docker0",
        "natlan,   eno1",
        "routed,   eno1",
        "routed,   docker0",
        "routelan, eno1",
    })
    void aForwardingNetworkGetsOut(String network, String link) {
        assertThat(fate(network, link, ConnectionState.NEW)).isEqualTo(Fate.ACCEPTED);
        assertThat(fate(link, network, ConnectionState.ESTABLISHED)).isEqualTo(Fate.ACCEPTED);
    }

    @ParameterizedTest
    @CsvSource({
        "isolated, eno1",
        "natlan,   enp65s0f0",
        "natlan,   docker0",
        "routelan, enp65s0f0",
    })
    void aNetworkGetsOutNowhereElse(String network, String link) {
        for (ConnectionState state : ConnectionState.values()) {
            assertThat(fate(network, link, state)).isEqualTo(Fate.REFUSED);
            assertThat(fate(link, network, state)).isEqualTo(Fate.REFUSED);
        }
    }

    @ParameterizedTest
    @CsvSource({"isolated", "nat", "natlan"})
    void nobodyOpensAConnectionInwards(String network) {
        for (String link : List.of("eno1", "enp65s0f0", "docker0")) {
            assertThat(fate(link, network, ConnectionState.NEW)).isEqualTo(Fate.REFUSED);
            assertThat(fate(link, network, ConnectionState.INVALID)).isEqualTo(Fate.REFUSED);
        }
    }

    @ParameterizedTest
    @CsvSource({"routed, eno1", "routed, enp65s0f0", "routelan, eno1"})
    void aRoutedNetworkIsReachedFromOutside(String network, String link) {
        assertThat(fate(link, network, ConnectionState.NEW)).isEqualTo(Fate.ACCEPTED);
    }

    @Test
    void guestsOfOneNetworkReachEachOther() {
        for (String name : NAMES) {
            Fate expected = name.equals("open") ? Fate.LEFT : Fate.ACCEPTED;
            assertThat(fate(name, name, ConnectionState.NEW)).as(name).isEqualTo(expected);
        }
    }

    @Test
    void aNetworkIsReachedFromAnotherOnlyWhereItIsRoutedOrOpen() {
        List<String> reached = List.of("routed", "routed2", "open");
        List<String> reaching = List.of("routed", "routed2", "open", "nat");
        for (String from : NAMES) {
            for (String to : NAMES) {
                if (!from.equals(to)) {
                    Fate expected = reaching.contains(from) && reached.contains(to) ? Fate.ACCEPTED : Fate.REFUSED;
                    assertThat(fate(from, to, ConnectionState.NEW))
                            .as("%s to %s", from, to)
                            .isEqualTo(expected);
                }
            }
        }
    }

    @Test
    void whatIsNoneOfOursIsLeftToTheHost() {
        assertThat(fate("eno1", "docker0", ConnectionState.NEW)).isEqualTo(Fate.LEFT);
        assertThat(fate("open", "eno1", ConnectionState.NEW)).isEqualTo(Fate.LEFT);
        assertThat(fate("eno1", "open", ConnectionState.NEW)).isEqualTo(Fate.LEFT);
    }

    @Test
    void aForeignSourceDoesNotGetOut() {
        Packet forged = new Packet(
                "vbr-nat", "eno1", IpAddress.parse("10.99.0.1"), IpAddress.parse("9.9.9.9"), ConnectionState.NEW);
        assertThat(forged.in(table)).isEqualTo(Fate.REFUSED);
    }

    @Test
    void networksBehindAGuestGetOutAsWell() {
        Network network = network("n", nat(LAN))
                .subnet(subnet("10.20.1.0/24", "10.20.1.1"))
                .route("10.9.0.0/16", "10.20.1.7")
                .build();
        Packet packet = new Packet(
                "vbr-n", "eno1", IpAddress.parse("10.9.3.4"), IpAddress.parse("9.9.9.9"), ConnectionState.NEW);
        assertThat(packet.in(filter(List.of(network), IpFamily.IPV4))).isEqualTo(Fate.ACCEPTED);
    }

    @Test
    void aNetworkWithoutAnAddressOfTheFamilyIsLetThroughToItself() {
        Optional<FirewallTable> ipv6 = filter(List.of(make("nat", nat())), IpFamily.IPV6);
        Packet packet = new Packet(
                "vbr-nat", "vbr-nat", IpAddress.parse("fe80::1"), IpAddress.parse("fe80::2"), ConnectionState.NEW);
        assertThat(packet.in(ipv6)).isEqualTo(Fate.ACCEPTED);
        assertThat(ipv6.orElseThrow().chains()).doesNotContainKey("VNET-IN-vbr-nat");
    }

    /**
     * What is allowed before and after is allowed all the while, between links that stay; what is refused before and after
     * is refused all the while.
     */
    @Test
    void theWayFromOneStateToAnotherIsNeverWiderThanBothNorNarrowerThanEach() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 300; round++) {
            List<Network> old = some(random);
            List<Network> now = some(random);
            Optional<FirewallTable> before = filter(old, IpFamily.IPV4);
            Optional<FirewallTable> after = filter(now, IpFamily.IPV4);
            if (before.isEmpty() && after.isEmpty()) {
                continue;
            }
            Optional<FirewallTable> between = FirewallTable.KIND.expansion(before, after);
            for (Packet packet : packets()) {
                List<Fate> ends = List.of(packet.in(before), packet.in(after));
                Fate fate = packet.in(between);
                boolean always = Collections.frequency(ends, Fate.ACCEPTED) == 2
                        && stays(packet.in(), old, now)
                        && stays(packet.out(), old, now);
                boolean never = Collections.frequency(ends, Fate.REFUSED) == 2;
                assertThat(fate == Fate.REFUSED && always)
                        .as("seed %d, cut off: %s", seed, packet)
                        .isFalse();
                assertThat(fate != Fate.REFUSED && never)
                        .as("seed %d, let through: %s", seed, packet)
                        .isFalse();
            }
        }
    }

    private static boolean stays(String link, List<Network> old, List<Network> now) {
        return Stream.of(old, now)
                .allMatch(networks -> !link.startsWith("vbr-")
                        || networks.stream()
                                .anyMatch(network ->
                                        network.bridge().name().text().equals(link)));
    }

    private static List<Network> some(Random random) {
        List<Forwarding> sorts = List.of(
                isolated(), nat(), nat(LAN), nat(FAST), nat(LAN, FAST), routed(), routed(LAN), new Forwarding.Open());
        List<Network> networks = new ArrayList<>();
        for (String name : NAMES) {
            if (random.nextInt(3) > 0) {
                networks.add(make(name, sorts.get(random.nextInt(sorts.size()))));
            }
        }
        return networks;
    }

    private static List<Packet> packets() {
        List<String> places = new ArrayList<>(NAMES);
        places.addAll(List.of("eno1", "enp65s0f0", "docker0"));
        List<Packet> packets = new ArrayList<>();
        for (String from : places) {
            for (String to : places) {
                packets.add(packet(from, to, ConnectionState.NEW));
                packets.add(packet(from, to, ConnectionState.ESTABLISHED));
            }
        }
        return packets;
    }

    private Fate fate(String from, String to, ConnectionState state) {
        return packet(from, to, state).in(table);
    }

    private static Packet packet(String from, String to, ConnectionState state) {
        return new Packet(link(from), link(to), address(from, 7), address(to, 8), state);
    }

    private static String link(String place) {
        return NAMES.contains(place) ? "vbr-" + place : place;
    }

    private static IpAddress address(String place, int host) {
        return IpAddress.parse(
                NAMES.contains(place) ? "10.20." + NAMES.indexOf(place) + "." + host : "198.51.100." + host);
    }

    private static Network make(String name, Forwarding forwarding) {
        String block = "10.20." + NAMES.indexOf(name) + ".";
        return network(name, forwarding)
                .subnet(subnet(block + "0/24", block + "1"))
                .build();
    }

    private static Optional<FirewallTable> filter(List<Network> networks, IpFamily family) {
        return Lowering.lower(model("kvm1", List.of(LAN, FAST), networks), "kvm1", Surroundings.ASSUMED)
                .desired()
                .find(FirewallTable.address(family, Table.FILTER))
                .map(entry -> (FirewallTable) entry.resource());
    }
}
