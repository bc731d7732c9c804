// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.kind;

import io.vnetc.compiler.kind.Rule.ConnectionState;
import io.vnetc.compiler.kind.Rule.Protocol;
import io.vnetc.compiler.model.Permission.PacketLimit;
import io.vnetc.dsl.value.AddressRange;
import io.vnetc.dsl.value.Cidr;
import io.vnetc.dsl.value.InterfaceName;
import io.vnetc.dsl.value.IpAddress;
import io.vnetc.dsl.value.IpFamily;
import io.vnetc.dsl.value.MacAddress;
import io.vnetc.dsl.value.PortRange;
import io.vnetc.dsl.value.Rate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;

/** Rules of all shapes, for one family and one table. */
final class RandomRules {
    private final Random random;
    private final IpFamily family;
    private final FirewallTable.Table table;

    RandomRules(long seed, IpFamily family, FirewallTable.Table table) {
        this.random = new Random(seed);
        this.family = family;
        this.table = table;
    }

    /** A rule that may jump to {@code chain}. */
    Rule next(String chain) {
        Optional<Protocol> protocol = maybe(() ->
                pick(List.of(Protocol.TCP, Protocol.UDP, family == IpFamily.IPV4 ? Protocol.ICMP : Protocol.ICMPV6)));
        boolean hasPorts =
                protocol.filter(p -> p == Protocol.TCP || p == Protocol.UDP).isPresent();
        return new Rule(
                maybe(this::network),
                maybe(this::network),
                table == FirewallTable.Table.FILTER ? maybe(this::link) : Optional.empty(),
                maybe(this::link),
                protocol,
                matches(protocol, hasPorts),
                target(chain, hasPorts));
    }

    private List<Match> matches(Optional<Protocol> protocol, boolean hasPorts) {
        List<Match> matches = new ArrayList<>();
        if (hasPorts) {
            some(() -> new Match.Ports(ports()), matches);
            some(() -> new Match.SourcePorts(ports()), matches);
        }
        if (protocol.filter(Protocol.ICMPV6::equals).isPresent()) {
            some(() -> new Match.Icmpv6Type(random.nextInt(256)), matches);
        }
        if (table == FirewallTable.Table.FILTER) {
            some(
                    () -> new Match.Sender(MacAddress.parse("52:54:00:ab:cd:%02x".formatted(random.nextInt(256)))),
                    matches);
        }
        some(Match.Local::new, matches);
        some(this::connection, matches);
        some(() -> new Match.Limited(packets()), matches);
        some(() -> new Match.Beyond(bytes()), matches);
        return matches;
    }

    private void some(Supplier<Match> match, List<Match> matches) {
        if (random.nextInt(3) == 0) {
            matches.add(match.get());
        }
    }

    private Match connection() {
        Set<ConnectionState> states = EnumSet.noneOf(ConnectionState.class);
        for (ConnectionState state : ConnectionState.values()) {
            if (random.nextInt(4) == 0) {
                states.add(state);
            }
        }
        Optional<Rule.Direction> direction = maybe(() -> pick(List.of(Rule.Direction.values())));
        Optional<PortRange> asked = maybe(() -> ports().get(0));
        if (states.isEmpty() && direction.isEmpty() && asked.isEmpty()) {
            states.add(ConnectionState.DNAT);
        }
        return new Match.Connection(states, asked, direction);
    }

    PacketRate packets() {
        PacketLimit.Unit unit = pick(List.of(PacketLimit.Unit.values()));
        return PacketRate.of(new PacketLimit(1 + random.nextInt(PacketRate.MOST_PER_SECOND), unit));
    }

    private ByteRate bytes() {
        long most = ByteRate.MOST_RATE.bitsPerSecond();
        long least = ByteRate.LEAST_RATE.bitsPerSecond();
        return ByteRate.of(
                new Rate(Math.max(least, (long) (most * Math.pow(random.nextDouble(), 8)))),
                "VNET-" + random.nextInt(100));
    }

    private <T> Optional<T> maybe(Supplier<T> value) {
        return random.nextBoolean() ? Optional.of(value.get()) : Optional.empty();
    }

    private <T> T pick(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    private InterfaceName link() {
        return new InterfaceName(pick(List.of("eno1", "vbr-office", "a", "enp65s0f0", "br0.100", "x_y-z")));
    }

    private Cidr network() {
        byte[] octets = new byte[family.bits() / 8];
        random.nextBytes(octets);
        IpAddress address = IpAddress.ofBytes(octets);
        int length = 1 + random.nextInt(family.bits());
        return new Cidr(address.masked(length), length);
    }

    private List<PortRange> ports() {
        List<PortRange> ports = new ArrayList<>();
        int last = 0;
        for (int i = 1 + random.nextInt(5); i > 0; i--) {
            int first = last + 1 + random.nextInt(10_000);
            last = first + random.nextInt(2) * random.nextInt(1_000);
            ports.add(new PortRange(first, last));
        }
        return ports;
    }

    private AddressRange addresses() {
        IpAddress first = network().base();
        return new AddressRange(first, random.nextBoolean() ? first : new Cidr(first, family.bits()).last());
    }

    /** A rule that sends packets elsewhere, for the chains that may. */
    Rule redirection() {
        IpAddress address = network().base();
        int first = 1 + random.nextInt(60_000);
        PortRange asked = new PortRange(first, first + random.nextInt(2) * random.nextInt(100));
        int to = 1 + random.nextInt(60_000);
        PortRange ports = new PortRange(to, to + asked.last() - asked.first());
        return Rule.to(new Target.DestinationTo(address, Optional.empty()))
                .with(new Match.Local())
                .protocol(Protocol.TCP, asked)
                .target(new Target.DestinationTo(
                        address,
                        maybe(() -> new Target.Shift(ports, ports.first() == ports.last() ? 0 : asked.first()))));
    }

    private Target target(String chain, boolean hasPorts) {
        if (table == FirewallTable.Table.NAT && random.nextBoolean()) {
            Optional<PortRange> range =
                    hasPorts ? maybe(() -> new PortRange(1024, 1024 + random.nextInt(3))) : Optional.empty();
            return random.nextBoolean() ? new Target.Masquerade(range) : new Target.SourceTo(addresses(), range);
        }
        return table == FirewallTable.Table.NAT
                ? pick(List.of(new Target.Accept(), new Target.Return(), new Target.Jump(chain)))
                : pick(List.of(
                        new Target.Accept(),
                        new Target.Drop(),
                        new Target.Return(),
                        new Target.Jump(chain),
                        Target.Reject.of(family)));
    }
}
