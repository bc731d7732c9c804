// SPDX-License-Identifier: Apache-2.0
package io.vnetc.dsl.expansion;

import static org.assertj.core.api.Assertions.assertThat;

import io.vnetc.dsl.Frontend;
import io.vnetc.dsl.ParsedSources;
import io.vnetc.dsl.diagnostic.DiagnosticPrinter;
import io.vnetc.dsl.source.InMemorySourceTree;
import org.junit.jupiter.api.Test;

/** What a template, a loop or a condition makes is what one would have written out by hand. */
final class ExpanderTest {
    private static ParsedSources parse(String text) {
        ParsedSources sources = Frontend.parse(new InMemorySourceTree().with("a.vnet", text), "a.vnet");
        assertThat(new DiagnosticPrinter(sources::file, false).print(sources.diagnostics()))
                .isEmpty();
        return sources;
    }

    private static void same(String written, String byHand) {
        ParsedSources sources = parse(written);
        String expanded = ExpandedText.of(sources);
        assertThat(new DiagnosticPrinter(sources::file, false).print(sources.diagnostics()))
                .isEmpty();
        assertThat(expanded).isEqualTo(ExpandedText.of(parse(byHand)));
    }

    @Test
    void putsANetworkOverItsTemplate() {
        same("""
                template network nat-network(network net, number size = 1500) {
                  forward nat
                  bridge { stp off  mtu size }
                  subnet net { gateway net.host(1)  dhcp net.range(100, 199) lease 12h }
                  dns { forward to 9.9.9.9 }
                  portgroup staff { vlan 10 }
                  portgroup guests { vlan 11  isolated }
                }
                network office from nat-network(10.20.1.0/24, size = 9000) {
                  bridge vbr { stp on }
                  subnet 10.20.1.0/24 { dhcp { host printer { mac 52:54:00:00:00:01  address .10 } } }
                  dns { host 10.20.1.5 = nas }
                  portgroup staff { vlan 42 }
                  portgroup more { vlan 43 }
                }
                """, """
                network office {
                  forward nat
                  bridge vbr { stp on  mtu 9000 }
                  subnet 10.20.1.0/24 {
                    gateway 10.20.1.1
                    dhcp 10.20.1.100 .. 10.20.1.199 lease 12h {
                      host printer { mac 52:54:00:00:00:01  address .10 }
                    }
                  }
                  dns { forward to 9.9.9.9  host 10.20.1.5 = nas }
                  portgroup staff { vlan 42 }
                  portgroup guests { vlan 11  isolated }
                  portgroup more { vlan 43 }
                }
                """);
    }

    @Test
    void putsForwardsOfOneModeTogether() {
        same("""
                host h { uplink lan = eno1  uplink dsl = eno2 }
                template network out {
                  forward nat via lan { ports 1024..65535  ipv6 route }
                }
                network more on h from out { forward nat { ports 2000..3000 } }
                network elsewhere on h from out { forward nat via dsl }
                network open on h from out { forward open }
                """, """
                host h { uplink lan = eno1  uplink dsl = eno2 }
                network more on h { forward nat via lan { ports 2000..3000  ipv6 route } }
                network elsewhere on h { forward nat via dsl { ports 1024..65535  ipv6 route } }
                network open on h { forward open }
                """);
    }

    @Test
    void countsToTheLargestNumberAndNoFurther() {
        same("""
                for i in 9223372036854775806 .. 9223372036854775807 { network "n${i % 10}" { } }
                """, """
                network n6 { }
                network n7 { }
                """);
    }

    @Test
    void readsARangeThatIsPutTogetherWithSpaces() {
        same("""
                let n = 1
                for i in "${n} .. ${n + 1}" { network "n${i}" { } }
                """, """
                network n1 { }
                network n2 { }
                """);
    }

    @Test
    void countsOutLoopsOfDeclarations() {
        same("""
                let base = 10.0.0.0/8
                template lab(number n, list names = ["a", "b"]) {
                  let net = base.subnet(16, n)
                  network "lab-${n}" { subnet net { gateway .1 } }
                  for name in names {
                    vm "${name}-${n}" { nic eth0 { network "lab-${n}" } }
                  }
                }
                for i in 1..2 { use lab(i) }
                for name, speed in [gold = 100mbit, "silver" = 50mbit] {
                  network "${name}-net" { qos { inbound average speed } }
                }
                if 3 > 2 and not false { use lab(n = 1 + 2 * 3, names = []) } else { network nothing { } }
                vm early { nic eth0 { network lab-7 } }
                """, """
                network lab-1 { subnet 10.1.0.0/16 { gateway .1 } }
                vm a-1 { nic eth0 { network lab-1 } }
                vm b-1 { nic eth0 { network lab-1 } }
                network lab-2 { subnet 10.2.0.0/16 { gateway .1 } }
                vm a-2 { nic eth0 { network lab-2 } }
                vm b-2 { nic eth0 { network lab-2 } }
                network gold-net { qos { inbound average 100mbit } }
                network silver-net { qos { inbound average 50mbit } }
                network lab-7 { subnet 10.7.0.0/16 { gateway .1 } }
                vm early { nic eth0 { network lab-7 } }
                """);
    }

    @Test
    void expandsEveryKindOfTemplateAndBlock() {
        same("""
                template host kvm(text prefix) { for i in 0..1 { uplink "lan${i}" = "${prefix}${i}" } }
                template portgroup in-vlan(number id, truth apart = false) {
                  vlan id
                  if apart { isolated } else { hairpin on }
                }
                template qos gold(rate r) { inbound average r  outbound average r }
                template vm plain(name net) { nic eth0 from card(net, 1) }
                template nic card(name net, number q) { network "${net}"  if q > 1 { queues q } }
                host h from kvm("eno") { }
                network n {
                  for i in 1..2 { portgroup "p${i}" from in-vlan(i, apart = i == 2) { } }
                  qos from gold(10mbit) { outbound average 5mbit }
                  subnet 10.0.0.0/24 {
                    for i in 1..2 { dhcp "10.0.0.${i}0" .. "10.0.0.${i}9" }
                    dhcp .100 .. .110 { for i in 1..2 { host "h${i}" { mac "52:54:00:00:00:0${i}" address "10.0.0.10${i}" } } }
                  }
                  dns { for i in 1..2 { host 10.0.0.1 = "n${i}.example" } }
                }
                vm v from plain("n") { nic eth0 { queues 4 } }
                vm w { for i in 1..2 { nic "eth${i}" from card("n", i) } }
                """, """
                host h { uplink lan0 = eno0 uplink lan1 = eno1 }
                network n {
                  portgroup p1 { vlan 1 hairpin on }
                  portgroup p2 { vlan 2 isolated }
                  qos { inbound average 10mbit  outbound average 5mbit }
                  subnet 10.0.0.0/24 {
                    dhcp 10.0.0.10 .. 10.0.0.19
                    dhcp 10.0.0.20 .. 10.0.0.29
                    dhcp .100 .. .110 { host h1 { mac 52:54:00:00:00:01 address 10.0.0.101 } host h2 { mac 52:54:00:00:00:02 address 10.0.0.102 } }
                  }
                  dns { host 10.0.0.1 = n1.example  host 10.0.0.1 = n2.example }
                }
                vm v { nic eth0 { network n  queues 4 } }
                vm w { nic eth1 { network n } nic eth2 { network n queues 2 } }
                """);
    }

    @Test
    void aRangeFromOneToNoneHasNoTurns() {
        same(
                "let none-of-them = 0\nfor i in 1 .. none-of-them { network \"n${i}\" { } }\nnetwork m { }",
                "network m { }");
        same("for i in 0 - 1 .. 1 { network \"n${i + 1}\" { } }", "network n0 { }\nnetwork n1 { }\nnetwork n2 { }");
    }

    @Test
    void loopsOverAddressesAndListsWithTheirPlaces() {
        same("""
                network n {
                  subnet 10.0.0.0/24 {
                    dhcp .100 .. .110 {
                      for at in 10.0.0.100 .. 10.0.0.101 { host { mac 52:54:00:00:00:01  address at } }
                      for place, name in ["a", "b"] { host "${name}${place}" { mac 52:54:00:00:00:02  address .105 } }
                    }
                  }
                }
                """, """
                network n {
                  subnet 10.0.0.0/24 {
                    dhcp .100 .. .110 {
                      host { mac 52:54:00:00:00:01  address 10.0.0.100 }
                      host { mac 52:54:00:00:00:01  address 10.0.0.101 }
                      host a0 { mac 52:54:00:00:00:02  address .105 }
                      host b1 { mac 52:54:00:00:00:02  address .105 }
                    }
                  }
                }
                """);
    }

    @Test
    void keepsTheOrderOfTheSource() {
        same("""
                network n { dns { host 10.0.0.1 = a  for i in 2..3 { host 10.0.0.1 = "n${i}" }  host 10.0.0.1 = b } }
                """, """
                network n { dns { host 10.0.0.1 = a  host 10.0.0.1 = n2  host 10.0.0.1 = n3  host 10.0.0.1 = b } }
                """);
    }

    @Test
    void aNameWithADollarAndBracketsAndTextsOfOthersStayAsTheyAre() {
        same(
                "let i = 1\nnetwork n { title \"a $${i} b\"  metadata \"urn:x\" = \"<a>${i}</a>\" }\n",
                "network n { title \"a $${i} b\"  metadata \"urn:x\" = \"<a>${i}</a>\" }\n");
    }
}
