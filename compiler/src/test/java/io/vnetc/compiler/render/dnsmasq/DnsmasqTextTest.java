// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.render.dnsmasq;

import static io.vnetc.compiler.testing.Networks.LAN;
import static io.vnetc.compiler.testing.Networks.advertised;
import static io.vnetc.compiler.testing.Networks.dhcp;
import static io.vnetc.compiler.testing.Networks.isolated;
import static io.vnetc.compiler.testing.Networks.mac;
import static io.vnetc.compiler.testing.Networks.nat;
import static io.vnetc.compiler.testing.Networks.network;
import static io.vnetc.compiler.testing.Networks.reservation;
import static io.vnetc.compiler.testing.Networks.routed;
import static io.vnetc.compiler.testing.Networks.subnet;
import static io.vnetc.compiler.testing.Networks.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vnetc.compiler.dnsmasq.DhcpOptions;
import io.vnetc.compiler.kind.Dnsmasq;
import io.vnetc.compiler.model.Dhcp;
import io.vnetc.compiler.model.Dns;
import io.vnetc.compiler.model.Forwarding;
import io.vnetc.compiler.model.Network;
import io.vnetc.compiler.model.OptionValue;
import io.vnetc.compiler.model.Subnet;
import io.vnetc.compiler.testing.Golden;
import io.vnetc.compiler.testing.Networks;
import io.vnetc.compiler.testing.Program;
import io.vnetc.dsl.value.AddressRange;
import io.vnetc.dsl.value.Cidr;
import io.vnetc.dsl.value.DomainName;
import io.vnetc.dsl.value.IpAddress;
import io.vnetc.dsl.value.LeaseTime;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DnsmasqTextTest {
    private static final DnsmasqPlace PLACE = new DnsmasqPlace("/run/vnet/dnsmasq/n", "/var/lib/vnet/dnsmasq/n.leases");

    private final DnsmasqText text = new DnsmasqText();

    static Network office() {
        return network("office", nat(LAN))
                .domain("office.example", true)
                .subnet(with(
                        subnet("10.20.1.0/24", "10.20.1.1"),
                        dhcp(
                                "10.20.1.100",
                                "10.20.1.199",
                                Duration.ofHours(12),
                                reservation("printer", mac("00:16:3e:77:e2:ed"), "10.20.1.10"),
                                reservation("scanner", new Dhcp.Identity.ByName(), "10.20.1.11"))))
                .subnet(advertised("fd00:20:1::/64", "fd00:20:1::1"))
                .dns(new Dns(
                        true,
                        List.of(
                                new Dns.Forwarder(
                                        Optional.empty(), List.of(new Dns.Server(IpAddress.parse("9.9.9.9")))),
                                new Dns.Forwarder(
                                        Optional.of(new DomainName("corp.example")),
                                        List.of(
                                                new Dns.Server(IpAddress.parse("10.0.0.53")),
                                                new Dns.Server(IpAddress.parse("fd00::53"))))),
                        List.of(new Dns.HostRecord(
                                IpAddress.parse("10.20.1.5"), List.of(new DomainName("nas"), new DomainName("files")))),
                        List.of(
                                new Dns.Text(new DomainName("motd"), "say \"hi\", # \\o/"),
                                new Dns.Text(new DomainName("v.other.example"), "1")),
                        List.of(new Dns.Service(
                                new DomainName("_ldap._tcp"), new DomainName("ldap.office.example"), 389, 10, 5))))
                .build();
    }

    static Network dualStack() {
        return network("dual", routed(LAN))
                .mtu(9000)
                .subnet(with(
                        subnet("10.20.2.0/24", "10.20.2.1"),
                        new Dhcp(List.of(), List.of(reservation("a", mac("52:54:00:00:00:0a"), "10.20.2.10")))))
                .subnet(with(
                        advertised("2001:db8:2::/64", "2001:db8:2::1"),
                        dhcp(
                                "2001:db8:2::100",
                                "2001:db8:2::1ff",
                                Duration.ofMinutes(90),
                                new Dhcp.Reservation(
                                        "b",
                                        new Dhcp.Identity.ByDuid("00:04:7e:01"),
                                        IpAddress.parse("2001:db8:2::b"),
                                        Optional.of(LeaseTime.INFINITE),
                                        Networks.ORIGIN))))
                .noDns()
                .build();
    }

    static Network lonely() {
        return network("lonely", isolated())
                .subnet(with(
                        subnet("192.168.152.0/24", "192.168.152.1"),
                        dhcp("192.168.152.2", "192.168.152.254", Duration.ofSeconds(150))))
                .subnet(advertised("fd00:152::/64", "fd00:152::1"))
                .build();
    }

    /** One range tells its clients something else than the rest are told. */
    static Network services() {
        Dhcp.Answer general = new Dhcp.Answer(
                Optional.of(new Dhcp.Boot("pxelinux.0", Optional.empty())),
                List.of(new Dhcp.Option(42, List.of(new OptionValue.Address(IpAddress.parse("10.20.3.1"))))));
        Dhcp.Answer special = new Dhcp.Answer(
                Optional.of(new Dhcp.Boot("ipxe,efi", Optional.of(IpAddress.parse("10.20.3.9")))),
                List.of(
                        new Dhcp.Option(DhcpOptions.ROUTER, List.of()),
                        new Dhcp.Option(42, List.of(new OptionValue.Address(IpAddress.parse("10.20.3.2"))))));
        IpAddress first = IpAddress.parse("10.20.3.100");
        Dhcp dhcp = new Dhcp(
                List.of(
                        new Dhcp.Range(
                                new AddressRange(IpAddress.parse("10.20.3.50"), IpAddress.parse("10.20.3.99")),
                                LeaseTime.DEFAULT,
                                general),
                        new Dhcp.Range(
                                new AddressRange(first, IpAddress.parse("10.20.3.199")), LeaseTime.DEFAULT, special)),
                List.of(
                        new Dhcp.Reservation(
                                Optional.empty(),
                                mac("52:54:00:00:00:0a"),
                                IpAddress.parse("10.20.3.10"),
                                Optional.empty(),
                                Optional.empty(),
                                Networks.ORIGIN),
                        new Dhcp.Reservation(
                                Optional.of("b"),
                                mac("52:54:00:00:00:0b"),
                                IpAddress.parse("10.20.3.11"),
                                Optional.empty(),
                                Optional.of(first),
                                Networks.ORIGIN),
                        new Dhcp.Reservation(
                                Optional.of("c"),
                                mac("52:54:00:00:00:0c"),
                                IpAddress.parse("10.20.3.150"),
                                Optional.empty(),
                                Optional.of(first),
                                Networks.ORIGIN)),
                general,
                List.of());
        return network("services", nat(LAN))
                .domain("lab.example", true)
                .subnet(new Subnet(
                        Cidr.parse("10.20.3.0/24"),
                        Optional.of(IpAddress.parse("10.20.3.1")),
                        false,
                        true,
                        Optional.of("/srv/tftp"),
                        Optional.of(dhcp),
                        Networks.ORIGIN))
                .dns(new Dns(
                        true,
                        false,
                        List.of(
                                new Dns.Forwarder(Optional.of(new DomainName("corp.example")), List.of()),
                                new Dns.Forwarder(
                                        Optional.empty(), List.of(new Dns.Server(IpAddress.parse("9.9.9.9"), 5353)))),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(new Dns.Alias(new DomainName("files"), new DomainName("nas"))),
                        List.of(new Dns.Pointer(
                                new DomainName("5.3.20.10.in-addr.arpa"), new DomainName("nas.lab.example")))))
                .build();
    }

    static Stream<Network> networks() {
        return Stream.of(office(), dualStack(), lonely(), services());
    }

    @ParameterizedTest
    @MethodSource("networks")
    void theConfigurationIsAsItWasReviewed(Network network) {
        Golden.check(
                "dnsmasq/" + network.name() + ".txt",
                Dnsmasq.fileText(text.configuration(network, PLACE))
                        + "\n--- " + Dnsmasq.DHCP_HOSTS_FILE + "\n" + Dnsmasq.fileText(text.dhcpHosts(network))
                        + "\n--- " + Dnsmasq.DNS_HOSTS_FILE + "\n" + Dnsmasq.fileText(text.dnsHosts(network)));
    }

    @ParameterizedTest
    @MethodSource("networks")
    void dnsmasqTakesTheConfiguration(Network network) {
        Program.Outcome outcome =
                Program.run(Dnsmasq.fileText(text.configuration(network, PLACE)), "dnsmasq", "--test", "-C", "-");
        assertThat(outcome.output()).contains("syntax check OK");
        assertThat(outcome.exitCode()).isZero();
    }

    /** dnsmasq reads these lines only when it serves, so they are given to it as options of the same grammar. */
    @ParameterizedTest
    @MethodSource("networks")
    void dnsmasqTakesTheReservations(Network network) {
        String options = String.join(
                "\n",
                text.dhcpHosts(network).stream()
                        .map(line -> "dhcp-host=" + line)
                        .toList());
        Program.Outcome outcome = Program.run(options + "\n", "dnsmasq", "--test", "-C", "-");
        assertThat(outcome.output()).contains("syntax check OK");
    }

    @Test
    void aReservationChangesOnlyTheFileThatIsReadAgain() {
        Dhcp.Reservation added = reservation("new", mac("52:54:00:00:00:0c"), "10.20.2.12");
        Network before = network("n", isolated())
                .subnet(with(
                        subnet("10.20.2.0/24", "10.20.2.1"), dhcp("10.20.2.100", "10.20.2.199", Duration.ofHours(1))))
                .build();
        Network after = network("n", isolated())
                .subnet(with(
                        subnet("10.20.2.0/24", "10.20.2.1"),
                        dhcp("10.20.2.100", "10.20.2.199", Duration.ofHours(1), added)))
                .build();
        assertThat(text.configuration(after, PLACE)).isEqualTo(text.configuration(before, PLACE));
        assertThat(text.dhcpHosts(after)).containsExactly("52:54:00:00:00:0c,10.20.2.12,new");
    }

    @Test
    void itIsNeededWhereAnybodyIsServed() {
        assertThat(DnsmasqText.isNeeded(office())).isTrue();
        assertThat(DnsmasqText.isNeeded(network("n", isolated()).build())).isFalse();
        assertThat(DnsmasqText.isNeeded(network("n", isolated())
                        .subnet(subnet("10.0.0.0/24", "10.0.0.1"))
                        .noDns()
                        .build()))
                .isFalse();
        assertThat(DnsmasqText.isNeeded(network("n", isolated())
                        .subnet(subnet("10.0.0.0/24", "10.0.0.1"))
                        .build()))
                .isTrue();
        assertThat(DnsmasqText.isNeeded(network("n", new Forwarding.ExistingBridge())
                        .subnet(subnet("10.0.0.0/24", "10.0.0.1"))
                        .build()))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\ndhcp-script=/bin/sh", "a\rb", "a\u0000b", "a\u0085b", "a\u2028b", "\u007f"})
    void noValueLeavesItsLine(String value) {
        Network hostile = network("n", isolated())
                .subnet(subnet("10.0.0.0/24", "10.0.0.1"))
                .dns(new Dns(
                        true, List.of(), List.of(), List.of(new Dns.Text(new DomainName("motd"), value)), List.of()))
                .build();
        assertThatThrownBy(() -> text.configuration(hostile, PLACE)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void leasesAreWrittenInTheLargestWholeUnit() {
        assertThat(Lines.lease(LeaseTime.of(Duration.ofDays(7)))).isEqualTo("168h");
        assertThat(Lines.lease(LeaseTime.of(Duration.ofMinutes(90)))).isEqualTo("90m");
        assertThat(Lines.lease(LeaseTime.of(Duration.ofSeconds(200)))).isEqualTo("200s");
        assertThat(Lines.lease(LeaseTime.of(Duration.ofDays(100_000)))).isEqualTo("infinite");
        assertThat(Lines.lease(LeaseTime.INFINITE)).isEqualTo("infinite");
    }
}
