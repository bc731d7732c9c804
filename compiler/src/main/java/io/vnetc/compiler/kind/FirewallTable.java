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
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What is ours in one table of iptables or ebtables: our chains, whole and in order, and the jumps to them. It is moved by one commit
 * of iptables-restore, which loses no packet.
 *
 * @param family iptables, ip6tables or ebtables
 * @param table filter or nat
 * @param chains by name, each beginning with {@link Marks#CHAIN_PREFIX}
 * @param jumps sorted built-in chains that jump to the chain of ours with their name, as often as they do
 */
public record FirewallTable(
        RuleFamily family, Table table, SortedMap<String, List<ChainLine>> chains, List<String> jumps)
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

    public FirewallTable(IpFamily family, Table table, SortedMap<String, List<ChainLine>> chains, List<String> jumps) {
        this(RuleFamily.of(family), table, chains, jumps);
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
    public static ResourceAddress address(RuleFamily family, Table table) {
        return new ResourceAddress(KIND.name(), family.key() + "/" + table);
    }

    public static ResourceAddress address(IpFamily family, Table table) {
        return address(RuleFamily.of(family), table);
    }

    /** The chain of ours that a built-in chain jumps to. */
    public static String baseChain(String builtIn) {
        return Marks.CHAIN_PREFIX + builtIn;
    }

    /** The input for {@code iptables-restore --noflush} that leads from one to the other; empty where they are equal. */
    public static List<String> restoreText(Optional<FirewallTable> before, Optional<FirewallTable> after) {
        return RestoreText.of(before, after);
    }

    /** The connections that have to be ended, for conntrack lets them go on. */
    public static List<LostFlows> closed(Optional<FirewallTable> before, Optional<FirewallTable> after) {
        return lost(before, after)
                .flatMap(loss -> loss.line() instanceof Rule rule
                        ? LostFlows.of(rule, loss.isPermission()).stream()
                        : Stream.empty())
                .distinct()
                .toList();
    }

    /**
     * A line by which packets no longer pass.
     *
     * @param isPermission whether it let them through and is gone; else it is new and refuses them
     */
    private record Loss(String chain, ChainLine line, boolean isPermission) {}

    private static Stream<Loss> lost(Optional<FirewallTable> before, Optional<FirewallTable> after) {
        if (before.or(() -> after).filter(table -> table.table == Table.FILTER).isEmpty()) {
            return Stream.empty();
        }
        SortedMap<String, List<ChainLine>> old = chains(before);
        SortedMap<String, List<ChainLine>> now = chains(after);
        Stream<Loss> permissions = old.keySet().stream()
                .filter(chain -> !Chains.isOfOneRule(chain))
                .flatMap(chain -> lost(chain, lines(old, chain), lines(now, chain)));
        Stream<Loss> refusals = before.isEmpty()
                ? Stream.empty()
                : now.keySet().stream()
                        .filter(chain -> Chains.isOfRules(chain) || after.orElseThrow().family == RuleFamily.BRIDGE)
                        .flatMap(chain -> refused(chain, lines(old, chain), lines(now, chain), now));
        return Stream.concat(permissions, refusals);
    }

    /** Accepting rules that no rule of the same chain afterwards covers. */
    private static Stream<Loss> lost(String chain, List<ChainLine> old, List<ChainLine> now) {
        return old.equals(now)
                ? Stream.empty()
                : old.stream()
                        .filter(line -> lets(chain, line))
                        .filter(line -> now.stream().noneMatch(there -> covers(there, line)))
                        .map(line -> new Loss(chain, line, true));
    }

    private static boolean lets(String chain, ChainLine line) {
        Optional<Target> target = target(line);
        return target.filter(Target.Accept.class::isInstance).isPresent()
                || (Chains.isOfRules(chain)
                        && target.filter(Target.Jump.class::isInstance).isPresent());
    }

    private static boolean covers(ChainLine there, ChainLine line) {
        return (there instanceof Rule wide && line instanceof Rule narrow) ? wide.covers(narrow) : there.equals(line);
    }

    /** Refusing rules that were not there. */
    private static Stream<Loss> refused(
            String chain, List<ChainLine> old, List<ChainLine> now, SortedMap<String, List<ChainLine>> all) {
        return old.equals(now)
                ? Stream.empty()
                : now.stream()
                        .filter(line -> refuses(line, all) && !old.contains(line))
                        .map(line -> new Loss(chain, line, false));
    }

    private static boolean refuses(ChainLine line, SortedMap<String, List<ChainLine>> all) {
        Optional<Target> target = target(line);
        if (target.isPresent() && target.get() instanceof Target.Jump jump) {
            return Chains.isOfOneRule(jump.chain())
                    && lines(all, jump.chain()).stream()
                            .noneMatch(inner -> target(inner)
                                    .filter(Target.Accept.class::isInstance)
                                    .isPresent());
        }
        return target.filter(it -> it instanceof Target.Reject || it instanceof Target.Drop)
                .isPresent();
    }

    private static Optional<Target> target(ChainLine line) {
        if (line instanceof Rule rule) {
            return Optional.of(rule.target());
        }
        return line instanceof FrameRule rule ? Optional.of(rule.target()) : Optional.empty();
    }

    private static SortedMap<String, List<ChainLine>> chains(Optional<FirewallTable> table) {
        return table.map(FirewallTable::chains).orElseGet(TreeMap::new);
    }

    private static List<ChainLine> lines(SortedMap<String, List<ChainLine>> chains, String chain) {
        return chains.getOrDefault(chain, List.of());
    }

    /**
     * Whether a base chain is there that leads to chains of ours and does nothing else, as those that vnetc makes: then the
     * rest is ours too, though nothing jumps to it.
     */
    public boolean hasOurShape() {
        return Chains.BASES.stream()
                .flatMap(name -> Stream.ofNullable(chains.get(name)))
                .anyMatch(lines -> !lines.isEmpty() && lines.stream().allMatch(this::leadsOn));
    }

    private boolean leadsOn(ChainLine line) {
        return target(line)
                .filter(target -> target instanceof Target.Jump jump && chains.containsKey(jump.chain()))
                .isPresent();
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
            for (RuleFamily family : RuleFamily.values()) {
                for (Table table : family.tables()) {
                    if (address(family, table).name().equals(name)) {
                        return new FirewallTable(family, table, chains(family, attributes), attributes.lines("jumps"));
                    }
                }
            }
            throw new MalformedStateException("there is no table `" + name + "`");
        }

        private static SortedMap<String, List<ChainLine>> chains(RuleFamily family, Attributes attributes) {
            TreeMap<String, List<ChainLine>> chains = new TreeMap<>();
            for (Map.Entry<String, AttributeValue> chain :
                    attributes.group("chains").values().entrySet()) {
                if (!(chain.getValue() instanceof AttributeValue.Lines lines)) {
                    throw new MalformedStateException("the chain `" + chain.getKey() + "` is not a list");
                }
                chains.put(
                        chain.getKey(),
                        lines.lines().stream()
                                .map(line -> Read.value(line, family::parse))
                                .toList());
            }
            return chains;
        }

        @Override
        public Effect effect(Optional<FirewallTable> before, Optional<FirewallTable> after) {
            Set<InterfaceName> links = new LinkedHashSet<>();
            lost(before, after).forEach(loss -> {
                Chains.forwarding(loss.chain()).ifPresent(links::add);
                if (loss.line() instanceof Rule rule
                        && Chains.forwarding(loss.chain()).isEmpty()) {
                    rule.in().ifPresent(links::add);
                    rule.out().ifPresent(links::add);
                }
            });
            return links.isEmpty()
                    ? untranslated(before, after)
                    : new Effect(Severity.OUTAGE, links, "connections that are no longer allowed end");
        }

        /** Whose guests' packets leave with other addresses than before: nobody answers to those on what is open. */
        private static Effect untranslated(Optional<FirewallTable> before, Optional<FirewallTable> after) {
            Set<InterfaceName> links = new LinkedHashSet<>();
            for (String chain : before.map(table -> table.chains.keySet()).orElse(Collections.emptySortedSet())) {
                if (after.filter(table -> table.chains.containsKey(chain)).isEmpty()) {
                    Chains.translating(chain).ifPresent(links::add);
                }
            }
            return links.isEmpty()
                    ? Effect.NONE
                    : new Effect(
                            Severity.BRIEF, links, "its addresses are no longer translated: connections start anew");
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
            RuleFamily family = after.or(() -> before).orElseThrow().family;
            lines.add(family.restoreCommand() + " " + String.join(" ", family.restoreOptions()) + " <<END");
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
            old.stream().filter(line -> !(line instanceof ChainLine.Unknown)).forEach(lines::add);
            return List.copyOf(lines);
        }
    }
}
