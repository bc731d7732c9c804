// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.lower;

import io.vnetc.compiler.kind.Match;
import io.vnetc.compiler.kind.Rule;
import io.vnetc.compiler.kind.Rule.Protocol;
import io.vnetc.compiler.model.Permission;
import io.vnetc.dsl.value.IpFamily;
import io.vnetc.dsl.value.PortRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** The protocol and the ports of a permission, as matches; as many rules as are wanted for all of its ports. */
final class Ports {
    private Ports() {}

    /** For packets to the one who is reached. */
    static Stream<Rule> destinations(Permission permission, IpFamily family, Rule rule) {
        return all(permission, family, rule, Match.Ports::new);
    }

    /** For what comes back. */
    static Stream<Rule> sources(Permission permission, IpFamily family, Rule rule) {
        return all(permission, family, rule, Match.SourcePorts::new);
    }

    private static Stream<Rule> all(
            Permission permission, IpFamily family, Rule rule, Function<List<PortRange>, Match> match) {
        Optional<Protocol> protocol = permission.protocol().map(named -> protocol(named, family));
        Rule some = protocol.map(wanted -> rule.protocol(wanted)).orElse(rule);
        return permission.ports().isEmpty()
                ? Stream.of(some)
                : chunks(permission.ports()).stream().map(ports -> some.with(match.apply(ports)));
    }

    static Protocol protocol(Permission.Protocol protocol, IpFamily family) {
        return switch (protocol) {
            case TCP -> Protocol.TCP;
            case UDP -> Protocol.UDP;
            case ICMP -> family == IpFamily.IPV4 ? Protocol.ICMP : Protocol.ICMPV6;
        };
    }

    /** As many as one match has room for, each. */
    private static List<List<PortRange>> chunks(List<PortRange> ports) {
        List<List<PortRange>> chunks = new ArrayList<>();
        int room = 0;
        for (PortRange range : ports) {
            int numbers = Match.numbers(range);
            if (numbers > room) {
                chunks.add(new ArrayList<>());
                room = Match.MULTIPORT_NUMBERS;
            }
            chunks.get(chunks.size() - 1).add(range);
            room -= numbers;
        }
        return chunks;
    }
}
