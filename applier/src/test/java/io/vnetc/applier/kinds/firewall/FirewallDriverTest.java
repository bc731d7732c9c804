// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.kinds.firewall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vnetc.applier.host.HostContext;
import io.vnetc.applier.host.Paths;
import io.vnetc.applier.host.Programs;
import io.vnetc.applier.kinds.Change;
import io.vnetc.applier.kinds.DriverException;
import io.vnetc.applier.kinds.Observation;
import io.vnetc.applier.kinds.StateBuilder;
import io.vnetc.applier.testing.NetworkNamespace;
import io.vnetc.compiler.kind.ChainLine;
import io.vnetc.compiler.kind.Chains;
import io.vnetc.compiler.kind.FirewallTable;
import io.vnetc.compiler.kind.FirewallTable.Table;
import io.vnetc.compiler.kind.Rule;
import io.vnetc.compiler.state.Entry;
import io.vnetc.compiler.state.HostState;
import io.vnetc.compiler.state.Standing;
import io.vnetc.dsl.value.Cidr;
import io.vnetc.dsl.value.InterfaceName;
import io.vnetc.dsl.value.IpFamily;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FirewallDriverTest {
    private static final InterfaceName BRIDGE = new InterfaceName("vbr-a");

    @TempDir
    Path folder;

    private final FirewallDriver driver = new FirewallDriver();
    private NetworkNamespace space;
    private HostContext host;

    @BeforeEach
    void open() {
        space = NetworkNamespace.create();
        host = new HostContext(Paths.below(folder), new Programs());
    }

    @AfterEach
    void close() {
        host.close();
        space.close();
    }

    @Test
    void whatIsMadeIsReadBackAsItWasAsked() {
        FirewallTable wanted = filter("10.1.0.0/24");

        move(Optional.empty(), Optional.of(wanted));

        assertThat(observe(wanted)).contains(Entry.observed(wanted, Standing.OWNED));
        assertThat(space.exec("iptables-save", "-t", "filter"))
                .contains("-A FORWARD -j VNET-FORWARD")
                .contains("-A VNET-OUT-vbr-a -s 10.1.0.0/24 -j ACCEPT");
    }

    @Test
    void aChangeAndItsInverseLeadBack() {
        FirewallTable old = filter("10.1.0.0/24");
        FirewallTable now = filter("10.2.0.0/24");
        move(Optional.empty(), Optional.of(old));
        String before = space.exec("iptables-save", "-t", "filter");

        move(Optional.of(old), Optional.of(now));
        assertThat(observe(now)).contains(Entry.observed(now, Standing.OWNED));
        move(Optional.of(now), Optional.of(old));

        assertThat(rules(space.exec("iptables-save", "-t", "filter"))).isEqualTo(rules(before));
    }

    @Test
    void foreignRulesAndChainsAndPoliciesSurvive() {
        space.exec("iptables", "-N", "DOCKER-USER");
        space.exec("iptables", "-A", "FORWARD", "-j", "DOCKER-USER");
        space.exec("iptables", "-P", "FORWARD", "DROP");
        String before = space.exec("iptables-save", "-t", "filter");
        FirewallTable wanted = filter("10.1.0.0/24");

        move(Optional.empty(), Optional.of(wanted));
        assertThat(space.exec("iptables", "-S", "FORWARD"))
                .isEqualTo("-P FORWARD DROP\n-A FORWARD -j VNET-FORWARD\n-A FORWARD -j DOCKER-USER\n");
        move(Optional.of(wanted), Optional.empty());

        assertThat(rules(space.exec("iptables-save", "-t", "filter"))).isEqualTo(rules(before));
    }

    @Test
    void foreignChainsMayHaveTheLongestNamesThereAre() {
        for (String chain : List.of("DOCKER-ISOLATION-STAGE-1", "ufw-before-logging-forward", "a.b:c!d")) {
            space.exec("iptables", "-N", chain);
            space.exec("iptables", "-A", chain, "-j", "RETURN");
        }
        FirewallTable wanted = filter("10.1.0.0/24");

        move(Optional.empty(), Optional.of(wanted));

        assertThat(observe(wanted)).contains(Entry.observed(wanted, Standing.OWNED));
    }

    @Test
    void aFlushedJumpIsSeenAsOursAndMissing() {
        FirewallTable wanted = filter("10.1.0.0/24");
        move(Optional.empty(), Optional.of(wanted));
        space.exec("iptables", "-F", "FORWARD");

        Entry seen = observe(wanted).orElseThrow();

        assertThat(seen.standing()).isEqualTo(Standing.OWNED);
        assertThat(((FirewallTable) seen.resource()).jumps()).isEmpty();
    }

    @Test
    void aRuleThatSomebodyAddedToOurChainShows() {
        FirewallTable wanted = filter("10.1.0.0/24");
        move(Optional.empty(), Optional.of(wanted));
        space.exec("iptables", "-A", "VNET-IN", "-m", "mark", "--mark", "7", "-j", "ACCEPT");

        FirewallTable seen = (FirewallTable) observe(wanted).orElseThrow().resource();

        assertThat(seen.chains().get(Chains.IN).get(1)).isInstanceOf(ChainLine.Unknown.class);
    }

    @Test
    void aChainOfOurNameThatIsNotOursIsForeign() {
        space.exec("iptables", "-N", Chains.FORWARD);
        space.exec("iptables", "-A", Chains.FORWARD, "-p", "tcp", "-j", "ACCEPT");

        assertThat(observe(filter("10.1.0.0/24")).orElseThrow().standing()).isEqualTo(Standing.FOREIGN);
    }

    @Test
    void aTableThatIptablesCannotReadIsAnErrorAndNotAnEmptyTable() {
        space.exec("iptables", "-N", "SOMETHING");
        assertThat(space.tryExec("sh", "-c", "command -v nft").exitCode())
                .as("nft is installed")
                .isZero();
        space.exec("nft", "add rule ip filter SOMETHING fib daddr type local accept");

        assertThatThrownBy(() -> observe(filter("10.1.0.0/24")))
                .isInstanceOf(DriverException.class)
                .hasMessageContaining("cannot read the table filter of IPv4");
    }

    @Test
    void aRefusedRestoreChangesNothingAndSaysWhatTheToolSaid() {
        FirewallTable broken = new FirewallTable(
                IpFamily.IPV4,
                Table.FILTER,
                new TreeMap<>(Map.of(Chains.FORWARD, List.<ChainLine>of(Rule.jump("VNET-OUT-missing")))),
                List.of("FORWARD"));

        assertThatThrownBy(() -> move(Optional.empty(), Optional.of(broken)))
                .isInstanceOf(DriverException.class)
                .hasMessageContaining("cannot change the IPv4 filter table");
        assertThat(space.exec("iptables-save")).doesNotContain("VNET");
    }

    private static FirewallTable filter(String network) {
        TreeMap<String, List<ChainLine>> chains = new TreeMap<>();
        chains.put(Chains.FORWARD, List.of(Rule.jump(Chains.OUT), Rule.jump(Chains.IN)));
        chains.put(Chains.OUT, List.of(Rule.jump(Chains.out(BRIDGE)).in(BRIDGE)));
        chains.put(Chains.IN, List.of(Rule.jump(Chains.in(BRIDGE)).out(BRIDGE)));
        chains.put(Chains.out(BRIDGE), List.of(Rule.accept().from(Cidr.parse(network))));
        chains.put(
                Chains.in(BRIDGE),
                List.of(Rule.accept().into(Cidr.parse(network)).answering()));
        return new FirewallTable(IpFamily.IPV4, Table.FILTER, chains, List.of("FORWARD"));
    }

    private void move(Optional<FirewallTable> before, Optional<FirewallTable> after) {
        space.run(() -> driver.move(new Change<>(before, after, Optional.empty()), host));
    }

    private Optional<Entry> observe(FirewallTable like) {
        HostState seen = space.call(() -> {
            StateBuilder builder = new StateBuilder();
            driver.observe(new Observation(host), builder);
            return builder.build("test", "test").state();
        });
        return seen.find(like.address());
    }

    private static List<String> rules(String saved) {
        return saved.lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.replaceAll("\\[\\d+:\\d+]", ""))
                .toList();
    }
}
