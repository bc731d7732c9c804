// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.netlink.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import io.vnetc.applier.netlink.NetlinkException;
import io.vnetc.applier.netlink.system.Errno;
import io.vnetc.applier.testing.NetworkNamespace;
import io.vnetc.dsl.value.InterfaceAddress;
import io.vnetc.dsl.value.MacAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is asked of the kernel is what {@code ip} and {@code bridge} then show. */
class LinkChangeTest {
    private static final MacAddress MAC = MacAddress.parse("52:54:00:aa:bb:cc");

    private final NetworkNamespace host = NetworkNamespace.create();
    private RouteSocket socket;

    @BeforeEach
    void open() {
        socket = host.call(RouteSocket::open);
    }

    @AfterEach
    void close() {
        socket.close();
        host.close();
    }

    @Test
    void aBridgeIsMadeWithEverythingInOneMessage() throws Exception {
        socket.apply(LinkChange.createBridge("br0")
                .mac(MAC)
                .mtu(1400)
                .group(4242)
                .bridge(BridgeAttributes.STP_STATE, 0L)
                .bridge(BridgeAttributes.FORWARD_DELAY, 300L)
                .bridge(BridgeAttributes.HELLO_TIME, 100L)
                .bridge(BridgeAttributes.MAX_AGE, 1000L)
                .bridge(BridgeAttributes.AGEING_TIME, 6000L)
                .bridge(BridgeAttributes.PRIORITY, 4096L)
                .bridge(BridgeAttributes.MCAST_QUERIER, 1L)
                .bridge(BridgeAttributes.MCAST_SNOOPING, 0L));

        JsonObject link = link("br0");
        assertThat(link.get("address").getAsString()).isEqualTo("52:54:00:aa:bb:cc");
        assertThat(link.get("mtu").getAsInt()).isEqualTo(1400);
        assertThat(link.get("group").getAsString()).isEqualTo("4242");
        assertThat(link.get("operstate").getAsString()).isEqualTo("DOWN");
        JsonObject bridge = link.getAsJsonObject("linkinfo").getAsJsonObject("info_data");
        assertThat(bridge.get("stp_state").getAsInt()).isZero();
        assertThat(bridge.get("forward_delay").getAsInt()).isEqualTo(300);
        assertThat(bridge.get("hello_time").getAsInt()).isEqualTo(100);
        assertThat(bridge.get("max_age").getAsInt()).isEqualTo(1000);
        assertThat(bridge.get("ageing_time").getAsInt()).isEqualTo(6000);
        assertThat(bridge.get("priority").getAsInt()).isEqualTo(4096);
        assertThat(bridge.get("mcast_querier").getAsInt()).isEqualTo(1);
        assertThat(bridge.get("mcast_snooping").getAsInt()).isZero();

        LinkInfo read = socket.link("br0").orElseThrow();
        assertThat(read.kind()).isEqualTo("bridge");
        assertThat(read.mac()).contains(MAC);
        assertThat(read.mtu()).isEqualTo(1400);
        assertThat(read.group()).isEqualTo(4242);
        assertThat(read.isUp()).isFalse();
        assertThat(read.bridge(BridgeAttributes.FORWARD_DELAY)).contains(300L);
        assertThat(read.bridge(BridgeAttributes.PRIORITY)).contains(4096L);
        assertThat(read.port(BridgePortAttributes.COST)).isEmpty();
        assertThat(read.alias()).isEmpty();
    }

    @Test
    void whatTheMessageThatMakesALinkCannotHoldIsRefusedBeforeTheKernelIgnoresIt() {
        LinkChange bridge = LinkChange.createBridge("br0");
        assertThatThrownBy(() -> bridge.alias("vnet:link/br0")).hasMessageContaining("alias");
        assertThatThrownBy(() -> bridge.ipv4(Ipv4Setting.FORWARDING, 1)).hasMessageContaining("IPv4");
        assertThatThrownBy(() -> bridge.addressGeneration(AddressGeneration.NONE))
                .hasMessageContaining("address generation");
    }

    @Test
    void theSecondMessageNamesTheLinkAndSetsItUpSoThatItComesUpWithoutALinkLocalAddress() throws Exception {
        socket.apply(LinkChange.createBridge("br0").mac(MAC));
        socket.apply(LinkChange.change("br0")
                .alias("vnet:link/br0")
                .addressGeneration(AddressGeneration.NONE)
                .ipv4(Ipv4Setting.FORWARDING, 1));
        socket.apply(LinkChange.change("br0").up(true));

        JsonObject link = link("br0");
        assertThat(link.get("ifalias").getAsString()).isEqualTo("vnet:link/br0");
        assertThat(link.get("inet6_addr_gen_mode").getAsString()).isEqualTo("none");
        assertThat(link.get("flags").toString()).contains("\"UP\"");
        assertThat(host.exec("cat", "/proc/sys/net/ipv4/conf/br0/forwarding")).isEqualTo("1\n");
        assertThat(host.exec("cat", "/proc/sys/net/ipv4/conf/all/forwarding")).isEqualTo("0\n");
        assertThat(host.json("ip", "-j", "-6", "address").getAsJsonArray()).isEmpty();

        LinkInfo read = socket.link("br0").orElseThrow();
        assertThat(read.alias()).contains("vnet:link/br0");
        assertThat(read.isUp()).isTrue();
        assertThat(read.addressGeneration()).contains(AddressGeneration.NONE);
        assertThat(read.ipv4(Ipv4Setting.FORWARDING)).hasValue(1);

        socket.apply(LinkChange.change("br0").alias("").up(false));
        assertThat(socket.link("br0").orElseThrow().alias()).isEmpty();
        assertThat(socket.link("br0").orElseThrow().isUp()).isFalse();
    }

    @Test
    void aLinkCannotComeUpInTheMessageThatKeepsItFromMakingAddressesBecauseItWouldMakeOneFirst() throws Exception {
        socket.apply(LinkChange.createBridge("br0"));
        LinkChange both = LinkChange.change("br0")
                .addressGeneration(AddressGeneration.NONE)
                .up(true);
        assertThatThrownBy(() -> socket.apply(both)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aPortJoinsItsBridgeGetsItsOptionsAndLeaves() throws Exception {
        socket.apply(LinkChange.createBridge("br0"));
        socket.apply(LinkChange.create("ifb7", "ifb"));
        host.exec("ip", "link", "add", "v0", "type", "veth", "peer", "name", "v1");
        socket.apply(LinkChange.change("v0").master("br0").up(true));
        socket.apply(LinkChange.change("v0")
                .port(BridgePortAttributes.ISOLATED, 1L)
                .port(BridgePortAttributes.LEARNING, 0L)
                .port(BridgePortAttributes.COST, 77L)
                .port(BridgePortAttributes.PRIORITY, 5L)
                .port(BridgePortAttributes.MODE, 1L)
                .port(BridgePortAttributes.GUARD, 1L));

        JsonObject port = host.json("bridge", "-j", "-d", "link", "show", "dev", "v0")
                .getAsJsonArray()
                .get(0)
                .getAsJsonObject();
        assertThat(port.get("master").getAsString()).isEqualTo("br0");
        assertThat(port.get("isolated").getAsBoolean()).isTrue();
        assertThat(port.get("learning").getAsBoolean()).isFalse();
        assertThat(port.get("cost").getAsInt()).isEqualTo(77);
        assertThat(port.get("priority").getAsInt()).isEqualTo(5);
        assertThat(port.get("hairpin").getAsBoolean()).isTrue();
        assertThat(port.get("guard").getAsBoolean()).isTrue();

        LinkTable links = socket.links();
        LinkInfo read = links.find("v0").orElseThrow();
        assertThat(read.masterKind()).isEqualTo("bridge");
        assertThat(links.master(read).orElseThrow().name()).isEqualTo("br0");
        assertThat(read.port(BridgePortAttributes.ISOLATED)).contains(1L);
        assertThat(read.port(BridgePortAttributes.COST)).contains(77L);
        assertThat(read.kind()).isEqualTo("veth");
        assertThat(links.name(read.lowerIndex().orElseThrow())).isEqualTo("v1");

        socket.apply(LinkChange.change("v0").noMaster());
        assertThat(link("v0").has("master")).isFalse();
        assertThat(socket.link("v0").orElseThrow().masterIndex()).isEmpty();
    }

    @Test
    void linksAreDeletedByNameAndByGroup() throws Exception {
        for (int i = 0; i < 5; i++) {
            socket.apply(LinkChange.createBridge("br" + i).group(i < 4 ? 77 : 78));
        }
        socket.apply(LinkDeletion.of("br0"));
        assertThat(names()).containsExactly("lo", "br1", "br2", "br3", "br4");
        socket.apply(LinkDeletion.ofGroup(77));
        assertThat(names()).containsExactly("lo", "br4");
        assertThatThrownBy(() -> LinkDeletion.ofGroup(0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aBridgeKeepsAnMtuOnlyWhenItWasChangedAfterItWasMade() throws Exception {
        host.exec("ip", "link", "add", "v0", "mtu", "1500", "type", "veth", "peer", "name", "v1");
        socket.apply(LinkChange.createBridge("made").mtu(1400));
        socket.apply(LinkChange.createBridge("changed"));
        socket.apply(LinkChange.change("changed").mtu(1400));

        socket.apply(LinkChange.change("v0").master("made"));
        assertThat(link("made").get("mtu").getAsInt()).isEqualTo(1500);
        socket.apply(LinkChange.change("v0").master("changed"));
        assertThat(link("changed").get("mtu").getAsInt()).isEqualTo(1400);
    }

    @Test
    void aThousandChangesGoOutInFewSendsAndMayNameWhatEarlierOnesMade() throws Exception {
        List<Change> changes = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            String name = "br" + i;
            changes.add(LinkChange.createBridge(name).group(9));
            changes.add(LinkChange.change(name).alias("vnet:link/" + name).up(true));
            changes.add(AddressChange.add(name, InterfaceAddress.parse("10.0." + i + ".1/24")));
        }
        changes.add(LinkChange.createBridge("br7"));
        changes.add(AddressChange.add("gone", InterfaceAddress.parse("10.0.0.1/24")));

        List<Optional<NetlinkException>> outcomes = socket.applyAll(changes);

        assertThat(outcomes).hasSize(302);
        assertThat(outcomes.subList(0, 300)).allMatch(Optional::isEmpty);
        assertThat(outcomes.get(300).orElseThrow()).hasMessageContaining("create bridge br7: EEXIST");
        assertThat(outcomes.get(301).orElseThrow()).hasMessageContaining("there is no link gone");
        assertThat(host.exec("sh", "-c", "ip -4 -o address | grep -c 'br.* 10.0.*.1/24'")
                        .strip())
                .isEqualTo("100");
    }

    @Test
    void anIndexIsLookedUpAgainOnceTheNameHasChangedHands() throws Exception {
        List<Change> changes = List.of(
                LinkChange.createBridge("br0"),
                AddressChange.add("br0", InterfaceAddress.parse("10.0.0.1/24")),
                LinkDeletion.of("br0"),
                LinkChange.createBridge("br0"),
                AddressChange.add("br0", InterfaceAddress.parse("10.0.0.2/24")));
        assertThat(socket.applyAll(changes)).allMatch(Optional::isEmpty);
        assertThat(host.exec("ip", "-4", "-o", "address"))
                .contains("10.0.0.2/24")
                .doesNotContain("10.0.0.1/24");
    }

    @Test
    void aNameThatIsTakenIsToldWithTheKernelsError() {
        host.exec("ip", "link", "add", "br0", "type", "bridge");
        assertThatThrownBy(() -> socket.apply(LinkChange.createBridge("br0")))
                .isInstanceOfSatisfying(
                        NetlinkException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EEXIST))
                .hasMessage("cannot create bridge br0: EEXIST (File exists)");
    }

    @Test
    void aForwardDelayOutOfRangeIsToldWithTheKernelsError() throws Exception {
        socket.apply(LinkChange.createBridge("br0").bridge(BridgeAttributes.STP_STATE, 1L));
        assertThatThrownBy(
                        () -> socket.apply(LinkChange.changeBridge("br0").bridge(BridgeAttributes.FORWARD_DELAY, 1L)))
                .isInstanceOfSatisfying(
                        NetlinkException.class, e -> assertThat(e.errno()).isEqualTo(Errno.ERANGE))
                .hasMessageStartingWith("cannot change bridge br0: ERANGE (Numerical result out of range)");
    }

    @Test
    void aLinkThatIsNotThereIsToldByName() {
        assertThatThrownBy(() -> socket.apply(LinkChange.change("none").up(true)))
                .hasMessage("cannot change link none: ENODEV (No such device)");
        assertThatThrownBy(() -> socket.apply(LinkChange.change("lo").master("none")))
                .hasMessage("cannot change link lo: ENODEV (No such device): there is no link none");
        assertThatThrownBy(() -> socket.apply(LinkDeletion.of("none"))).hasMessageContaining("ENODEV");
    }

    @Test
    void theKernelsOwnWordsComeBack() throws Exception {
        socket.apply(LinkChange.createBridge("br0"));
        assertThatThrownBy(() -> socket.apply(LinkChange.change("br0").mtu(10)))
                .isInstanceOfSatisfying(
                        NetlinkException.class,
                        e -> assertThat(e.kernelText()).contains("mtu less than device minimum"));
        assertThatThrownBy(() -> socket.apply(LinkChange.create("x", "no-such-kind")))
                .hasMessageContaining("Unknown device type");
    }

    @Test
    void theAttributeThatTheKernelBlamesIsNamedWithTheWayToIt() throws Exception {
        socket.apply(LinkChange.createBridge("br0"));
        LinkChange wrong = LinkChange.changeBridge("br0").bridge(BridgeAttributes.MULTI_BOOLOPT, new byte[3]);
        assertThatThrownBy(() -> socket.apply(wrong))
                .isInstanceOfSatisfying(
                        NetlinkException.class,
                        e -> assertThat(e.attribute()).contains("IFLA_LINKINFO/IFLA_INFO_DATA/IFLA_BR_MULTI_BOOLOPT"));
    }

    @Test
    void namesThatTheKernelWouldChangeOrCannotBearAreRefused() {
        for (String name : List.of("", "br%d", "a/b", "a b", "a:b", "..", "sixteen-octets--", "tab\t", "nul\0")) {
            assertThatThrownBy(() -> LinkChange.createBridge(name))
                    .as(name)
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    private JsonObject link(String name) {
        return host.json("ip", "-j", "-d", "link", "show", "dev", name)
                .getAsJsonArray()
                .get(0)
                .getAsJsonObject();
    }

    private List<String> names() throws NetlinkException {
        List<String> names = new ArrayList<>();
        for (LinkInfo link : socket.links().all()) {
            names.add(link.name());
        }
        return names;
    }
}
