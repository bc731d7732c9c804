// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.lower;

import io.vnetc.compiler.kind.ByteRate;
import io.vnetc.compiler.kind.ChainLine;
import io.vnetc.compiler.kind.Chains;
import io.vnetc.compiler.kind.Match;
import io.vnetc.compiler.kind.PacketRate;
import io.vnetc.compiler.kind.Rule;
import io.vnetc.compiler.kind.Rule.ConnectionState;
import io.vnetc.compiler.kind.Rule.Direction;
import io.vnetc.compiler.kind.Rule.Protocol;
import io.vnetc.compiler.kind.Target;
import io.vnetc.compiler.model.Endpoint;
import io.vnetc.compiler.model.Network;
import io.vnetc.compiler.model.Permission;
import io.vnetc.dsl.value.IpFamily;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Who may reach whom over the host, of one family. The first rule that a packet meets decides, before the networks' own
 * ways of forwarding do. What answers passes with what it answers: denials meet packets in the direction of whoever opened
 * the connection only.
 */
final class RuleLowering {
    /** What a host with IPv6 cannot do without, whatever is denied (RFC 4861). */
    private static final List<Integer> NEIGHBOURS = List.of(133, 134, 135, 136);

    private final HostNetworks networks;
    private final IpFamily family;
    private final Sides sides;
    private final Rule refuse;
    /** What answers may take no more of; before all else. */
    private final List<ChainLine> metered = new ArrayList<>();

    private final Map<String, LinkedHashSet<ChainLine>> lines = new TreeMap<>();
    private final Map<String, List<ChainLine>> chains = new TreeMap<>();

    private RuleLowering(HostNetworks networks, IpFamily family) {
        this.networks = networks;
        this.family = family;
        this.sides = new Sides(networks, family);
        this.refuse = Rule.to(Target.Reject.of(family));
    }

    /** The chains by name: {@link Chains#RULES} and its like, where there are rules for them, and those of single rules. */
    static Map<String, List<ChainLine>> lower(HostNetworks networks, IpFamily family) {
        RuleLowering rules = new RuleLowering(networks, family);
        for (Permission permission : networks.permissions()) {
            rules.lower(permission, permission.from(), permission.to());
            if (permission.both()) {
                rules.lower(permission, permission.to(), permission.from());
            }
        }
        rules.lines.forEach((chain, lines) -> rules.chains.put(chain, List.copyOf(lines)));
        if (!rules.metered.isEmpty()) {
            List<ChainLine> all = new ArrayList<>(rules.metered);
            all.addAll(rules.chains.getOrDefault(Chains.RULES, List.of()));
            rules.chains.put(Chains.RULES, all);
        }
        return rules.chains;
    }

    private void lower(Permission permission, Endpoint from, Endpoint to) {
        if (to instanceof Endpoint.ThisHost) {
            sides.from(from, to, permission.allow()).forEach(side -> toHost(permission, from, side));
        } else if (from instanceof Endpoint.ThisHost) {
            sides.to(to, from).forEach(side -> fromHost(permission, to, side));
        } else {
            for (Side source : sides.from(from, to, permission.allow())) {
                for (Side destination : sides.to(to, from)) {
                    between(permission, from, to, source, destination);
                }
            }
        }
    }

    private void between(Permission permission, Endpoint from, Endpoint to, Side source, Side destination) {
        Rule meet = destination.to(source.from(Rule.accept()));
        Target target = target(permission, from, to, source.isOutside(), destination.isOutside());
        decide(Chains.RULES, permission, meet, target);
        if (permission.allow()) {
            Rule back = source.to(destination.answersFrom(Rule.accept()));
            permission
                    .rate()
                    .ifPresent(rate -> Ports.sources(permission, family, back)
                            .map(rule -> reply(rule)
                                    .with(new Match.Beyond(ByteRate.of(rate, key(permission, from, to) + "-back")))
                                    .target(new Target.Drop()))
                            .forEach(metered::add));
            add(Chains.RULES, reply(back));
            if (permission.protocol().isPresent()) {
                add(Chains.RULES, meet.connection(Optional.of(Direction.ORIGINAL), ConnectionState.RELATED));
            }
        }
    }

    private void toHost(Permission permission, Endpoint from, Side source) {
        excuseNeighbours(permission, Chains.RULES_IN);
        Target target = target(permission, from, new Endpoint.ThisHost(), source.isOutside(), false);
        decide(Chains.RULES_IN, permission, source.from(Rule.accept()), target);
        if (permission.allow()) {
            add(Chains.RULES_OUT, reply(source.to(Rule.accept())));
        }
    }

    private void fromHost(Permission permission, Endpoint to, Side destination) {
        excuseNeighbours(permission, Chains.RULES_OUT);
        Target target = target(permission, new Endpoint.ThisHost(), to, false, destination.isOutside());
        decide(Chains.RULES_OUT, permission, destination.to(Rule.accept()), target);
        if (permission.allow()) {
            add(Chains.RULES_IN, reply(destination.answersFrom(Rule.accept())));
        }
    }

    private void decide(String chain, Permission permission, Rule meet, Target target) {
        Rule opening = permission.allow()
                ? meet
                : meet.connection(
                        Optional.of(Direction.ORIGINAL),
                        ConnectionState.NEW,
                        ConnectionState.INVALID,
                        ConnectionState.RELATED,
                        ConnectionState.ESTABLISHED,
                        ConnectionState.UNTRACKED);
        Ports.destinations(permission, family, opening)
                .map(rule -> rule.target(target))
                .forEach(rule -> add(chain, rule));
    }

    private void excuseNeighbours(Permission permission, String chain) {
        if (family == IpFamily.IPV6 && !permission.allow()) {
            NEIGHBOURS.forEach(type -> add(
                    chain,
                    Rule.to(new Target.Return()).protocol(Protocol.ICMPV6).with(new Match.Icmpv6Type(type))));
        }
    }

    private static Rule reply(Rule rule) {
        return rule.connection(Optional.of(Direction.REPLY), ConnectionState.RELATED, ConnectionState.ESTABLISHED);
    }

    /** What is done at once, or the chain of the rule where several lines are wanted for it. */
    private Target target(Permission permission, Endpoint from, Endpoint to, boolean fromOutside, boolean toOutside) {
        Target simple = permission.allow() ? new Target.Accept() : refuse.target();
        if (permission.limit().isEmpty() && permission.rate().isEmpty() && !fromOutside && !toOutside) {
            return simple;
        }
        String key = key(permission, from, to);
        chains.computeIfAbsent(Chains.rule(key), absent -> chain(permission, key, simple, fromOutside, toOutside));
        return new Target.Jump(Chains.rule(key));
    }

    private List<ChainLine> chain(
            Permission permission, String key, Target simple, boolean fromOutside, boolean toOutside) {
        List<ChainLine> chain = new ArrayList<>();
        for (Network network : networks.ours()) {
            Rule notOutside = Rule.to(new Target.Return());
            if (fromOutside) {
                chain.add(notOutside.in(network.bridge().name()));
            }
            if (toOutside) {
                chain.add(notOutside.out(network.bridge().name()));
            }
        }
        permission
                .rate()
                .ifPresent(
                        rate -> chain.add(Rule.to(new Target.Drop()).with(new Match.Beyond(ByteRate.of(rate, key)))));
        permission.limit().ifPresent(limit -> {
            chain.add(Rule.accept().answering());
            chain.add(Rule.accept().with(new Match.Limited(PacketRate.of(limit))));
        });
        chain.add(Rule.to(permission.limit().isPresent() ? new Target.Drop() : simple));
        return chain;
    }

    /** Of what the rule is about, and not of how much it lets through: so that a changed limit ends no connection. */
    private static String key(Permission permission, Endpoint from, Endpoint to) {
        return Keys.of(permission.allow() + " " + from + " " + to + " " + permission.protocol() + permission.ports());
    }

    private void add(String chain, Rule rule) {
        lines.computeIfAbsent(chain, absent -> new LinkedHashSet<>()).add(rule);
    }
}
