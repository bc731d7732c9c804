// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.kind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vnetc.compiler.kind.Rule.Protocol;
import io.vnetc.dsl.value.Cidr;
import io.vnetc.dsl.value.InterfaceName;
import io.vnetc.dsl.value.IpFamily;
import io.vnetc.dsl.value.PortRange;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RuleTest {
    private static final Cidr OFFICE = Cidr.parse("10.20.1.0/24");
    private static final InterfaceName LAN = new InterfaceName("eno1");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-j ACCEPT",
                "-s 10.20.1.0/24 -o eno1 -j ACCEPT",
                "-d 10.20.1.0/24 -i eno1 -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT",
                "-p udp -m multiport --dports 67 -j ACCEPT",
                "-p tcp -m multiport --dports 22,80:90,443 -j DROP",
                "-i vbr-office -j VNET-OUT-vbr-office",
                "-j REJECT --reject-with icmp6-port-unreachable",
                "-o eno1 -p tcp -j MASQUERADE --to-ports 1024-65535",
                "-p udp -j MASQUERADE --to-ports 4000",
                "-s fd00:20:1::/64 -d ff02::/16 -p ipv6-icmp -j RETURN",
            })
    void isReadFromItsOwnText(String text) {
        assertThat(ChainLine.parse(text))
                .isInstanceOf(Rule.class)
                .extracting(ChainLine::text)
                .isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "! -s 10.20.1.0/24 -j ACCEPT",
                "-o eno1 -s 10.20.1.0/24 -j ACCEPT",
                "-j LOG --log-prefix \"x\"",
                "-i eth+ -j ACCEPT",
                "-s 0.0.0.0/0 -j ACCEPT",
                "-j VNET-OUT -j ACCEPT",
                "-m comment --comment \"hand made\" -j ACCEPT",
                "-j DOCKER-USER",
                "-p tcp -m multiport --dports 0 -j ACCEPT",
                "-p tcp -m tcp --sport 1 -j ACCEPT",
                "",
            })
    void isNotReadFromWhatItWouldNotPrint(String text) {
        if (text.isEmpty()) {
            assertThatThrownBy(() -> ChainLine.parse(text)).isInstanceOf(IllegalArgumentException.class);
        } else {
            assertThat(ChainLine.parse(text)).isEqualTo(new ChainLine.Unknown(text));
        }
    }

    @Test
    void ofAnyShapeIsReadFromItsOwnText() {
        long seed = System.nanoTime();
        for (IpFamily family : IpFamily.values()) {
            for (FirewallTable.Table table : FirewallTable.Table.values()) {
                RandomRules rules = new RandomRules(seed, family, table);
                for (int i = 0; i < 500; i++) {
                    Rule rule = rules.next("VNET-OTHER");
                    assertThat(ChainLine.parse(rule.text())).as("seed %d", seed).isEqualTo(rule);
                }
            }
        }
    }

    @Test
    void takesEveryNetworkForAnyAddress() {
        assertThat(Rule.accept().from(Cidr.parse("0.0.0.0/0"))).isEqualTo(Rule.accept());
    }

    @Test
    void hasPortsOnlyWhereTheProtocolDoes() {
        assertThatThrownBy(() -> Rule.accept().protocol(Protocol.ICMP, new PortRange(1, 1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Rule.to(new Target.Masquerade(Optional.of(new PortRange(1024, 65535)))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void coversWhatMeetsFewerPackets() {
        Rule out = Rule.accept().from(OFFICE).out(LAN);
        assertThat(out.covers(out)).isTrue();
        assertThat(Rule.accept().covers(out)).isTrue();
        assertThat(out.covers(Rule.accept().from(Cidr.parse("10.20.1.128/25")).out(LAN)))
                .isTrue();
        assertThat(out.covers(out.answering())).isTrue();
        assertThat(out.covers(out.protocol(Protocol.TCP, new PortRange(80, 80))))
                .isTrue();
        assertThat(out.protocol(Protocol.TCP, new PortRange(1, 1023))
                        .covers(out.protocol(Protocol.TCP, new PortRange(80, 90), new PortRange(22, 22))))
                .isTrue();
    }

    @Test
    void doesNotCoverWhatMeetsOthers() {
        Rule out = Rule.accept().from(OFFICE).out(LAN);
        assertThat(out.covers(Rule.accept())).isFalse();
        assertThat(out.covers(Rule.accept().from(Cidr.parse("10.20.0.0/16")).out(LAN)))
                .isFalse();
        assertThat(out.covers(Rule.accept().from(OFFICE).out(new InterfaceName("eno2"))))
                .isFalse();
        assertThat(out.answering().covers(out)).isFalse();
        assertThat(out.covers(out.target(new Target.Drop()))).isFalse();
        assertThat(out.protocol(Protocol.TCP, new PortRange(80, 80)).covers(out.protocol(Protocol.TCP)))
                .isFalse();
    }
}
