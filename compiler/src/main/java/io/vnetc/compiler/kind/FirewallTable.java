// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.kind;

import io.vnetc.compiler.model.Owner;
import io.vnetc.compiler.state.AttributeValue;
import io.vnetc.compiler.state.Attributes;
import io.vnetc.compiler.state.Effect;
import io.vnetc.compiler.state.Effect.Severity;
import io.vnetc.compiler.state.Kind;
import io.vnetc.compiler.state.MalformedStateException;
import io.vnetc.compiler.state.Resource;
import io.vnetc.compiler.state.ResourceAddress;
import io.vnetc.dsl.value.Cidr;
import io.vnetc.dsl.value.InterfaceName;
import io.vnetc.dsl.value.IpFamily;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What is ours in one table of iptables: our chains, whole and in order, and the jumps to them. It is moved by one commit
 * of iptables-restore, which loses no packet.
 *
 * @param family iptables or ip6tables
 * @param table filter or nat
 * @param chains by name, each beginning with {@link Marks#CHAIN_PREFIX}
 * @param jumps sorted built-in chains that jump to the chain of ours with their name, as often as they do
 */
public record FirewallTable(IpFamily family, Table table, SortedMap<String, List<ChainLine>> chains, List<String> jumps)
        implements Resource {
    public static final Kind<FirewallTable> KIND = new FirewallTableKind();

    private static final Pattern CHAIN = Pattern.compile(Marks.CHAIN_PREFIX + "[A-Za-z0-9_.-]{1,23}");
    private static final Pattern BUILT_IN = Pattern.compile("[A-Z]{4,20}");

    /** The tables that are used. */
    public enum Table {
        FILTER("filter"),
        NAT("nat");

        private final String text;

        Table(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    public FirewallTable {
        TreeMap<String, List<ChainLine>> copy = new TreeMap<>();
        chains.forEach((name, lines) -> copy.put(checkChain(name), List.copyOf(lines)));
        chains = Collections.unmodifiableSortedMap(copy);
        jumps = jumps.stream().map(FirewallTable::checkBuiltIn).sorted().toList();
    }

    /** A name of iptables has 28 characters at most (XT_EXTENSION_MAXNAMELEN). */
    static String checkChain(String name) {
        if (!CHAIN.matcher(name).matches()) {
            throw new IllegalArgumentException("not a chain of ours: " + name);
        }
        return name;
    }

    private static String checkBuiltIn(String name) {
        if (!BUILT_IN.matcher(name).matches()) {
            throw new IllegalArgumentException("not a built-in chain: " + name);
        }
        return name;
    }

    /** Where the table stands in a state. */
    public static ResourceAddress address(IpFamily family, Table table) {
        return new ResourceAddress(KIND.name(), (family == IpFamily.IPV4 ? "v4/" : "v6/") + table);
    }

    /** The chain of ours that a built-in chain jumps to. */
    public static String baseChain(String builtIn) {
        return Marks.CHAIN_PREFIX + builtIn;
    }

    /** The command that reads the text of {@link #restoreText}. */
    public String restoreCommand() {
        return family == IpFamily.IPV4 ? "iptables-restore" : "ip6tables-restore";
    }

    /** The input for {@code iptables-restore --noflush} that leads from one to the other; empty where they are equal. */
    public static List<String> restoreText(Optional<FirewallTable> before, Optional<FirewallTable> after) {
        return RestoreText.of(before, after);
    }

    /**
     * The networks that something was forwarded from or to and no longer is: their connections have to be ended, for
     * conntrack lets them go on.
     */
    public static SortedSet<Cidr> closed(Optional<FirewallTable> before, Optional<FirewallTable> after) {
        TreeSet<Cidr> networks = new TreeSet<>();
        lost(before, after)
                .forEach((chain, rules) -> rules.stream()
                        .flatMap(rule -> Stream.concat(rule.source().stream(), rule.destination().stream()))
                        .forEach(networks::add));
        return networks;
    }

    /** Accepting rules, by chain, that no rule of the same chain afterwards covers. */
    private static SortedMap<String, List<Rule>> lost(Optional<FirewallTable> before, Optional<FirewallTable> after) {
        TreeMap<String, List<Rule>> lost = new TreeMap<>();
        if (before.filter(table -> table.table == Table.FILTER).isEmpty()) {
            return lost;
        }
        before.get().chains.forEach((name, lines) -> {
            List<ChainLine> now = after.map(table -> table.chains.getOrDefault(name, List.of()))
                    .orElse(List.of());
            if (lines.equals(now)) {
                return;
            }
            List<Rule> rules = accepting(lines)
                    .filter(rule -> accepting(now).noneMatch(other -> other.covers(rule)))
                    .toList();
            if (!rules.isEmpty()) {
                lost.put(name, rules);
            }
        });
        return lost;
    }

    private static Stream<Rule> accepting(List<ChainLine> lines) {
        return lines.stream()
                .flatMap(line -> line instanceof Rule rule ? Stream.of(rule) : Stream.empty())
                .filter(rule -> rule.target() instanceof Target.Accept);
    }

    /**
     * Whether a base chain is there that leads to chains of ours and does nothing else, as those that vnetc makes: then the
     * rest is ours too, though nothing jumps to it.
     */
    public boolean hasOurShape() {
        return Stream.of(Chains.FORWARD, Chains.INPUT, Chains.POSTROUTING)
                .flatMap(name -> Stream.ofNullable(chains.get(name)))
                .anyMatch(lines -> !lines.isEmpty() && lines.stream().allMatch(this::leadsOn));
    }

    private boolean leadsOn(ChainLine line) {
        return line instanceof Rule rule
                && rule.target() instanceof Target.Jump jump
                && chains.containsKey(jump.chain());
    }

    @Override
    public ResourceAddress address() {
        return address(family, table);
    }

    @Override
    public Owner owner() {
        return Owner.HOST;
    }

    @Override
    public Attributes attributes() {
        Attributes.Builder texts = Attributes.builder();
        chains.forEach((name, lines) ->
                texts.lines(name, lines.stream().map(ChainLine::text).toList()));
        return Attributes.builder()
                .lines("jumps", jumps)
                .put("chains", texts.build())
                .build();
    }

    private static final class FirewallTableKind implements Kind<FirewallTable> {
        @Override
        public String name() {
            return "iptables";
        }

        @Override
        public Class<FirewallTable> type() {
            return FirewallTable.class;
        }

        @Override
        public FirewallTable read(String name, Attributes attributes) {
            TreeMap<String, List<ChainLine>> chains = new TreeMap<>();
            for (Map.Entry<String, AttributeValue> chain :
                    attributes.group("chains").values().entrySet()) {
                if (!(chain.getValue() instanceof AttributeValue.Lines lines)) {
                    throw new MalformedStateException("the chain `" + chain.getKey() + "` is not a list");
                }
                chains.put(
                        chain.getKey(),
                        lines.lines().stream()
                                .map(line -> Read.value(line, ChainLine::parse))
                                .toList());
            }
            for (IpFamily family : IpFamily.values()) {
                for (Table table : Table.values()) {
                    if (address(family, table).name().equals(name)) {
                        return new FirewallTable(family, table, chains, attributes.lines("jumps"));
                    }
                }
            }
            throw new MalformedStateException("there is no table `" + name + "`");
        }

        @Override
        public Effect effect(Optional<FirewallTable> before, Optional<FirewallTable> after) {
            Set<InterfaceName> links = new LinkedHashSet<>();
            lost(before, after)
                    .keySet()
                    .forEach(chain -> Chains.forwarding(chain).ifPresent(links::add));
            return links.isEmpty()
                    ? Effect.NONE
                    : new Effect(Severity.OUTAGE, links, "connections that are no longer allowed end");
        }

        @Override
        public Optional<FirewallTable> expansion(Optional<FirewallTable> before, Optional<FirewallTable> after) {
            if (before.isEmpty() || after.isEmpty()) {
                return after.or(() -> before);
            }
            TreeMap<String, List<ChainLine>> chains = new TreeMap<>(after.get().chains);
            before.get().chains.forEach((name, old) -> chains.merge(name, old, (now, same) -> union(name, now, old)));
            TreeSet<String> jumps = new TreeSet<>(before.get().jumps);
            jumps.addAll(after.get().jumps);
            return Optional.of(new FirewallTable(after.get().family, after.get().table, chains, List.copyOf(jumps)));
        }

        @Override
        public List<String> commands(Optional<FirewallTable> before, Optional<FirewallTable> after) {
            List<String> text = restoreText(before, after);
            if (text.isEmpty()) {
                return List.of();
            }
            List<String> lines = new ArrayList<>();
            lines.add(after.or(() -> before).orElseThrow().restoreCommand() + " --noflush --wait <<END");
            lines.addAll(text);
            lines.add("END");
            return lines;
        }

        @Override
        public String title(FirewallTable resource) {
            return resource.family + " " + (resource.table == Table.NAT ? "address translation" : "packet filter");
        }

        @Override
        public int rank(FirewallTable resource) {
            return resource.table == Table.NAT ? 10 : 20;
        }

        /**
         * A chain that is in both, while links change. One that decides is the new one alone, so that what it forbids ends
         * before anything is opened. In all others the rules of old and new can stand side by side: those that lead to the
         * bridges exclude each other, and address translation has to know all that may still pass.
         */
        private static List<ChainLine> union(String name, List<ChainLine> now, List<ChainLine> old) {
            if (Chains.isOrdered(name)) {
                return now;
            }
            Set<ChainLine> lines = new LinkedHashSet<>(now);
            old.stream().filter(Rule.class::isInstance).forEach(lines::add);
            return List.copyOf(lines);
        }
    }
}
