// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.kind;

import static org.assertj.core.api.Assertions.assertThat;

import io.vnetc.compiler.kind.FirewallTable.Table;
import io.vnetc.compiler.testing.Program;
import io.vnetc.dsl.value.IpFamily;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The kernel's rules come back from iptables-save in the very words of {@link Rule#text}. */
class IptablesSpellingTest {
    private static final String CHAIN = "VNET-OUT-vbr-office";

    @ParameterizedTest
    @ValueSource(strings = {"iptables-nft", "iptables-legacy", "ip6tables-nft", "ip6tables-legacy"})
    void rulesOfAllShapesComeBackAsTheyWent(String variant) {
        long seed = System.nanoTime();
        IpFamily family = variant.startsWith("ip6") ? IpFamily.IPV6 : IpFamily.IPV4;
        for (Table table : Table.values()) {
            RandomRules rules = new RandomRules(seed, family, table);
            List<ChainLine> lines = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                lines.add(rules.next("VNET-OTHER"));
            }
            FirewallTable wanted = table(family, table, lines);
            Program.Outcome outcome =
                    restoreAndSave(variant, FirewallTable.restoreText(Optional.empty(), Optional.of(wanted)));
            assertThat(outcome.exitCode())
                    .as("seed %d: %s", seed, outcome.output())
                    .isZero();
            assertThat(rules(outcome.output(), CHAIN)).as("seed %d", seed).isEqualTo(lines);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"iptables-nft", "iptables-legacy", "ip6tables-nft", "ip6tables-legacy"})
    void redirectionsComeBackAsTheyWent(String variant) {
        long seed = System.nanoTime();
        IpFamily family = variant.startsWith("ip6") ? IpFamily.IPV6 : IpFamily.IPV4;
        RandomRules rules = new RandomRules(seed, family, Table.NAT);
        List<ChainLine> lines = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            lines.add(rules.redirection());
        }
        TreeMap<String, List<ChainLine>> chains = new TreeMap<>();
        for (String builtIn : List.of("OUTPUT", "PREROUTING")) {
            chains.put(FirewallTable.baseChain(builtIn), List.of(Rule.jump(Chains.PUBLISH)));
        }
        chains.put(Chains.PUBLISH, lines);
        FirewallTable wanted = new FirewallTable(family, Table.NAT, chains, List.of("OUTPUT", "PREROUTING"));
        Program.Outcome outcome =
                restoreAndSave(variant, FirewallTable.restoreText(Optional.empty(), Optional.of(wanted)));
        assertThat(outcome.exitCode()).as("seed %d: %s", seed, outcome.output()).isZero();
        assertThat(rules(outcome.output(), Chains.PUBLISH)).as("seed %d", seed).isEqualTo(lines);
    }

    @ParameterizedTest
    @ValueSource(strings = {"iptables-nft", "iptables-legacy"})
    void aTableIsLedFromAnythingToAnything(String variant) {
        long seed = System.nanoTime();
        RandomRules rules = new RandomRules(seed, IpFamily.IPV4, Table.FILTER);
        List<Optional<FirewallTable>> states = new ArrayList<>();
        states.add(Optional.of(table(IpFamily.IPV4, Table.FILTER, List.of(rules.next("VNET-OTHER")))));
        states.add(Optional.of(table(IpFamily.IPV4, Table.FILTER, List.of(Rule.accept(), rules.next("VNET-OTHER")))));
        states.add(Optional.of(new FirewallTable(
                IpFamily.IPV4,
                Table.FILTER,
                new TreeMap<>(Map.of(Chains.INPUT, List.of())),
                List.of("INPUT", "INPUT"))));
        states.add(Optional.empty());
        for (Optional<FirewallTable> before : states) {
            for (Optional<FirewallTable> after : states) {
                List<String> text = new ArrayList<>(FirewallTable.restoreText(Optional.empty(), before));
                text.addAll(FirewallTable.restoreText(before, after));
                Program.Outcome outcome = restoreAndSave(variant, text);
                Program.Outcome straight = restoreAndSave(variant, FirewallTable.restoreText(Optional.empty(), after));
                assertThat(outcome.exitCode())
                        .as("seed %d: %s", seed, outcome.output())
                        .isZero();
                assertThat(ours(outcome.output())).as("seed %d", seed).isEqualTo(ours(straight.output()));
            }
        }
    }

    private static FirewallTable table(IpFamily family, Table table, List<ChainLine> lines) {
        TreeMap<String, List<ChainLine>> chains = new TreeMap<>();
        String builtIn = table == Table.NAT ? "POSTROUTING" : "FORWARD";
        chains.put(FirewallTable.baseChain(builtIn), List.of(Rule.jump(CHAIN)));
        chains.put(CHAIN, lines);
        chains.put("VNET-OTHER", List.of());
        return new FirewallTable(family, table, chains, List.of(builtIn));
    }

    /** A user namespace may not write the host's lock of the legacy variant, so it has one of its own. */
    private static Program.Outcome restoreAndSave(String variant, List<String> text) {
        return Program.runInNamespace(String.join("\n", text) + "\n", """
                XTABLES_LOCKFILE=$(mktemp); export XTABLES_LOCKFILE
                trap 'rm "$XTABLES_LOCKFILE"' EXIT
                "$1-restore" --noflush
                "$1-save\"""", variant);
    }

    private static List<ChainLine> rules(String saved, String chain) {
        return saved.lines()
                .filter(line -> line.startsWith("-A " + chain + " "))
                .map(line -> ChainLine.parse(line.substring(4 + chain.length())))
                .toList();
    }

    private static List<String> ours(String saved) {
        return saved.lines().filter(line -> line.contains("VNET-")).toList();
    }
}
