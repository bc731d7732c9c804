// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.kind;

import static org.assertj.core.api.Assertions.assertThat;

import io.vnetc.compiler.model.Owner;
import io.vnetc.compiler.state.Claim;
import io.vnetc.compiler.state.Effect;
import io.vnetc.compiler.state.Effect.Severity;
import io.vnetc.dsl.value.Cidr;
import io.vnetc.dsl.value.InterfaceAddress;
import io.vnetc.dsl.value.InterfaceName;
import io.vnetc.dsl.value.IpAddress;
import io.vnetc.dsl.value.MacAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LinkKindsTest {
    private static final InterfaceName NAME = new InterfaceName("vbr-office");
    private static final Owner OWNER = Owner.network("office");
    private static final Bridge BRIDGE = bridge(1500, false, true, true, true);
    private static final Tap TAP = tap(Optional.of(NAME), Optional.empty(), false);
    private static final BridgeAddress IPV4 = new BridgeAddress(NAME, OWNER, InterfaceAddress.parse("10.20.1.1/24"));
    private static final BridgeAddress IPV6 = new BridgeAddress(NAME, OWNER, InterfaceAddress.parse("fd00:20:1::1/64"));
    private static final Route ROUTE =
            new Route(Cidr.parse("10.9.0.0/16"), 0, NAME, OWNER, IpAddress.parse("10.20.1.7"));

    @Test
    void aBridgeIsSilentUntilItIsConfigured() {
        assertThat(Bridge.KIND.commands(Optional.empty(), Optional.of(BRIDGE)))
                .containsExactly(
                        "ip link add name vbr-office address 52:54:00:00:00:01 mtu 1501 group 30318 type bridge"
                                + " stp_state 0 forward_delay 0",
                        "ip link set dev vbr-office alias vnet:network/office addrgenmode none mtu 1500",
                        "sysctl -w net/ipv6/conf/vbr-office/accept_ra=0",
                        "sysctl -w net/ipv6/conf/vbr-office/autoconf=0",
                        "sysctl -w net/ipv6/conf/vbr-office/disable_ipv6=0",
                        "sysctl -w net/ipv4/conf/vbr-office/forwarding=1",
                        "ip link set dev vbr-office up");
    }

    @Test
    void aBridgeIsChangedInPlace() {
        Bridge other = bridge(9000, true, true, false, false);
        assertThat(Bridge.KIND.changesInPlace(BRIDGE, other)).isTrue();
        assertThat(Bridge.KIND.commands(Optional.of(BRIDGE), Optional.of(other)))
                .containsExactly(
                        "ip link set dev vbr-office mtu 9000",
                        "ip link set dev vbr-office type bridge stp_state 1 forward_delay 200",
                        "sysctl -w net/ipv6/conf/vbr-office/disable_ipv6=1",
                        "sysctl -w net/ipv4/conf/vbr-office/forwarding=0");
    }

    @Test
    void guestsNoticeWhatABridgeLoses() {
        assertThat(severity(BRIDGE, bridge(9000, false, true, true, true))).isEqualTo(Severity.NONE);
        assertThat(severity(BRIDGE, bridge(1400, false, true, true, true))).isEqualTo(Severity.BRIEF);
        assertThat(severity(BRIDGE, bridge(1500, true, true, true, true))).isEqualTo(Severity.BRIEF);
        assertThat(severity(BRIDGE, bridge(1500, false, true, true, false))).isEqualTo(Severity.OUTAGE);
        assertThat(severity(BRIDGE, bridge(1500, false, true, false, true))).isEqualTo(Severity.OUTAGE);
        assertThat(Bridge.KIND.effect(Optional.of(BRIDGE), Optional.empty()).links())
                .isEqualTo(Set.of(NAME));
        assertThat(Bridge.KIND.effect(Optional.empty(), Optional.of(BRIDGE))).isEqualTo(Effect.NONE);
    }

    private static Severity severity(Bridge before, Bridge after) {
        return Bridge.KIND.effect(Optional.of(before), Optional.of(after)).severity();
    }

    @Test
    void aBridgeDragsAlongWhatTheKernelTakesFromIt() {
        Optional<Bridge> down = Optional.of(bridge(1500, false, false, true, true));
        assertThat(Bridge.KIND.drags(BRIDGE, down, IPV6)).isTrue();
        assertThat(Bridge.KIND.drags(BRIDGE, down, IPV4)).isFalse();
        assertThat(Bridge.KIND.drags(BRIDGE, down, ROUTE)).isTrue();
        assertThat(Bridge.KIND.drags(BRIDGE, Optional.empty(), IPV4)).isTrue();
        assertThat(Bridge.KIND.drags(BRIDGE, Optional.empty(), TAP)).isTrue();
        Optional<Bridge> wider = Optional.of(bridge(9000, false, true, true, true));
        assertThat(Bridge.KIND.drags(BRIDGE, wider, IPV6)).isFalse();
    }

    @Test
    void anAddressDragsAlongOthersOfItsNetworkAndRoutesOverIt() {
        BridgeAddress second = new BridgeAddress(NAME, OWNER, InterfaceAddress.parse("10.20.1.2/24"));
        BridgeAddress elsewhere = new BridgeAddress(NAME, OWNER, InterfaceAddress.parse("10.20.2.1/24"));
        assertThat(BridgeAddress.KIND.drags(IPV4, Optional.empty(), second)).isTrue();
        assertThat(BridgeAddress.KIND.drags(IPV4, Optional.empty(), elsewhere)).isFalse();
        assertThat(BridgeAddress.KIND.drags(IPV4, Optional.empty(), ROUTE)).isTrue();
        assertThat(BridgeAddress.KIND.drags(elsewhere, Optional.empty(), ROUTE)).isFalse();
    }

    @Test
    void aTapNeedsItsBridgeWhoeverMadeThat() {
        assertThat(TAP.needs()).containsExactly(Claim.interfaceName("vbr-office"));
        assertThat(BRIDGE.claims()).isEqualTo(TAP.needs());
        ForeignLink link = new ForeignLink(
                "vbr-office", "bridge", 1500, Optional.empty(), true, Optional.empty(), Optional.empty());
        assertThat(link.claims()).containsAll(TAP.needs());
    }

    @Test
    void aTapIsMadeAgainForAnotherUserOrOtherQueues() {
        assertThat(Tap.KIND.changesInPlace(TAP, tap(Optional.of(NAME), Optional.of(1000L), false)))
                .isFalse();
        assertThat(Tap.KIND.changesInPlace(TAP, tap(Optional.of(NAME), Optional.empty(), true)))
                .isFalse();
        assertThat(Tap.KIND.changesInPlace(TAP, tap(Optional.empty(), Optional.empty(), false)))
                .isTrue();
        assertThat(Tap.KIND.commands(Optional.empty(), Optional.of(tap(Optional.of(NAME), Optional.of(1000L), true))))
                .containsExactly(
                        "ip tuntap add dev vt-web-eth0 mode tap user 1000 multi_queue",
                        "ip link set dev vt-web-eth0 group 30318 alias vnet:vm/web/eth0 addrgenmode none mtu 1500"
                                + " master vbr-office up");
    }

    @Test
    void aTapWithoutItsBridgeStays() {
        assertThat(Tap.KIND.without(TAP, Bridge.address(NAME)))
                .contains(tap(Optional.empty(), Optional.empty(), false));
    }

    @Test
    void reservationsAreReadAgainWithoutARestart() {
        Dnsmasq before = dnsmasq(List.of("port=0"), List.of());
        Dnsmasq reserved = dnsmasq(List.of("port=0"), List.of("00:16:3e:77:e2:ed,10.20.1.10,printer"));
        Dnsmasq other = dnsmasq(List.of("domain=office.example"), List.of());
        assertThat(Dnsmasq.KIND.effect(Optional.of(before), Optional.of(reserved)))
                .isEqualTo(Effect.NONE);
        assertThat(Dnsmasq.KIND.commands(Optional.of(before), Optional.of(reserved)))
                .containsExactly("kill -HUP $(cat /run/vnet/dnsmasq/office/dnsmasq.pid)");
        assertThat(Dnsmasq.KIND.effect(Optional.of(before), Optional.of(other)).severity())
                .isEqualTo(Severity.BRIEF);
        assertThat(before.configurationHash())
                .isEqualTo(reserved.configurationHash())
                .isNotEqualTo(other.configurationHash());
    }

    private static Bridge bridge(int mtu, boolean stp, boolean up, boolean ipv6, boolean forwarding) {
        return new Bridge(
                NAME,
                OWNER,
                MacAddress.parse("52:54:00:00:00:01"),
                mtu,
                stp,
                stp ? 200 : 0,
                forwarding,
                ipv6,
                false,
                up);
    }

    private static Tap tap(Optional<InterfaceName> bridge, Optional<Long> user, boolean multiQueue) {
        return new Tap(
                new InterfaceName("vt-web-eth0"),
                Owner.nic("web", "eth0"),
                user,
                Optional.empty(),
                multiQueue,
                1500,
                bridge,
                true);
    }

    private static Dnsmasq dnsmasq(List<String> configuration, List<String> hosts) {
        return new Dnsmasq("office", OWNER, NAME, "/run/vnet/dnsmasq/office", configuration, hosts, List.of(), true);
    }
}
