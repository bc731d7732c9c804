// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.kind;

import static org.assertj.core.api.Assertions.assertThat;

import io.vnetc.compiler.kind.FirewallTable.Table;
import io.vnetc.compiler.kind.FrameRule.EtherType;
import io.vnetc.compiler.kind.Rule.Protocol;
import io.vnetc.compiler.testing.Program;
import io.vnetc.dsl.value.InterfaceName;
import io.vnetc.dsl.value.IpFamily;
import io.vnetc.dsl.value.PortRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The kernel's rules come back from ebtables-save in the very words of {@link FrameRule#text}. */
class EbtablesSpellingTest {
    private static final InterfaceName BRIDGE = new InterfaceName("vbr-office");
    private static final String CHAIN = Chains.guests(BRIDGE);

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);
    private final RandomRules rates = new RandomRules(seed, IpFamily.IPV4, Table.FILTER);

    @Test
    void rulesOfAllShapesComeBackAsTheyWent() {
        List<ChainLine> lines = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            lines.add(rule());
        }
        Program.Outcome outcome =
                restoreAndSave(FirewallTable.restoreText(Optional.empty(), Optional.of(table(lines))));
        assertThat(outcome.exitCode()).as("seed %d: %s", seed, outcome.output()).isZero();
        assertThat(outcome.output()
                        .lines()
                        .filter(line -> line.startsWith("-A " + CHAIN + " "))
                        .map(line -> RuleFamily.BRIDGE.parse(line.substring(4 + CHAIN.length())))
                        .toList())
                .as("seed %d", seed)
                .isEqualTo(lines);
    }

    @Test
    void aTableIsLedFromAnythingToAnything() {
        List<Optional<FirewallTable>> states = List.of(
                Optional.of(table(List.of(rule()))), Optional.of(table(List.of(rule(), rule()))), Optional.empty());
        for (Optional<FirewallTable> before : states) {
            for (Optional<FirewallTable> after : states) {
                List<String> text = new ArrayList<>(FirewallTable.restoreText(Optional.empty(), before));
                text.addAll(FirewallTable.restoreText(before, after));
                Program.Outcome outcome = restoreAndSave(text);
                assertThat(outcome.exitCode())
                        .as("seed %d: %s", seed, outcome.output())
                        .isZero();
                assertThat(ours(outcome))
                        .as("seed %d", seed)
                        .isEqualTo(ours(restoreAndSave(FirewallTable.restoreText(Optional.empty(), after))));
            }
        }
    }

    private FrameRule rule() {
        FrameRule rule =
                FrameRule.to(pick(List.of(new Target.Accept(), new Target.Drop(), new Target.Jump("VNET-OUT"))));
        if (random.nextBoolean()) {
            rule = rule.in(new InterfaceName("vt-web-eth0"));
        }
        if (random.nextBoolean()) {
            rule = rule.out(new InterfaceName("vt-db"));
        }
        if (random.nextInt(3) == 0) {
            rule = rule.limited(rates.packets());
        }
        EtherType type = pick(List.of(EtherType.values()));
        if (random.nextInt(4) == 0) {
            return rule;
        }
        rule = rule.type(type);
        if (type == EtherType.ARP || random.nextInt(4) == 0) {
            return rule;
        }
        if (random.nextInt(3) == 0) {
            boolean isIpv4 = type == EtherType.IPV4;
            return !isIpv4 && random.nextBoolean()
                    ? rule.ofNeighbours()
                    : rule.protocol(isIpv4 ? Protocol.ICMP : Protocol.ICMPV6);
        }
        rule = rule.protocol(pick(List.of(Protocol.TCP, Protocol.UDP)));
        rule = random.nextBoolean() ? rule.fromPorts(ports()) : rule;
        return random.nextBoolean() ? rule.toPorts(ports()) : rule;
    }

    private PortRange ports() {
        int first = 1 + random.nextInt(60_000);
        return new PortRange(first, first + random.nextInt(2) * random.nextInt(100));
    }

    private <T> T pick(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    private static FirewallTable table(List<ChainLine> lines) {
        TreeMap<String, List<ChainLine>> chains = new TreeMap<>();
        chains.put(Chains.FORWARD, List.of(FrameRule.to(new Target.Jump(CHAIN)).in(BRIDGE)));
        chains.put(CHAIN, lines);
        chains.put("VNET-OUT", List.of());
        return new FirewallTable(RuleFamily.BRIDGE, Table.FILTER, chains, List.of("FORWARD"));
    }

    private static Program.Outcome restoreAndSave(List<String> text) {
        return Program.runInNamespace(String.join("\n", text) + "\n", "ebtables-restore --noflush && ebtables-save");
    }

    private static List<String> ours(Program.Outcome outcome) {
        return outcome.output().lines().filter(line -> line.contains("VNET-")).toList();
    }
}
