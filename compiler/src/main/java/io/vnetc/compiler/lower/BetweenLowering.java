// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.lower;

import io.vnetc.compiler.kind.ChainLine;
import io.vnetc.compiler.kind.Chains;
import io.vnetc.compiler.kind.FirewallTable;
import io.vnetc.compiler.kind.FrameRule;
import io.vnetc.compiler.kind.FrameRule.EtherType;
import io.vnetc.compiler.kind.PacketRate;
import io.vnetc.compiler.kind.RuleFamily;
import io.vnetc.compiler.kind.Target;
import io.vnetc.compiler.model.Endpoint;
import io.vnetc.compiler.model.Network;
import io.vnetc.compiler.model.Permission;
import io.vnetc.dsl.value.InterfaceName;
import io.vnetc.dsl.value.IpFamily;
import io.vnetc.dsl.value.PortRange;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What guests of one bridge may do with each other: rules for the frames from tap to tap. The bridge keeps no track of
 * connections, so answers are known by their ports; where a rule names no protocol, either side may as well begin. What
 * goes to the host itself, and to ports that are no guests', is no matter of theirs.
 */
final class BetweenLowering {
    private static final FrameRule ACCEPT = FrameRule.to(new Target.Accept());
    private static final FrameRule DROP = FrameRule.to(new Target.Drop());

    private final HostNetworks networks;

    private BetweenLowering(HostNetworks networks) {
        this.networks = networks;
    }

    /** The table; absent where no network has such rules. */
    static Optional<FirewallTable> lower(HostNetworks networks) {
        BetweenLowering lowering = new BetweenLowering(networks);
        TreeMap<String, List<ChainLine>> chains = new TreeMap<>();
        for (Network network : networks.networks()) {
            List<InterfaceName> taps = lowering.taps(network, new Endpoint.OfNetwork(network.name()));
            if (!network.policy().between().isEmpty() && !network.policy().isolates() && !taps.isEmpty()) {
                String chain = Chains.guests(network.bridge().name());
                taps.forEach(tap -> chains.computeIfAbsent(Chains.FORWARD, absent -> new ArrayList<>())
                        .add(FrameRule.to(new Target.Jump(chain)).in(tap)));
                chains.put(chain, List.copyOf(lowering.rules(network, taps)));
            }
        }
        return chains.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new FirewallTable(RuleFamily.BRIDGE, FirewallTable.Table.FILTER, chains, List.of("FORWARD")));
    }

    private List<InterfaceName> taps(Network network, Endpoint side) {
        return networks.nics().stream()
                .filter(nic -> nic.isOn(network.name()) && side.holds(nic))
                .flatMap(nic -> nic.attachment().link().stream())
                .sorted()
                .toList();
    }

    private Set<ChainLine> rules(Network network, List<InterfaceName> all) {
        LinkedHashSet<ChainLine> lines = new LinkedHashSet<>();
        if (network.policy().blocked()) {
            network.policy().between().stream()
                    .filter(Permission::allow)
                    .forEach(rule -> pairs(network, rule).forEach(pair -> introduce(pair, lines)));
        }
        for (Permission rule : network.policy().between()) {
            pairs(network, rule).forEach(pair -> {
                if (rule.allow()) {
                    allow(rule, pair, lines);
                } else {
                    meeting(rule, pair.there(DROP)).forEach(lines::add);
                }
            });
        }
        if (network.policy().blocked()) {
            all.forEach(tap -> lines.add(DROP.out(tap)));
        }
        return lines;
    }

    /** Of the two taps that a frame goes from and to. */
    private record Pair(InterfaceName from, InterfaceName to) {
        FrameRule there(FrameRule rule) {
            return rule.in(from).out(to);
        }

        FrameRule back(FrameRule rule) {
            return rule.in(to).out(from);
        }
    }

    private Stream<Pair> pairs(Network network, Permission rule) {
        List<InterfaceName> from = taps(network, rule.from());
        List<InterfaceName> to = taps(network, rule.to());
        Stream<Pair> there = from.stream().flatMap(one -> to.stream().map(other -> new Pair(one, other)));
        Stream<Pair> back = rule.both()
                ? to.stream().flatMap(one -> from.stream().map(other -> new Pair(one, other)))
                : Stream.of();
        return Stream.concat(there, back).filter(pair -> !pair.from().equals(pair.to()));
    }

    /** Who talks to each other has to find each other first. */
    private static void introduce(Pair pair, Set<ChainLine> lines) {
        lines.add(pair.there(ACCEPT.type(EtherType.ARP)));
        lines.add(pair.back(ACCEPT.type(EtherType.ARP)));
        lines.add(pair.there(ACCEPT).ofNeighbours());
        lines.add(pair.back(ACCEPT).ofNeighbours());
    }

    private static void allow(Permission rule, Pair pair, Set<ChainLine> lines) {
        Optional<PacketRate> most = rule.limit().map(PacketRate::of);
        meeting(rule, pair.there(ACCEPT)).forEach(line -> {
            lines.add(most.map(line::limited).orElse(line));
            if (most.isPresent()) {
                lines.add(line.target(new Target.Drop()));
            }
        });
        answering(rule, pair.back(ACCEPT)).forEach(lines::add);
    }

    /** What the rule is about: of both families where it names a protocol. */
    private static Stream<FrameRule> meeting(Permission rule, FrameRule line) {
        return of(rule, line)
                .flatMap(some -> rule.ports().isEmpty()
                        ? Stream.of(some)
                        : rule.ports().stream().map((PortRange ports) -> some.toPorts(ports)));
    }

    private static Stream<FrameRule> answering(Permission rule, FrameRule line) {
        return of(rule, line)
                .flatMap(some -> rule.ports().isEmpty()
                        ? Stream.of(some)
                        : rule.ports().stream().map((PortRange ports) -> some.fromPorts(ports)));
    }

    private static Stream<FrameRule> of(Permission rule, FrameRule line) {
        return rule.protocol()
                .map(protocol -> Stream.of(IpFamily.values())
                        .map(family -> line.type(family == IpFamily.IPV4 ? EtherType.IPV4 : EtherType.IPV6)
                                .protocol(Ports.protocol(protocol, family))))
                .orElseGet(() -> Stream.of(line));
    }
}
