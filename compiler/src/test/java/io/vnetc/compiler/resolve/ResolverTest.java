// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.resolve;

import static org.assertj.core.api.Assertions.assertThat;

import io.vnetc.compiler.model.About;
import io.vnetc.compiler.model.Attachment;
import io.vnetc.compiler.model.Bridge;
import io.vnetc.compiler.model.Dhcp;
import io.vnetc.compiler.model.Dns;
import io.vnetc.compiler.model.Forwarding;
import io.vnetc.compiler.model.Guest;
import io.vnetc.compiler.model.Host;
import io.vnetc.compiler.model.Lifecycle;
import io.vnetc.compiler.model.Model;
import io.vnetc.compiler.model.Network;
import io.vnetc.compiler.model.Nic;
import io.vnetc.compiler.model.Origin;
import io.vnetc.compiler.model.Policy;
import io.vnetc.compiler.model.PortSettings;
import io.vnetc.compiler.model.Ports;
import io.vnetc.compiler.model.StaticRoute;
import io.vnetc.compiler.model.Subnet;
import io.vnetc.compiler.model.Uplink;
import io.vnetc.dsl.ParsedSources;
import io.vnetc.dsl.value.AddressRange;
import io.vnetc.dsl.value.Cidr;
import io.vnetc.dsl.value.DomainName;
import io.vnetc.dsl.value.InterfaceName;
import io.vnetc.dsl.value.IpAddress;
import io.vnetc.dsl.value.LeaseTime;
import io.vnetc.dsl.value.MacAddress;
import io.vnetc.dsl.value.PortRange;
import io.vnetc.dsl.value.SocketPath;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ResolverTest {
    @Test
    void whatIsNotSaidHasADefault() {
        Network network = Sources.network("network office { }");

        assertThat(network)
                .isEqualTo(new Network(
                        "office",
                        Optional.empty(),
                        new Forwarding.Isolated(),
                        new Bridge(
                                new InterfaceName("vbr-office"),
                                false,
                                Duration.ZERO,
                                1500,
                                MacAddress.parse("52:54:32:bc:02:16")),
                        Optional.empty(),
                        List.of(),
                        List.of(),
                        Dns.DEFAULT,
                        Ports.PLAIN,
                        Optional.empty(),
                        Policy.OPEN,
                        About.NOTHING,
                        Lifecycle.of("office"),
                        new Origin("main.vnet", 1, 1)));
    }

    @Test
    void stpBringsItsLeastForwardDelay() {
        assertThat(Sources.network("network a { bridge { stp on } }").bridge().forwardDelay())
                .isEqualTo(Duration.ofSeconds(2));
        assertThat(Sources.network("network a { bridge { stp on  forward-delay 4s } }")
                        .bridge()
                        .forwardDelay())
                .isEqualTo(Duration.ofSeconds(4));
        assertThat(Sources.network("network a { bridge { forward-delay 4s } }")
                        .bridge()
                        .forwardDelay())
                .isEqualTo(Duration.ofSeconds(4));
    }

    @Test
    void aBridgeIsAsItIsSaidToBe() {
        Network network = Sources.network(
                "network a { bridge br-lab { stp on  forward-delay 15s  mtu 9000  mac 52:54:00:AB:cd:ef } }");

        assertThat(network.bridge())
                .isEqualTo(new Bridge(
                        new InterfaceName("br-lab"),
                        true,
                        Duration.ofSeconds(15),
                        9000,
                        MacAddress.parse("52:54:00:ab:cd:ef")));
    }

    @Test
    void hostsBindTheirUplinks() {
        Model model = Sources.model("""
                host kvm1 { uplink wan = eno2  uplink lan = eno1 }
                network office {
                  forward nat via wan, lan { ports 1024..65535 }
                  subnet 10.0.0.0/24 { gateway .1 }
                }
                network transit { forward route via lan }
                network plain { forward open }
                network shared { forward bridge  bridge br0 }
                """);

        Uplink lan = new Uplink("lan", new InterfaceName("eno1"), new Origin("main.vnet", 1, 32));
        Uplink wan = new Uplink("wan", new InterfaceName("eno2"), new Origin("main.vnet", 1, 13));
        assertThat(model.hosts()).containsExactly(new Host("kvm1", List.of(lan, wan), new Origin("main.vnet", 1, 1)));
        assertThat(model.networks()).extracting(Network::name).containsExactly("office", "plain", "shared", "transit");
        assertThat(model.networks()).extracting(Network::host).containsOnly(Optional.of("kvm1"));
        assertThat(model.networks())
                .extracting(Network::forwarding)
                .containsExactly(
                        new Forwarding.Nat(List.of(lan, wan), Optional.of(new PortRange(1024, 65535))),
                        new Forwarding.Open(),
                        new Forwarding.ExistingBridge(),
                        new Forwarding.Routed(List.of(lan)));
        assertThat(model.networks().get(2).bridge().name()).isEqualTo(new InterfaceName("br0"));
    }

    @Test
    void subnetsOfBothFamiliesAreSorted() {
        Network network = Sources.network("""
                let lab = 10.20.0.0/16
                network office {
                  subnet fd00:20:1::/64 { gateway ::1  advertise }
                  subnet lab.subnet(24, 2)
                  subnet lab.subnet(24, 1) { gateway .1 }
                }
                """);

        assertThat(network.subnets())
                .containsExactly(
                        new Subnet(
                                Cidr.parse("10.20.1.0/24"),
                                Optional.of(IpAddress.parse("10.20.1.1")),
                                false,
                                Optional.empty(),
                                new Origin("main.vnet", 5, 3)),
                        new Subnet(
                                Cidr.parse("10.20.2.0/24"),
                                Optional.empty(),
                                false,
                                Optional.empty(),
                                new Origin("main.vnet", 4, 3)),
                        new Subnet(
                                Cidr.parse("fd00:20:1::/64"),
                                Optional.of(IpAddress.parse("fd00:20:1::1")),
                                true,
                                Optional.empty(),
                                new Origin("main.vnet", 3, 3)));
    }

    @Test
    void dhcpBlocksOfASubnetAreOneService() {
        Network network = Sources.network("""
                network office {
                  subnet 10.0.0.0/24 {
                    gateway .1
                    dhcp .100 .. .199 lease 12h {
                      host printer { mac 00:16:3E:77:e2:ed  address .10 }
                      host Camera { address .9  lease infinite }
                    }
                    dhcp .50 .. .59
                    dhcp { host laptop { mac 00:16:3e:77:e2:ee  address 10.0.0.11 } }
                  }
                }
                """);

        assertThat(network.subnets().get(0).dhcp())
                .contains(new Dhcp(
                        List.of(
                                new Dhcp.Range(range("10.0.0.50", "10.0.0.59"), LeaseTime.of(Duration.ofHours(1))),
                                new Dhcp.Range(range("10.0.0.100", "10.0.0.199"), LeaseTime.of(Duration.ofHours(12)))),
                        List.of(
                                new Dhcp.Reservation(
                                        Optional.of("camera"),
                                        new Dhcp.Identity.ByName(),
                                        IpAddress.parse("10.0.0.9"),
                                        Optional.of(LeaseTime.INFINITE),
                                        Optional.of(IpAddress.parse("10.0.0.100")),
                                        new Origin("main.vnet", 6, 7)),
                                new Dhcp.Reservation(
                                        Optional.of("printer"),
                                        new Dhcp.Identity.ByMac(MacAddress.parse("00:16:3e:77:e2:ed")),
                                        IpAddress.parse("10.0.0.10"),
                                        Optional.of(LeaseTime.of(Duration.ofHours(12))),
                                        Optional.of(IpAddress.parse("10.0.0.100")),
                                        new Origin("main.vnet", 5, 7)),
                                new Dhcp.Reservation(
                                        "laptop",
                                        new Dhcp.Identity.ByMac(MacAddress.parse("00:16:3e:77:e2:ee")),
                                        IpAddress.parse("10.0.0.11"),
                                        Optional.empty(),
                                        new Origin("main.vnet", 9, 12)))));
    }

    @Test
    void aDuidIsKnownInDhcpv6() {
        Network network = Sources.network("""
                network office {
                  subnet fd00:20::/64 {
                    gateway ::1  advertise
                    dhcp ::100 .. ::1ff { host nas { duid 00:03:00:01:00:16:3E:77:E2:ED  address ::10 } }
                  }
                }
                """);

        Dhcp dhcp = network.subnets().get(0).dhcp().orElseThrow();
        assertThat(dhcp.reservations())
                .extracting(Dhcp.Reservation::identity)
                .containsExactly(new Dhcp.Identity.ByDuid("00:03:00:01:00:16:3e:77:e2:ed"));
        assertThat(dhcp.ranges())
                .extracting(Dhcp.Range::addresses)
                .containsExactly(range("fd00:20::100", "fd00:20::1ff"));
    }

    @Test
    void theResolverKnowsWhatItIsTold() {
        Network network = Sources.network("""
                network office {
                  domain Office.example local
                  subnet 10.0.0.0/24 { gateway .1 }
                  dns {
                    forward to 9.9.9.9, 2620:fe::fe
                    forward corp.example to 10.0.0.53
                    host 10.0.0.6 = www
                    host 10.0.0.5 = NAS, files.office.example
                    host 10.0.0.5 = backup
                    txt motd = "a, \\"b\\" # \\\\ é"
                    srv _ldap._tcp = ldap.office.example port 389 priority 10 weight 5
                    srv _http._tcp = www port 80
                  }
                }
                """);

        assertThat(network.domain()).contains(new Network.Domain(new DomainName("office.example"), true, false));
        assertThat(network.dns())
                .isEqualTo(new Dns(
                        true,
                        List.of(
                                new Dns.Forwarder(
                                        Optional.empty(),
                                        List.of(
                                                new Dns.Server(IpAddress.parse("9.9.9.9")),
                                                new Dns.Server(IpAddress.parse("2620:fe::fe")))),
                                new Dns.Forwarder(
                                        Optional.of(new DomainName("corp.example")),
                                        List.of(new Dns.Server(IpAddress.parse("10.0.0.53"))))),
                        List.of(
                                new Dns.HostRecord(
                                        IpAddress.parse("10.0.0.5"),
                                        List.of(new DomainName("nas"), new DomainName("files.office.example"))),
                                new Dns.HostRecord(IpAddress.parse("10.0.0.5"), List.of(new DomainName("backup"))),
                                new Dns.HostRecord(IpAddress.parse("10.0.0.6"), List.of(new DomainName("www")))),
                        List.of(new Dns.Text(new DomainName("motd"), "a, \"b\" # \\ é")),
                        List.of(
                                new Dns.Service(new DomainName("_http._tcp"), new DomainName("www"), 80, 0, 0),
                                new Dns.Service(
                                        new DomainName("_ldap._tcp"),
                                        new DomainName("ldap.office.example"),
                                        389,
                                        10,
                                        5))));
    }

    @Test
    void aNetworkMayHaveNoResolver() {
        assertThat(Sources.network("network a { dns off }").dns().enabled()).isFalse();
        assertThat(Sources.network("network a { dns { } }").dns()).isEqualTo(Dns.DEFAULT);
    }

    @Test
    void aTextRecordHolds255BytesOfText() {
        assertThat(Sources.network(text("x".repeat(255))).dns().texts()).hasSize(1);
        assertThat(Sources.diagnostics(text("x".repeat(256)))).singleElement().satisfies(one -> {
            assertThat(one.code().id()).isEqualTo("VN0704");
            assertThat(one.message()).contains("256 bytes");
        });
        assertThat(Sources.diagnostics(text("é".repeat(128))))
                .singleElement()
                .satisfies(one -> assertThat(one.message()).contains("256 bytes"));
        assertThat(Sources.diagnostics(text("private use: \ue000")))
                .singleElement()
                .satisfies(one -> assertThat(one.code().id()).isEqualTo("VN0704"));
    }

    private static String text(String value) {
        return "network a { subnet 10.0.0.0/24 { gateway .1 }  dns { txt t = \"" + value + "\" } }";
    }

    @Test
    void routesAreSorted() {
        Network network = Sources.network("""
                network a {
                  subnet 10.0.0.0/24 { gateway .1 }
                  route 10.9.0.0/16 via 10.0.0.3 metric 200
                  route 10.9.0.0/16 via 10.0.0.2
                  route 10.8.0.0/16 via 10.0.0.2 metric 0
                }
                """);

        assertThat(network.routes())
                .containsExactly(
                        new StaticRoute(
                                Cidr.parse("10.8.0.0/16"),
                                IpAddress.parse("10.0.0.2"),
                                Optional.of(0L),
                                new Origin("main.vnet", 5, 3)),
                        new StaticRoute(
                                Cidr.parse("10.9.0.0/16"),
                                IpAddress.parse("10.0.0.2"),
                                Optional.empty(),
                                new Origin("main.vnet", 4, 3)),
                        new StaticRoute(
                                Cidr.parse("10.9.0.0/16"),
                                IpAddress.parse("10.0.0.3"),
                                Optional.of(200L),
                                new Origin("main.vnet", 3, 3)));
    }

    @Test
    void aQmpSocketComesFromATemplateAndIsOfEachGuestOfARange() {
        Model model = Sources.model("""
                network a { }
                template vm monitored(text folder) { qmp "${folder}/node.qmp"  nic eth0 { network a } }
                vm node[9..10] from monitored("/run/qemu") { }
                vm db from monitored("/run/db") { qmp "/run/db.qmp" }
                vm quiet { nic eth0 { network a } }
                """);

        assertThat(model.guests())
                .extracting(guest ->
                        guest.name() + " " + guest.qmp().map(SocketPath::text).orElse("none"))
                .containsExactly(
                        "db /run/db.qmp", "node10 /run/qemu/node10.qmp", "node9 /run/qemu/node9.qmp", "quiet none");
    }

    @Test
    void cardsKeepTheirOrderAndGetWhatIsNotGiven() {
        Model model = Sources.model("""
                network a { }
                network b { bridge { mtu 9000 } }
                vm web {
                  nic eth1 { network b  tap vt-w1  mac 52:54:00:00:00:01  mtu 4000  queues 4  owner alice  group kvm }
                  nic eth0 { network a }
                }
                """);

        assertThat(model.guests())
                .containsExactly(new Guest(
                        "web",
                        List.of(
                                new Nic(
                                        "web",
                                        "eth1",
                                        "b",
                                        new InterfaceName("vt-w1"),
                                        MacAddress.parse("52:54:00:00:00:01"),
                                        Optional.of(4000),
                                        4,
                                        Optional.of("alice"),
                                        Optional.of("kvm"),
                                        Optional.empty(),
                                        PortSettings.NONE,
                                        Optional.empty(),
                                        Lifecycle.of("eth1"),
                                        new Origin("main.vnet", 4, 3)),
                                new Nic(
                                        "web",
                                        "eth0",
                                        "a",
                                        new InterfaceName("vt-web-eth0"),
                                        MacAddress.parse("52:54:d8:22:14:85"),
                                        Optional.empty(),
                                        1,
                                        Optional.empty(),
                                        Optional.empty(),
                                        Optional.empty(),
                                        PortSettings.NONE,
                                        Optional.empty(),
                                        Lifecycle.of("eth0"),
                                        new Origin("main.vnet", 5, 3))),
                        new Origin("main.vnet", 3, 1)));
    }

    @Test
    void aRangeOfGuestsIsOneForEachNumber() {
        Model model = Sources.model("network a { }  vm node[9..11] { nic eth0 { network a } }  vm x[7] { }");

        assertThat(model.guests()).extracting(Guest::name).containsExactly("node10", "node11", "node9", "x7");
        assertThat(model.guests().get(0).nics()).singleElement().satisfies(nic -> {
            assertThat(nic.guest()).isEqualTo("node10");
            assertThat(nic.attachment()).isEqualTo(new Attachment.Tap(Allocation.tap("node10", "eth0")));
        });
    }

    @Test
    void aSourceThatCannotBeParsedHasNoModelAndNoFurtherErrors() {
        ParsedSources sources = Sources.parsed("network a { bridge { mtu 1 }  oops }");
        int before = sources.diagnostics().errors();

        assertThat(before).isPositive();
        assertThat(Resolver.resolve(sources)).isEmpty();
        assertThat(sources.diagnostics().errors()).isEqualTo(before);
    }

    private static AddressRange range(String first, String last) {
        return new AddressRange(IpAddress.parse(first), IpAddress.parse(last));
    }
}
