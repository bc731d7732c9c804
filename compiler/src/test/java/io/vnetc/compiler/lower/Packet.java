// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.lower;

import io.vnetc.compiler.kind.ChainLine;
import io.vnetc.compiler.kind.FirewallTable;
import io.vnetc.compiler.kind.Match;
import io.vnetc.compiler.kind.Rule;
import io.vnetc.compiler.kind.Rule.ConnectionState;
import io.vnetc.compiler.kind.Rule.Direction;
import io.vnetc.compiler.kind.Rule.Protocol;
import io.vnetc.compiler.kind.Target;
import io.vnetc.dsl.value.IpAddress;
import io.vnetc.dsl.value.MacAddress;
import io.vnetc.dsl.value.PortRange;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A forwarded packet, and what becomes of it in a table: the kernel's way through the rules, spelled out. Limits are never
 * reached.
 */
record Packet(
        String in,
        String out,
        IpAddress source,
        IpAddress destination,
        ConnectionState state,
        Direction direction,
        Protocol protocol,
        int sourcePort,
        int port,
        Optional<MacAddress> mac) {
    enum Fate {
        ACCEPTED,
        REFUSED,
        /** No rule decided: the policy of the host does. */
        LEFT,
        /** Leaves with another source, of its link or of a range. */
        TRANSLATED
    }

    /** One of TCP whose ports are of no matter. */
    Packet(String in, String out, IpAddress source, IpAddress destination, ConnectionState state) {
        this(
                in,
                out,
                source,
                destination,
                state,
                state == ConnectionState.ESTABLISHED ? Direction.REPLY : Direction.ORIGINAL,
                Protocol.TCP,
                40_000,
                40_001,
                Optional.empty());
    }

    Fate in(Optional<FirewallTable> table) {
        return in(table, "FORWARD");
    }

    /** What the rules of one built-in chain do with it. */
    Fate in(Optional<FirewallTable> table, String builtIn) {
        return table.filter(rules -> rules.jumps().contains(builtIn))
                .map(rules -> walk(rules.chains(), rules.chains().get(FirewallTable.baseChain(builtIn))))
                .orElse(Fate.LEFT);
    }

    /** What rules do with it that stand one after the other. */
    Fate in(List<ChainLine> rules) {
        return walk(Map.of(), rules);
    }

    private Fate walk(Map<String, List<ChainLine>> chains, List<ChainLine> lines) {
        for (ChainLine line : lines) {
            Rule rule = (Rule) line;
            if (!meets(rule)) {
                continue;
            }
            if (rule.target() instanceof Target.Accept) {
                return Fate.ACCEPTED;
            }
            if (rule.target() instanceof Target.Reject || rule.target() instanceof Target.Drop) {
                return Fate.REFUSED;
            }
            if (rule.target() instanceof Target.Masquerade || rule.target() instanceof Target.SourceTo) {
                return Fate.TRANSLATED;
            }
            if (rule.target() instanceof Target.Return) {
                return Fate.LEFT;
            }
            if (rule.target() instanceof Target.Jump jump) {
                Fate fate = walk(chains, chains.get(jump.chain()));
                if (fate != Fate.LEFT) {
                    return fate;
                }
            }
        }
        return Fate.LEFT;
    }

    private boolean meets(Rule rule) {
        return rule.in().filter(link -> !link.text().equals(in)).isEmpty()
                && rule.out().filter(link -> !link.text().equals(out)).isEmpty()
                && rule.source().filter(network -> !network.contains(source)).isEmpty()
                && rule.destination()
                        .filter(network -> !network.contains(destination))
                        .isEmpty()
                && rule.protocol().filter(wanted -> wanted != protocol).isEmpty()
                && rule.matches().stream().allMatch(this::meets);
    }

    private boolean meets(Match match) {
        if (match instanceof Match.Ports ports) {
            return holds(ports.ranges(), port);
        }
        if (match instanceof Match.SourcePorts ports) {
            return holds(ports.ranges(), sourcePort);
        }
        if (match instanceof Match.Sender sender) {
            return mac.filter(sender.mac()::equals).isPresent();
        }
        if (match instanceof Match.Connection connection) {
            return (connection.states().isEmpty() || connection.states().contains(state))
                    && connection.asked().isEmpty()
                    && connection.direction().filter(way -> way != direction).isEmpty();
        }
        return match instanceof Match.Limited;
    }

    private static boolean holds(List<PortRange> ranges, int port) {
        return ranges.stream().anyMatch(range -> range.first() <= port && port <= range.last());
    }
}
