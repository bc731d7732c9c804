// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.resolve;

import static org.assertj.core.api.Assertions.assertThat;

import io.vnetc.compiler.model.About;
import io.vnetc.compiler.model.BridgeTimers;
import io.vnetc.compiler.model.Model;
import io.vnetc.compiler.model.Network;
import io.vnetc.compiler.model.Nic;
import io.vnetc.compiler.model.PortOption;
import io.vnetc.compiler.model.PortSettings;
import io.vnetc.compiler.model.Qos;
import io.vnetc.compiler.model.Switching;
import io.vnetc.compiler.model.Vlan;
import io.vnetc.dsl.diagnostic.Diagnostic;
import io.vnetc.dsl.value.IntegerRange;
import io.vnetc.dsl.value.Rate;
import io.vnetc.dsl.value.VlanProtocol;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PortsResolverTest {
    @Test
    void eachSettingIsTheNicsOwnElseThePortgroupsElseTheNetworks() {
        PortSettings port = nic("""
                network office {
                  isolated  hairpin  cost 10  vlan 41
                  portgroup staff { isolated off  cost 20  port-priority 7 }
                }
                vm web { nic eth0 { network office  portgroup staff  cost 30  learning off } }
                """).port();

        assertThat(port.isolated()).contains(false);
        assertThat(port.hairpin()).contains(true);
        assertThat(port.cost()).contains(30);
        assertThat(port.priority()).contains(7);
        assertThat(port.learning()).contains(false);
        assertThat(port.flood()).isEmpty();
        assertThat(port.vlan()).contains(Vlan.access(41));
    }

    @Test
    void aNicThatNamesNoPortgroupIsInTheDefault() {
        Model model = Sources.model("""
                network office {
                  portgroup guests { vlan 43 }
                  portgroup staff default { vlan 42 }
                }
                vm node[1..2] { nic eth0 { network office }  nic eth1 { network office  portgroup guests } }
                """);

        assertThat(model.guests()).hasSize(2).allSatisfy(guest -> {
            assertThat(guest.nics().get(0).portgroup()).contains("staff");
            assertThat(guest.nics().get(0).port().vlan()).contains(Vlan.access(42));
            assertThat(guest.nics().get(1).portgroup()).contains("guests");
            assertThat(guest.nics().get(1).port().vlan()).contains(Vlan.access(43));
        });
    }

    @Test
    void withoutADefaultItIsInNone() {
        Nic nic = Sources.model("""
                network office { portgroup guests { isolated } }
                vm web { nic eth0 { network office }  nic eth1 { network office  portgroup guests } }
                """).guests().get(0).nics().get(0);

        assertThat(nic.portgroup()).isEmpty();
        assertThat(nic.port()).isEqualTo(PortSettings.NONE);
    }

    @Test
    void ratesOfAPortgroupAreReplacedDirectionByDirection() {
        Optional<Qos> qos = PortsResolver.rates(
                Optional.of(new Qos(Optional.of(limit("10mbit")), Optional.empty())),
                Optional.of(new Qos(Optional.of(limit("20mbit")), Optional.of(limit("30mbit")))));

        assertThat(qos).contains(new Qos(Optional.of(limit("10mbit")), Optional.of(limit("30mbit"))));
    }

    private static Qos.Limit limit(String rate) {
        return new Qos.Limit(Optional.of(Rate.parse(rate)), Optional.empty(), Optional.empty(), Optional.empty());
    }

    @Test
    void theNativeVlanOfATrunkHasNoTag() {
        assertThat(vlan("vlan trunk 10, 20..30"))
                .isEqualTo(
                        new Vlan(List.of(new IntegerRange(10, 10), new IntegerRange(20, 30)), Optional.empty(), false));
        assertThat(vlan("vlan trunk 20..30, 10 native 5"))
                .isEqualTo(
                        new Vlan(List.of(new IntegerRange(10, 10), new IntegerRange(20, 30)), Optional.of(5), false));
        assertThat(vlan("vlan trunk 20..30 native 25 tagged"))
                .isEqualTo(
                        new Vlan(List.of(new IntegerRange(20, 24), new IntegerRange(26, 30)), Optional.of(25), true));
    }

    private static Vlan vlan(String setting) {
        return nic("network a { " + setting + " } vm web { nic eth0 { network a } }")
                .port()
                .vlan()
                .orElseThrow();
    }

    @Test
    void virtualportsAreMergedParameterByParameter() {
        Nic nic = nic("""
                network office {
                  virtualport any { manager = 0x0b }
                  portgroup staff { virtualport any { type = 1193047  type-version = 2 } }
                }
                vm web {
                  nic eth0 {
                    network office
                    portgroup staff
                    virtualport any { instance = 09B11C53-8B5C-4EEB-8F00-D84EAA0AAA4F  manager = 11 }
                  }
                }
                """);

        assertThat(nic.port().virtualport().orElseThrow().parameters())
                .containsEntry("manager", "11")
                .containsEntry("type", "1193047")
                .containsEntry("type-version", "2")
                .containsEntry("instance", "09b11c53-8b5c-4eeb-8f00-d84eaa0aaa4f");
    }

    @Test
    void aContradictionNamesBothSides() {
        List<Diagnostic> found = Sources.diagnostics("""
                network office { portgroup staff default { virtualport any { profile = gold } } }
                vm web { nic eth0 { network office  virtualport any { profile = silver } } }
                """);

        assertThat(found).hasSize(1);
        assertThat(found.get(0).message())
                .isEqualTo("this virtualport has `profile = silver`, and that of the portgroup `staff` has `gold`");
        assertThat(found.get(0).range().line()).isEqualTo(2);
        assertThat(found.get(0).range().column()).isEqualTo(37);
    }

    @Test
    void aBridgeForwardsAsItIsTold() {
        Network network = Sources.network(
                "network a { bridge { stp-priority 4096  mac-table managed  multicast-snooping off  zone lab } }");

        assertThat(network.bridge().switching())
                .isEqualTo(new Switching(4096, true, false, VlanProtocol.CUSTOMER, BridgeTimers.DEFAULT));
        assertThat(network.bridge().zone()).contains("lab");
        assertThat(Sources.network("network a { }").bridge().switching()).isEqualTo(Switching.DEFAULT);
    }

    @Test
    void aBridgeWaitsAndTagsAsItIsTold() {
        Switching switching = Sources.network("network a { bridge { hello-time 1s  max-age 6500ms  ageing-time 0s"
                        + "  vlan-protocol 802.1ad } }")
                .bridge()
                .switching();

        assertThat(switching.vlanProtocol()).isEqualTo(VlanProtocol.PROVIDER);
        assertThat(switching.timers())
                .isEqualTo(new BridgeTimers(Duration.ofSeconds(1), Duration.ofMillis(6_500), Duration.ZERO));
    }

    @Test
    void eachOptionOfAPortIsTheNicsOwnElseThePortgroupsElseTheNetworks() {
        PortSettings port = nic("""
                network office {
                  bpdu-guard  root-guard
                  portgroup staff { root-guard off  fast-leave }
                }
                vm web { nic eth0 { network office  portgroup staff  fast-leave off  neighbour-suppression on } }
                """).port();

        assertThat(port.options())
                .isEqualTo(Map.of(
                        PortOption.BPDU_GUARD,
                        true,
                        PortOption.ROOT_GUARD,
                        false,
                        PortOption.FAST_LEAVE,
                        false,
                        PortOption.NEIGHBOUR_SUPPRESSION,
                        true));
    }

    @Test
    void whatIsSaidOfANetworkIsKept() {
        About about = Sources.network("""
                network office {
                  uuid 5D3ACDE4-6b3a-4d6e-8bd1-2c5b0f9d1c11
                  title "The office"
                  description "Where people are."
                  metadata "http://app.example/1" = "<a:note xmlns:a='http://app.example/1'>x</a:note>"
                }
                """).about();

        assertThat(about)
                .isEqualTo(new About(
                        Optional.of("5d3acde4-6b3a-4d6e-8bd1-2c5b0f9d1c11"),
                        Optional.of("The office"),
                        Optional.of("Where people are."),
                        List.of(new About.Metadata(
                                "http://app.example/1", "<a:note xmlns:a='http://app.example/1'>x</a:note>"))));
    }

    /** The only card of a source in which nothing is wrong. */
    private static Nic nic(String text) {
        Model model = Sources.model(text);
        assertThat(model.guests()).hasSize(1);
        assertThat(model.guests().get(0).nics()).hasSize(1);
        return model.guests().get(0).nics().get(0);
    }
}
