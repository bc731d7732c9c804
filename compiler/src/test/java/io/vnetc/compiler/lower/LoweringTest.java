// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.lower;

import static io.vnetc.compiler.testing.Networks.LAN;
import static io.vnetc.compiler.testing.Networks.advertised;
import static io.vnetc.compiler.testing.Networks.isolated;
import static io.vnetc.compiler.testing.Networks.model;
import static io.vnetc.compiler.testing.Networks.nat;
import static io.vnetc.compiler.testing.Networks.network;
import static io.vnetc.compiler.testing.Networks.nic;
import static io.vnetc.compiler.testing.Networks.routed;
import static io.vnetc.compiler.testing.Networks.subnet;
import static org.assertj.core.api.Assertions.assertThat;

import io.vnetc.compiler.kind.Bridge;
import io.vnetc.compiler.kind.FirewallTable;
import io.vnetc.compiler.kind.Setting;
import io.vnetc.compiler.kind.Tap;
import io.vnetc.compiler.model.Forwarding;
import io.vnetc.compiler.model.Model;
import io.vnetc.compiler.model.Network;
import io.vnetc.compiler.plan.Conflict;
import io.vnetc.compiler.render.iptables.RestoreFile;
import io.vnetc.compiler.state.Entry;
import io.vnetc.compiler.state.HostState;
import io.vnetc.compiler.state.ResourceAddress;
import io.vnetc.compiler.state.Standing;
import io.vnetc.compiler.testing.Golden;
import io.vnetc.compiler.testing.Program;
import io.vnetc.compiler.testing.StateText;
import io.vnetc.dsl.value.IpFamily;
import io.vnetc.dsl.value.MacAddress;
import io.vnetc.dsl.value.PortRange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LoweringTest {
    static Stream<Network> networks() {
        return Stream.of(
                network("nat", new Forwarding.Nat(List.of(LAN), Optional.of(new PortRange(1024, 65535))))
                        .stp(Duration.ofMillis(3333))
                        .domain("nat.example", true)
                        .subnet(subnet("10.20.1.0/24", "10.20.1.1"))
                        .subnet(advertised("fd00:20:1::/64", "fd00:20:1::1"))
                        .build(),
                network("isolated", isolated())
                        .subnet(subnet("10.20.2.0/24", "10.20.2.1"))
                        .noDns()
                        .build(),
                network("routed", routed())
                        .subnet(subnet("10.20.3.0/24", "10.20.3.1"))
                        .subnet(advertised("2001:db8:3::/64", "2001:db8:3::1"))
                        .route("10.9.0.0/16", "10.20.3.7")
                        .route("2001:db8:9::/48", "2001:db8:3::7")
                        .noDns()
                        .build(),
                network("open", new Forwarding.Open())
                        .subnet(subnet("10.20.4.0/24", "10.20.4.1"))
                        .noDns()
                        .build(),
                network("existing", new Forwarding.ExistingBridge()).build());
    }

    @ParameterizedTest
    @MethodSource("networks")
    void aNetworkIsMadeOfTheResourcesThatWereReviewed(Network network) {
        Lowered lowered = lower(network);
        assertThat(lowered.conflicts()).isEmpty();
        Golden.check("lower/" + network.name() + ".txt", StateText.of(lowered.desired()));
    }

    @ParameterizedTest
    @MethodSource("networks")
    void iptablesTakesTheRules(Network network) {
        HostState desired = lower(network).desired();
        for (IpFamily family : IpFamily.values()) {
            List<String> lines = RestoreFile.of(desired, family);
            Program.Outcome outcome = Program.runInNamespace(
                    String.join("\n", lines) + "\n",
                    (family == IpFamily.IPV4 ? "iptables" : "ip6tables") + "-restore --noflush");
            assertThat(outcome).isEqualTo(new Program.Outcome(0, ""));
        }
    }

    private static Lowered lower(Network network) {
        return Lowering.lower(
                model("kvm1", List.of(LAN), List.of(network), nic("web", "eth0", network.name())),
                "kvm1",
                Surroundings.ASSUMED);
    }

    @Test
    void theOrderOfTheSourceChangesNothing() {
        long seed = System.nanoTime();
        List<Network> networks = new ArrayList<>(networks().toList());
        HostState first = Lowering.lower(model("kvm1", List.of(LAN), networks), "kvm1", Surroundings.ASSUMED)
                .desired();
        Collections.shuffle(networks, new Random(seed));
        HostState second = Lowering.lower(model("kvm1", List.of(LAN), networks), "kvm1", Surroundings.ASSUMED)
                .desired();
        assertThat(second).as("seed %d", seed).isEqualTo(first);
    }

    @Test
    void aHostGetsItsOwnNetworksAndTheGuestsOnThem() {
        Model model = model(
                "kvm1",
                List.of(LAN),
                List.of(
                        network("here", isolated()).on("kvm1").build(),
                        network("there", isolated()).on("kvm2").build(),
                        network("any", isolated()).build()),
                nic("a", "eth0", "here"),
                nic("a", "eth1", "there"),
                nic("b", "eth0", "there"));
        Lowered lowered = Lowering.lower(model, "kvm1", Surroundings.ASSUMED);
        assertThat(addresses(lowered.desired(), Bridge.class)).containsExactly("bridge/vbr-any", "bridge/vbr-here");
        assertThat(addresses(lowered.desired(), Tap.class)).containsExactly("tap/vt-a-eth0");
        assertThat(lowered.guests()).singleElement().satisfies(guest -> {
            assertThat(guest.guest()).isEqualTo("a");
            assertThat(guest.arguments()).hasSize(4);
        });
    }

    @Test
    void anExistingBridgeGetsNothingButTaps() {
        Lowered lowered =
                lower(network("existing", new Forwarding.ExistingBridge()).build());
        assertThat(lowered.desired().entries().keySet()).containsExactly(ResourceAddress.parse("tap/vt-web-eth0"));
    }

    @Test
    void aDelayIsRoundedToWhatEveryKernelKeeps() {
        Bridge bridge = (Bridge)
                lower(network("n", isolated()).stp(Duration.ofMillis(3330)).build())
                        .desired()
                        .find(ResourceAddress.parse("bridge/vbr-n"))
                        .orElseThrow()
                        .resource();
        assertThat(bridge.forwardDelay()).isEqualTo(332);
    }

    @Test
    void theLinkLocalAddressIsMadeOfTheBridgesMac() {
        assertThat(BridgeLowering.linkLocal(MacAddress.parse("52:54:00:12:34:56")))
                .hasToString("fe80::5054:ff:fe12:3456/64");
    }

    @Test
    void forwardingIsBorrowedOfTheUplinksThatAreUsed() {
        Network dual = network("n", nat())
                .subnet(subnet("10.20.1.0/24", "10.20.1.1"))
                .subnet(subnet("fd00:20:1::/64", "fd00:20:1::1"))
                .build();
        assertThat(settings(model("kvm1", List.of(LAN), List.of(dual)), seen(true, "wlan0")))
                .containsExactly("setting/eno1/ipv4.forwarding=1", "setting/eno1/ipv6.force_forwarding=1");
        assertThat(settings(model("kvm1", List.of(), List.of(dual)), seen(true, "wlan0")))
                .containsExactly("setting/wlan0/ipv4.forwarding=1", "setting/wlan0/ipv6.force_forwarding=1");
        assertThat(settings(
                        model(
                                "kvm1",
                                List.of(LAN),
                                List.of(network("n", isolated()).build())),
                        seen(true, "wlan0")))
                .isEmpty();
    }

    @Test
    void forwardingOfAllKeepsTheRoutesThatAreAdvertised() {
        Network dual = network("n", routed(LAN))
                .subnet(subnet("2001:db8:1::/64", "2001:db8:1::1"))
                .build();
        Model model = model("kvm1", List.of(LAN), List.of(dual));
        assertThat(settings(model, seen(false, "wlan0")))
                .containsExactly("setting/all/ipv6.forwarding=1", "setting/wlan0/ipv6.accept_ra=2");
        Bridge bridge = (Bridge) Lowering.lower(model, "kvm1", seen(false, "wlan0"))
                .desired()
                .find(ResourceAddress.parse("bridge/vbr-n"))
                .orElseThrow()
                .resource();
        // The bridge says to its guests that it is a router all the same.
        assertThat(bridge.ipv6Forwarding()).isTrue();
    }

    @Test
    void anUplinkThatNobodyNamesIsNoted() {
        Model model = model(
                "kvm1",
                List.of(),
                List.of(network("n", nat())
                        .subnet(subnet("10.20.1.0/24", "10.20.1.1"))
                        .build()));
        assertThat(Lowering.lower(model, "kvm1", Surroundings.ASSUMED).notices())
                .singleElement()
                .asString()
                .contains("network n", "lab.vnet:7", "known on the host only");
        assertThat(Lowering.lower(model, "kvm1", seen(true, "eno1")).notices()).isEmpty();
    }

    @Test
    void usersAreNumbersInAState() {
        Network network = network("n", isolated()).build();
        Model named = model("kvm1", List.of(), List.of(network), nic("a", "eth0", "n", 1, Optional.of("qemu")));
        assertThat(Accounts.userNames(named)).containsExactly("qemu");
        Lowered lowered = Lowering.lower(named, "kvm1", seen(true, "eno1"));
        assertThat(lowered.conflicts()).isEmpty();
        assertThat(((Tap) lowered.desired()
                                .find(ResourceAddress.parse("tap/vt-a-eth0"))
                                .orElseThrow()
                                .resource())
                        .user())
                .contains(64055L);
    }

    @Test
    void aUserWhoDoesNotExistIsAConflict() {
        Network network = network("n", isolated()).build();
        Model named = model("kvm1", List.of(), List.of(network), nic("a", "eth0", "n", 1, Optional.of("nobody-here")));
        assertThat(Lowering.lower(named, "kvm1", seen(true, "eno1")).conflicts())
                .singleElement()
                .satisfies(conflict -> {
                    assertThat(conflict.reason()).isEqualTo(Conflict.Reason.MISSING);
                    assertThat(conflict.message()).contains("`nobody-here`", "vt-a-eth0");
                    assertThat(conflict.origin()).isPresent();
                });
        assertThat(Lowering.lower(named, "kvm1", Surroundings.ASSUMED).notices())
                .hasSize(1);
    }

    @Test
    void everythingIsOwnedButTheSettingsOfUplinks() {
        HostState desired = Lowering.lower(
                        model("kvm1", List.of(LAN), networks().toList()), "kvm1", Surroundings.ASSUMED)
                .desired();
        assertThat(desired.entries().values()).allSatisfy(entry -> {
            assertThat(entry.standing())
                    .isEqualTo(entry.resource() instanceof Setting ? Standing.BORROWED : Standing.OWNED);
            assertThat(entry.origin()).isPresent();
        });
        assertThat(addresses(desired, FirewallTable.class))
                .containsExactly("iptables/v4/filter", "iptables/v4/nat", "iptables/v6/filter", "iptables/v6/nat");
    }

    private static Surroundings seen(boolean forceForwarding, String defaultRouteLink) {
        return new Surroundings(
                true,
                forceForwarding ? Surroundings.ASSUMED.features() : Set.of(),
                Set.of(defaultRouteLink),
                Set.of(defaultRouteLink),
                new Accounts(Map.of("qemu", 64055L), Map.of()),
                Paths.HOST);
    }

    private static List<String> settings(Model model, Surroundings surroundings) {
        return Lowering.lower(model, "kvm1", surroundings).desired().entries().values().stream()
                .map(Entry::resource)
                .flatMap(resource -> resource instanceof Setting setting ? Stream.of(setting) : Stream.empty())
                .map(setting -> setting.address() + "=" + setting.value())
                .toList();
    }

    private static List<String> addresses(HostState state, Class<?> type) {
        return state.entries().values().stream()
                .map(Entry::resource)
                .filter(type::isInstance)
                .map(resource -> resource.address().toString())
                .toList();
    }
}
