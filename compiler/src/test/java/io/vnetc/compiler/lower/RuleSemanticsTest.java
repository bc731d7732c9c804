// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.lower;

import static org.assertj.core.api.Assertions.assertThat;

import io.vnetc.compiler.kind.FirewallTable;
import io.vnetc.compiler.kind.FirewallTable.Table;
import io.vnetc.compiler.kind.Rule.ConnectionState;
import io.vnetc.compiler.kind.Rule.Direction;
import io.vnetc.compiler.kind.Rule.Protocol;
import io.vnetc.compiler.lower.Packet.Fate;
import io.vnetc.compiler.resolve.Resolver;
import io.vnetc.dsl.Frontend;
import io.vnetc.dsl.ParsedSources;
import io.vnetc.dsl.source.InMemorySourceTree;
import io.vnetc.dsl.value.Cidr;
import io.vnetc.dsl.value.IpAddress;
import io.vnetc.dsl.value.IpFamily;
import io.vnetc.dsl.value.MacAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Random rules, held against a reading of the source that knows nothing of chains. */
class RuleSemanticsTest {
    private static final List<String> NETWORKS = List.of("shut", "hidden", "bound", "known", "known2");
    private static final List<String> FORWARDS =
            List.of("", "forward nat", "forward nat via lan", "forward route", "forward route");
    private static final List<String> OUTSIDE = List.of("internet", "lan", "wan", "198.51.100.0/24");
    private static final List<String> LINKS = List.of("eno1", "eno2", "docker0");

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);

    /** Where a packet comes from or goes to: a guest, or what is beyond a link. */
    private record Place(String network, String guest, String link, IpAddress address, Optional<MacAddress> mac) {
        boolean isInside() {
            return !network.isEmpty();
        }
    }

    private record Statement(
            boolean allow, String from, String to, boolean both, Optional<Protocol> protocol, int port) {
        String text() {
            return (allow ? "allow " : "deny ")
                    + from
                    + (both ? " <-> " : " to ")
                    + to
                    + protocol.map(it -> " " + it).orElse("")
                    + (port > 0 ? " " + port + ", 1000..1001" : "");
        }

        boolean meets(Protocol other, int otherPort) {
            return protocol.filter(it -> it != other).isEmpty()
                    && (port == 0 || port == otherPort || otherPort == 1000 || otherPort == 1001);
        }
    }

    @Test
    void theFirstRuleDecidesAndAnswersPass() {
        for (int round = 0; round < 150; round++) {
            List<Statement> statements = new ArrayList<>();
            for (int i = random.nextInt(6); i >= 0; i--) {
                statements.add(statement());
            }
            String text = source(statements);
            Optional<FirewallTable> table = filter(text);
            for (int i = 0; i < 300; i++) {
                Place from = place();
                Place to = place();
                if (from.link().equals(to.link()) && !from.isInside()) {
                    continue;
                }
                Protocol protocol = pick(List.of(Protocol.TCP, Protocol.UDP, Protocol.ICMP));
                int port = pick(List.of(22, 80, 999, 1000));
                Packet opening = new Packet(
                        from.link(),
                        to.link(),
                        from.address(),
                        to.address(),
                        ConnectionState.NEW,
                        Direction.ORIGINAL,
                        protocol,
                        40_000,
                        port,
                        from.mac());
                boolean allowed = isAllowed(statements, from, to, protocol, port);
                boolean isOurs = from.isInside() || to.isInside();
                Fate fate = opening.in(table);
                assertThat(fate)
                        .as("seed %d: %s%n%s", seed, opening, text)
                        .isEqualTo(!isOurs ? Fate.LEFT : allowed ? Fate.ACCEPTED : Fate.REFUSED);
                if (allowed && isOurs) {
                    Packet answer = new Packet(
                            to.link(),
                            from.link(),
                            to.address(),
                            from.address(),
                            ConnectionState.ESTABLISHED,
                            Direction.REPLY,
                            protocol,
                            port,
                            40_000,
                            to.mac());
                    assertThat(answer.in(table))
                            .as("seed %d, answer: %s%n%s", seed, answer, text)
                            .isEqualTo(Fate.ACCEPTED);
                }
            }
        }
    }

    private static boolean isAllowed(List<Statement> statements, Place from, Place to, Protocol protocol, int port) {
        for (Statement statement : statements) {
            boolean there = is(statement.from(), from, to) && is(statement.to(), to, from);
            boolean back = statement.both() && is(statement.to(), from, to) && is(statement.from(), to, from);
            if ((there || back) && statement.meets(protocol, port)) {
                return statement.allow();
            }
        }
        if (from.isInside() && from.network().equals(to.network())) {
            return true;
        }
        return mayLeave(from, to.link())
                && (to.isInside() ? to.network().startsWith("known") : true)
                && (to.isInside() || from.isInside());
    }

    private static boolean mayLeave(Place from, String link) {
        return switch (from.network()) {
            case "shut" -> false;
            case "bound" -> link.equals("eno1");
            default -> true;
        };
    }

    private static boolean is(String side, Place place, Place other) {
        return switch (side) {
            case "internet" ->
                !place.isInside()
                        && (other.network().equals("bound")
                                ? place.link().equals("eno1")
                                : !place.link().equals("docker0"));
            case "lan" -> place.link().equals("eno1");
            case "wan" -> place.link().equals("eno2");
            default ->
                side.contains("/")
                        ? Cidr.parse(side).contains(place.address())
                        : side.equals(place.network()) || side.equals(place.guest());
        };
    }

    private Statement statement() {
        while (true) {
            String from = side();
            String to = side();
            boolean outside = OUTSIDE.contains(from) && OUTSIDE.contains(to);
            if (!outside && !network(from).equals(network(to))) {
                Optional<Protocol> protocol = random.nextBoolean()
                        ? Optional.empty()
                        : Optional.of(pick(List.of(Protocol.TCP, Protocol.UDP, Protocol.ICMP)));
                int port = protocol.filter(it -> it != Protocol.ICMP).isPresent() && random.nextBoolean() ? 22 : 0;
                return new Statement(random.nextBoolean(), from, to, random.nextInt(4) == 0, protocol, port);
            }
        }
    }

    private String side() {
        return switch (random.nextInt(3)) {
            case 0 -> pick(NETWORKS);
            case 1 -> "g-" + pick(NETWORKS) + "-" + (1 + random.nextInt(2));
            default -> pick(OUTSIDE);
        };
    }

    private static String network(String side) {
        return side.startsWith("g-") ? side.split("-", -1)[1] : OUTSIDE.contains(side) ? "outside" : side;
    }

    private Place place() {
        if (random.nextInt(3) == 0) {
            IpAddress address =
                    IpAddress.parse((random.nextBoolean() ? "198.51.100." : "192.0.2.") + (1 + random.nextInt(9)));
            return new Place("", "", pick(LINKS), address, Optional.empty());
        }
        String network = pick(NETWORKS);
        int number = 1 + random.nextInt(2);
        return new Place(
                network,
                "g-" + network + "-" + number,
                "vbr-" + network,
                IpAddress.parse("10.40." + NETWORKS.indexOf(network) + "." + (10 + number)),
                Optional.of(mac(network, number)));
    }

    private static MacAddress mac(String network, int number) {
        return MacAddress.parse("52:54:00:00:0%d:0%d".formatted(NETWORKS.indexOf(network), number));
    }

    private static String source(List<Statement> statements) {
        StringBuilder text = new StringBuilder("host kvm1 { uplink lan = eno1  uplink wan = eno2 }\n");
        for (String network : NETWORKS) {
            int index = NETWORKS.indexOf(network);
            StringBuilder reserved = new StringBuilder();
            for (int number = 1; number <= 2; number++) {
                String guest = "g-" + network + "-" + number;
                reserved.append(" host %s { mac %s  address .%d }".formatted(guest, mac(network, number), 10 + number));
                text.append(
                        "vm %s { nic eth0 { network %s  mac %s } }\n".formatted(guest, network, mac(network, number)));
            }
            text.append("network %s on kvm1 { %s  subnet 10.40.%d.0/24 { gateway .1  dhcp {%s } } }\n"
                    .formatted(network, FORWARDS.get(index), index, reserved));
        }
        statements.forEach(statement -> text.append(statement.text()).append('\n'));
        return text.toString();
    }

    private static Optional<FirewallTable> filter(String text) {
        ParsedSources sources = Frontend.parse(new InMemorySourceTree().with("main.vnet", text), "main.vnet");
        var model = Resolver.resolve(sources);
        assertThat(model).as("%s%n%s", sources.diagnostics().all(), text).isPresent();
        return Lowering.lower(model.orElseThrow(), "kvm1", Surroundings.ASSUMED)
                .desired()
                .find(FirewallTable.address(IpFamily.IPV4, Table.FILTER))
                .map(entry -> (FirewallTable) entry.resource());
    }

    private <T> T pick(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }
}
