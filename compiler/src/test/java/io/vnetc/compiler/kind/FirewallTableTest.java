// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.kind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vnetc.compiler.kind.FirewallTable.Table;
import io.vnetc.compiler.state.Effect;
import io.vnetc.compiler.state.Effect.Severity;
import io.vnetc.dsl.value.Cidr;
import io.vnetc.dsl.value.InterfaceName;
import io.vnetc.dsl.value.IpFamily;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class FirewallTableTest {
    private static final InterfaceName OFFICE = new InterfaceName("vbr-office");
    private static final InterfaceName LAB = new InterfaceName("vbr-lab");
    private static final InterfaceName LAN = new InterfaceName("eno1");
    private static final Cidr OFFICE_NETWORK = Cidr.parse("10.20.1.0/24");
    private static final Rule REFUSE = Rule.to(Target.Reject.of(IpFamily.IPV4));
    private static final Rule OFFICE_OUT = Rule.accept().from(OFFICE_NETWORK).out(LAN);

    private final FirewallTable office = filter(List.of(
            chain(Chains.OUT, Rule.jump(Chains.out(OFFICE)).in(OFFICE)),
            chain(Chains.out(OFFICE), OFFICE_OUT, REFUSE)));
    private final FirewallTable shut = filter(
            List.of(chain(Chains.OUT, Rule.jump(Chains.out(OFFICE)).in(OFFICE)), chain(Chains.out(OFFICE), REFUSE)));
    private final FirewallTable lab =
            filter(List.of(chain(Chains.OUT, Rule.jump(Chains.out(LAB)).in(LAB)), chain(Chains.out(LAB), REFUSE)));

    @Test
    void isMadeByDeclaringChainsBeforeTheyAreJumpedTo() {
        assertThat(FirewallTable.restoreText(Optional.empty(), Optional.of(office)))
                .containsExactly(
                        "*filter",
                        ":VNET-OUT - [0:0]",
                        ":VNET-OUT-vbr-office - [0:0]",
                        "-A VNET-OUT -i vbr-office -j VNET-OUT-vbr-office",
                        "-A VNET-OUT-vbr-office -s 10.20.1.0/24 -o eno1 -j ACCEPT",
                        "-A VNET-OUT-vbr-office -j REJECT --reject-with icmp-port-unreachable",
                        "-I FORWARD -j VNET-FORWARD",
                        "COMMIT");
    }

    @Test
    void isChangedInTheChainsThatDiffer() {
        assertThat(FirewallTable.restoreText(Optional.of(office), Optional.of(shut)))
                .containsExactly(
                        "*filter",
                        ":VNET-OUT-vbr-office - [0:0]",
                        "-A VNET-OUT-vbr-office -j REJECT --reject-with icmp-port-unreachable",
                        "COMMIT");
        assertThat(FirewallTable.restoreText(Optional.of(office), Optional.of(office)))
                .isEmpty();
    }

    @Test
    void isTakenAwayWithItsJumpsFirst() {
        assertThat(FirewallTable.restoreText(Optional.of(shut), Optional.empty()))
                .containsExactly(
                        "*filter",
                        "-D FORWARD -j VNET-FORWARD",
                        "-F VNET-OUT",
                        "-F VNET-OUT-vbr-office",
                        "-X VNET-OUT",
                        "-X VNET-OUT-vbr-office",
                        "COMMIT");
    }

    @Test
    void losesJumpsThatStandTwice() {
        FirewallTable twice =
                new FirewallTable(IpFamily.IPV4, Table.FILTER, office.chains(), List.of("FORWARD", "FORWARD"));
        assertThat(FirewallTable.restoreText(Optional.of(twice), Optional.of(office)))
                .containsExactly("*filter", "-D FORWARD -j VNET-FORWARD", "COMMIT");
    }

    @Test
    void keepsRulesOfBridgesThatGoWhileTheyAreThere() {
        FirewallTable both = expansion(office, lab);
        assertThat(both.chains().get(Chains.out(OFFICE)))
                .isEqualTo(office.chains().get(Chains.out(OFFICE)));
        assertThat(both.chains().get(Chains.out(LAB))).isEqualTo(lab.chains().get(Chains.out(LAB)));
        assertThat(both.chains().get(Chains.OUT))
                .containsExactlyInAnyOrder(
                        Rule.jump(Chains.out(LAB)).in(LAB),
                        Rule.jump(Chains.out(OFFICE)).in(OFFICE));
    }

    @Test
    void changesWhatABridgeMayDoAtOnce() {
        assertThat(expansion(office, shut)).isEqualTo(shut);
        assertThat(expansion(shut, office)).isEqualTo(office);
    }

    @Test
    void translatesForOldAndNewTogether() {
        Rule overLan = Rule.to(new Target.Masquerade(Optional.empty())).out(LAN);
        Rule overFast = overLan.out(new InterfaceName("enp65s0f0"));
        assertThat(expansion(nat(overLan), nat(overFast)).chains().get(Chains.nat(OFFICE)))
                .containsExactly(overFast, overLan);
    }

    @Test
    void isThereBeforeTheFirstLinkAndAfterTheLast() {
        assertThat(FirewallTable.KIND.expansion(Optional.empty(), Optional.of(office)))
                .contains(office);
        assertThat(FirewallTable.KIND.expansion(Optional.of(office), Optional.empty()))
                .contains(office);
    }

    @Test
    void endsTheFlowsThatLoseAPermission() {
        LostFlows fromTheOffice =
                new LostFlows(Optional.of(OFFICE_NETWORK), Optional.empty(), Optional.empty(), List.of(), true);
        assertThat(FirewallTable.closed(Optional.of(office), Optional.of(shut))).containsExactly(fromTheOffice);
        assertThat(FirewallTable.closed(Optional.of(office), Optional.empty())).containsExactly(fromTheOffice);
        assertThat(FirewallTable.closed(Optional.of(shut), Optional.of(office))).isEmpty();
        FirewallTable wider =
                filter(List.of(chain(Chains.out(OFFICE), Rule.accept().from(Cidr.parse("10.20.0.0/16")))));
        assertThat(FirewallTable.closed(Optional.of(office), Optional.of(wider)))
                .isEmpty();
    }

    @Test
    void cutsOffTheGuestsOfABridgeThatLosesAPermission() {
        Effect effect = FirewallTable.KIND.effect(Optional.of(office), Optional.of(shut));
        assertThat(effect.severity()).isEqualTo(Severity.OUTAGE);
        assertThat(effect.links()).isEqualTo(Set.of(OFFICE));
        assertThat(FirewallTable.KIND.effect(Optional.of(shut), Optional.of(office)))
                .isEqualTo(Effect.NONE);
    }

    @Test
    void translatesBeforeItLetsThrough() {
        FirewallTable nat = new FirewallTable(IpFamily.IPV4, Table.NAT, new TreeMap<>(), List.of());
        assertThat(FirewallTable.KIND.rank(nat)).isLessThan(FirewallTable.KIND.rank(office));
    }

    @Test
    void hasOnlyChainsOfOurs() {
        assertThatThrownBy(() -> filter(List.of(chain("DOCKER-USER", Rule.accept()))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> filter(List.of(chain("VNET-A\n-F FORWARD", Rule.accept()))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ChainLine.parse("-j ACCEPT\n-F FORWARD")).isInstanceOf(IllegalArgumentException.class);
    }

    private static FirewallTable expansion(FirewallTable before, FirewallTable after) {
        return FirewallTable.KIND
                .expansion(Optional.of(before), Optional.of(after))
                .orElseThrow();
    }

    private static FirewallTable filter(List<Chain> chains) {
        TreeMap<String, List<ChainLine>> all = new TreeMap<>();
        chains.forEach(chain -> all.put(chain.name(), chain.rules()));
        return new FirewallTable(IpFamily.IPV4, Table.FILTER, all, List.of("FORWARD"));
    }

    private static FirewallTable nat(Rule rule) {
        TreeMap<String, List<ChainLine>> chains = new TreeMap<>();
        chains.put(Chains.nat(OFFICE), List.of(rule));
        return new FirewallTable(IpFamily.IPV4, Table.NAT, chains, List.of("POSTROUTING"));
    }

    private static Chain chain(String name, Rule... rules) {
        return new Chain(name, List.of(rules));
    }

    private record Chain(String name, List<ChainLine> rules) {}
}
