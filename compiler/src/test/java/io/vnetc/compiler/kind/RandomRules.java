// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.kind;

import io.vnetc.compiler.kind.Rule.ConnectionState;
import io.vnetc.compiler.kind.Rule.Protocol;
import io.vnetc.dsl.value.Cidr;
import io.vnetc.dsl.value.InterfaceName;
import io.vnetc.dsl.value.IpAddress;
import io.vnetc.dsl.value.IpFamily;
import io.vnetc.dsl.value.PortRange;
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
        Set<ConnectionState> states = EnumSet.noneOf(ConnectionState.class);
        for (ConnectionState state : ConnectionState.values()) {
            if (random.nextInt(4) == 0) {
                states.add(state);
            }
        }
        return new Rule(
                maybe(this::network),
                maybe(this::network),
                table == FirewallTable.Table.FILTER ? maybe(this::link) : Optional.empty(),
                maybe(this::link),
                protocol,
                hasPorts ? ports() : List.of(),
                states,
                target(chain, hasPorts));
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
        for (int i = random.nextInt(5); i > 0; i--) {
            int first = last + 1 + random.nextInt(10_000);
            last = first + random.nextInt(2) * random.nextInt(1_000);
            ports.add(new PortRange(first, last));
        }
        return ports;
    }

    private Target target(String chain, boolean hasPorts) {
        if (table == FirewallTable.Table.NAT && random.nextBoolean()) {
            return new Target.Masquerade(
                    hasPorts ? maybe(() -> new PortRange(1024, 1024 + random.nextInt(3))) : Optional.empty());
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
