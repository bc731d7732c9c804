// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.kind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vnetc.compiler.kind.FirewallTable.Table;
import io.vnetc.compiler.link.LinkOptions;
import io.vnetc.compiler.link.LinkType;
import io.vnetc.compiler.model.Owner;
import io.vnetc.compiler.state.Attributes;
import io.vnetc.compiler.state.Kind;
import io.vnetc.compiler.state.MalformedStateException;
import io.vnetc.compiler.state.Resource;
import io.vnetc.compiler.state.ResourceAddress;
import io.vnetc.dsl.value.Cidr;
import io.vnetc.dsl.value.DomainName;
import io.vnetc.dsl.value.InterfaceAddress;
import io.vnetc.dsl.value.InterfaceName;
import io.vnetc.dsl.value.IpAddress;
import io.vnetc.dsl.value.IpFamily;
import io.vnetc.dsl.value.MacAddress;
import io.vnetc.dsl.value.SocketPath;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class KindsTest {
    static final Owner OFFICE = Owner.network("office");
    static final InterfaceName BRIDGE = new InterfaceName("vbr-office");

    static Stream<Resource> resources() {
        return Stream.of(
                new Bridge(
                        BRIDGE,
                        OFFICE,
                        MacAddress.parse("52:54:00:00:00:01"),
                        1500,
                        true,
                        200,
                        true,
                        true,
                        false,
                        true),
                new Tap(
                        new InterfaceName("vt-web-eth0"),
                        Owner.nic("web", "eth0"),
                        Optional.of(64055L),
                        Optional.empty(),
                        true,
                        1500,
                        Optional.of(BRIDGE),
                        true),
                new Tap(
                        new InterfaceName("vt-a"),
                        Owner.nic("a", "b"),
                        Optional.empty(),
                        Optional.of(0L),
                        false,
                        9000,
                        Optional.empty(),
                        false),
                new Plug(
                        "web",
                        "eth0",
                        new SocketPath("/run/qemu/web.qmp"),
                        "{\"type\":\"tap\",\"id\":\"host-eth0\",\"ifname\":\"vt-web-eth0\"}",
                        "{\"driver\":\"virtio-net-pci\",\"netdev\":\"host-eth0\",\"id\":\"nic-eth0\"}",
                        false),
                new Plug(
                        "web",
                        "eth1",
                        new SocketPath("/run/qemu/web.qmp"),
                        Optional.empty(),
                        Optional.of("{}"),
                        true,
                        true,
                        true),
                new ForeignLink(
                        "wg+x", "wireguard", 1420, Optional.empty(), true, Optional.empty(), Optional.of("by hand")),
                new ForeignLink(
                        "vnet0",
                        "tun",
                        1500,
                        Optional.of(MacAddress.parse("fe:54:00:00:00:01")),
                        true,
                        Optional.of(BRIDGE),
                        Optional.empty()),
                new UplinkPort(new InterfaceName("eno1"), Optional.empty(), BridgePort.DEFAULT, false),
                new UplinkPort(new InterfaceName("eno1"), Optional.of(BRIDGE), BridgePort.DEFAULT, true, carried()),
                new UplinkPort(
                        new InterfaceName("eno1"),
                        Optional.of(BRIDGE),
                        new BridgePort(true, true, false, false, 10, 5, BridgePort.DEFAULT.vlans(), List.of()),
                        true),
                new Macvtap(
                        new InterfaceName("vt-a"),
                        Owner.nic("a", "b"),
                        new InterfaceName("eno1"),
                        Macvtap.Mode.PASSTHROUGH,
                        MacAddress.parse("52:54:00:00:00:09"),
                        9000,
                        true,
                        true),
                new HostLink(
                        new InterfaceName("bond0"),
                        Owner.link("bond0"),
                        LinkType.BOND,
                        LinkOptions.of(
                                LinkType.BOND,
                                Map.of("mode", 1L, "monitor", 0L, "arp-interval", 200L, "arp-validate", 3L),
                                List.of(IpAddress.parse("10.0.0.1"), IpAddress.parse("10.0.0.2"))),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(MacAddress.parse("52:54:00:00:00:0a")),
                        9000,
                        new HostLink.Speaking(true, true, false),
                        Optional.of(BRIDGE),
                        new BridgePort(true, true, false, false, 10, 5, BridgePort.DEFAULT.vlans(), List.of()),
                        true),
                new HostLink(
                        new InterfaceName("san"),
                        Owner.link("san"),
                        LinkType.VLAN,
                        LinkOptions.of(LinkType.VLAN, Map.of("tag", 42L, "protocol", 0x88a8L), List.of()),
                        Optional.of(new InterfaceName("bond0")),
                        Optional.empty(),
                        Optional.empty(),
                        9000,
                        HostLink.Speaking.PLAIN,
                        Optional.empty(),
                        BridgePort.DEFAULT,
                        false),
                new BondMember(new InterfaceName("eno1"), Optional.of(new InterfaceName("bond0")), true, true),
                new BondMember(new InterfaceName("eno1"), Optional.empty(), false, false),
                new LinkSetting(new InterfaceName("eno1"), LinkSetting.Key.MTU, "9000"),
                new LinkSetting(new InterfaceName("eno1"), LinkSetting.Key.MAC, "52:54:00:00:00:0b"),
                new Ifb(new InterfaceName("vib-office"), OFFICE, true),
                new Redirect(BRIDGE, OFFICE, Optional.of(new InterfaceName("vib-office"))),
                new Redirect(BRIDGE, OFFICE, Optional.empty()),
                new ForeignQdisc(new InterfaceName("vt-a"), false, "tbf", "8001:"),
                new ForeignQdisc(new InterfaceName("vt-a"), true, "clsact", "ffff:"),
                new Shaping(
                        BRIDGE,
                        OFFICE,
                        2,
                        List.of(
                                new HtbClass(1, 0, 12_500_000, 62_500_000, 62_500, 312_500, 0, Optional.empty()),
                                new HtbClass(
                                        2,
                                        1,
                                        8_000_000_000L,
                                        8_000_000_000L,
                                        3_200,
                                        3_200,
                                        1_600,
                                        Optional.of(new HtbClass.Queue("bfifo", 131_072)))),
                        List.of(MacFilter.of(MacFilter.Side.SRC, MacAddress.parse("52:54:00:00:00:07"), 2))),
                new Registration(
                        BRIDGE,
                        OFFICE,
                        List.of(IpAddress.parse("10.20.1.1"), IpAddress.parse("fd00:20:1::1")),
                        List.of(new DomainName("office.example"))),
                new ZoneMembership(BRIDGE, OFFICE, "libvirt-routed"),
                new BridgeAddress(BRIDGE, OFFICE, InterfaceAddress.parse("10.20.1.1/24")),
                new BridgeAddress(BRIDGE, OFFICE, InterfaceAddress.parse("fd00:20:1::1/64")),
                new Route(Cidr.parse("10.9.0.0/16"), 0, BRIDGE, OFFICE, IpAddress.parse("10.20.1.7")),
                new Route(Cidr.parse("fd00:9::/64"), 1024, BRIDGE, OFFICE, IpAddress.parse("fd00:20:1::7")),
                new Setting("eno1.100", Setting.Key.IPV6_ACCEPT_RA, 2),
                new Setting(Setting.ALL, Setting.Key.IPV6_FORWARDING, 1),
                new FirewallTable(
                        IpFamily.IPV6,
                        Table.NAT,
                        new TreeMap<>(
                                Map.of(Chains.POSTROUTING, List.of(Rule.accept(), new ChainLine.Unknown("-j LOG")))),
                        List.of("POSTROUTING")),
                new Dnsmasq(
                        "office",
                        OFFICE,
                        BRIDGE,
                        "/run/vnet/dnsmasq/office",
                        List.of("port=0", ""),
                        List.of(),
                        List.of("10.20.1.5 nas"),
                        true));
    }

    @ParameterizedTest
    @MethodSource("resources")
    void resourcesAreReadFromTheirAddressAndAttributes(Resource resource) {
        assertThat(Kinds.TABLE.read(resource.address(), resource.attributes())).isEqualTo(resource);
        assertThat(ResourceAddress.parse(resource.address().toString())).isEqualTo(resource.address());
    }

    @Test
    void everyKindIsTried() {
        assertThat(resources()
                        .map(resource -> resource.address().kind())
                        .distinct()
                        .sorted()
                        .toList())
                .isEqualTo(Kinds.TABLE.all().stream().map(Kind::name).toList());
    }

    @ParameterizedTest
    @MethodSource("resources")
    void attributesThatAreMissingMakeAStateMalformed(Resource resource) {
        if (resource instanceof BridgeAddress) {
            // Its name says it all but for the owner, which is an attribute as well.
            assertThat(resource.attributes().values()).containsOnlyKeys("owner");
        }
        assertThatThrownBy(() -> Kinds.TABLE.read(
                        resource.address(), Attributes.builder().build()))
                .isInstanceOf(MalformedStateException.class);
    }

    @ParameterizedTest
    @MethodSource("resources")
    void commandsHaveOneLineEach(Resource resource) {
        List<List<String>> commands = List.of(
                Kinds.TABLE.commands(Optional.empty(), Optional.of(resource)),
                Kinds.TABLE.commands(Optional.of(resource), Optional.empty()));
        assertThat(commands).allSatisfy(lines -> assertThat(lines).noneMatch(line -> line.contains("\n")));
        assertThat(Kinds.TABLE.title(resource)).isNotBlank();
    }

    @Test
    void whatIsWrittenInAnAliasIsRead() {
        assertThat(Marks.owner(Marks.alias(OFFICE))).contains(OFFICE);
        assertThat(Marks.owner("uplink to rack 4")).isEmpty();
        assertThat(Marks.isProtected(Marks.alias(OFFICE))).isFalse();
        assertThat(Marks.owner(Marks.alias(OFFICE, true))).contains(OFFICE);
        assertThat(Marks.isProtected(Marks.alias(OFFICE, true))).isTrue();
        String carrying = Marks.alias(OFFICE, true, Optional.of(new InterfaceName("eno1")));
        assertThat(carrying).isEqualTo("vnet:network/office,carries=eno1,protected");
        assertThat(Marks.owner(carrying)).contains(OFFICE);
        assertThat(Marks.isProtected(carrying)).isTrue();
        assertThat(Marks.carries(carrying)).contains(new InterfaceName("eno1"));
        assertThat(Marks.carries(Marks.alias(OFFICE, true))).isEmpty();
        assertThat(Marks.carries("vnet:network/office,carries=no name")).isEmpty();
        assertThat(Marks.isProtected("rack 4,protected")).isFalse();
        assertThat(Marks.owner("vnet:../../etc\n")).isEmpty();
    }

    private static Carried carried() {
        return new Carried(
                List.of(
                        CarriedAddress.of(InterfaceAddress.parse("192.0.2.10/24")),
                        new CarriedAddress(
                                InterfaceAddress.parse("192.0.2.11/24"),
                                Optional.of(IpAddress.parse("192.0.2.255")),
                                253,
                                false,
                                100,
                                Optional.of("eno1:web"))),
                List.of(
                        new CarriedRoute(
                                Cidr.parse("198.51.100.0/24"),
                                Optional.empty(),
                                254,
                                101,
                                2,
                                253,
                                Optional.of(IpAddress.parse("198.51.100.1")),
                                false),
                        new CarriedRoute(
                                Cidr.parse("0.0.0.0/0"),
                                Optional.of(IpAddress.parse("192.0.2.1")),
                                77,
                                0,
                                4,
                                0,
                                Optional.empty(),
                                true)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "192.0.2.10",
                "192.0.2.10/24 scope",
                "192.0.2.10/24 scope 256",
                "192.0.2.10/24 metric 4294967296",
                "192.0.2.10/24 label a scope 1",
                "192.0.2.10/24  scope 1"
            })
    void a_carried_address_that_is_none_is_refused(String line) {
        assertThatThrownBy(() -> CarriedAddress.parse(line)).isInstanceOf(MalformedStateException.class);
    }
}
