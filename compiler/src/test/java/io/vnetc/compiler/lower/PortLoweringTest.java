// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.lower;

import static org.assertj.core.api.Assertions.assertThat;

import io.vnetc.compiler.kind.Bridge;
import io.vnetc.compiler.kind.BridgePort;
import io.vnetc.compiler.kind.BridgeSwitching;
import io.vnetc.compiler.kind.ForeignLink;
import io.vnetc.compiler.kind.Kinds;
import io.vnetc.compiler.kind.Tap;
import io.vnetc.compiler.model.Model;
import io.vnetc.compiler.plan.Conflict;
import io.vnetc.compiler.plan.Hosts;
import io.vnetc.compiler.plan.Plan;
import io.vnetc.compiler.plan.Planner;
import io.vnetc.compiler.plan.Planning;
import io.vnetc.compiler.resolve.Resolver;
import io.vnetc.compiler.state.Entry;
import io.vnetc.compiler.state.HostFacts.Feature;
import io.vnetc.compiler.state.HostState;
import io.vnetc.compiler.state.Resource;
import io.vnetc.dsl.Frontend;
import io.vnetc.dsl.source.InMemorySourceTree;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PortLoweringTest {
    @Test
    void aManagedTableIsTheGuestsAddressOnAPortThatNeitherLearnsNorFloods() {
        HostState state = lower("""
                network office { bridge { mac-table managed } }
                vm web { nic eth0 { network office  mac 52:54:00:00:00:07 } }
                """).desired();

        BridgePort port = tap(state, "web").port();
        assertThat(port.learning()).isFalse();
        assertThat(port.flood()).isFalse();
        assertThat(port.macs()).hasToString("[52:54:00:00:00:07]");
        assertThat(bridge(state).switching()).isEqualTo(BridgeSwitching.DEFAULT);
    }

    @Test
    void guestsOfOtherVlansArePartedAndAllReachTheHost() {
        HostState state = lower("""
                network office {
                  forward nat
                  subnet 10.20.1.0/24 { gateway .1 }
                  portgroup staff default { vlan 42 }
                  portgroup guests { vlan 43 }
                }
                vm web { nic eth0 { network office  mac 52:54:00:00:00:07 } }
                vm other { nic eth0 { network office  portgroup guests } }
                """).desired();

        assertThat(bridge(state).switching()).isEqualTo(new BridgeSwitching(32768, true, true, List.of(42, 43)));
        assertThat(tap(state, "web").port().vlans()).hasToString("[1 untagged, 42 pvid untagged]");
        assertThat(tap(state, "other").port().vlans()).hasToString("[1 untagged, 43 pvid untagged]");
        // Or what the host sends to one would be flooded to all.
        assertThat(tap(state, "web").port().macs()).hasToString("[52:54:00:00:00:07]");
        assertThat(tap(state, "web").port().learning()).isTrue();
    }

    @Test
    void whereTheHostHasNoAddressAVlanIsAVlan() {
        HostState state = lower("""
                network office { vlan trunk 10, 20..30 native 5 }
                vm web { nic eth0 { network office } }
                vm db { nic eth0 { network office  vlan 42 } }
                vm all { nic eth0 { network office  vlan trunk 1..4094 native 7 tagged } }
                vm plain { nic eth0 { network office  vlan 1 } }
                """).desired();

        assertThat(bridge(state).switching().vlanFiltering()).isTrue();
        assertThat(bridge(state).switching().hostVlans()).isEmpty();
        assertThat(tap(state, "web").port().vlans()).hasToString("[5 pvid untagged, 10, 20-30]");
        assertThat(tap(state, "db").port().vlans()).hasToString("[42 pvid untagged]");
        assertThat(tap(state, "all").port().vlans()).hasToString("[1-6, 7 pvid, 8-4094]");
        assertThat(tap(state, "plain").port()).isEqualTo(BridgePort.DEFAULT);
    }

    @Test
    void withoutVlansNoBridgeFilters() {
        HostState state = lower("""
                network office { portgroup staff default { isolated } }
                vm web { nic eth0 { network office } }
                """).desired();

        assertThat(bridge(state).switching()).isEqualTo(BridgeSwitching.DEFAULT);
    }

    @Test
    void whatTheHostCannotDoIsSaidOnceAndBeforeAnythingIsDone() {
        Surroundings bare = new Surroundings(true, Set.of(), Set.of(), Set.of(), Accounts.NONE, Paths.HOST);
        List<Conflict> conflicts = Lowering.lower(model("""
                network office { vlan 42 }
                vm web { nic eth0 { network office } }
                vm db { nic eth0 { network office } }
                """), "kvm1", bare).conflicts();

        assertThat(conflicts).singleElement().satisfies(conflict -> {
            assertThat(conflict.reason()).isEqualTo(Conflict.Reason.LACKING);
            assertThat(conflict.message()).contains("CONFIG_BRIDGE_VLAN_FILTERING", "`office`");
        });
    }

    @Test
    void aBridgeFiltersBeforeItsPortsAreInVlansAndUntilTheyAreNoLonger() {
        HostState flat = lower("network office { } vm web { nic eth0 { network office } }")
                .desired();
        HostState parted = lower("network office { vlan 42 } vm web { nic eth0 { network office } }")
                .desired();

        assertThat(steps(plan(flat, parted))).containsExactly("bridge/vbr-office", "tap/vt-web-eth0");
        assertThat(steps(plan(parted, flat))).containsExactly("tap/vt-web-eth0", "bridge/vbr-office");
    }

    @Test
    void aBridgeOfSomebodyElsesHasToFilterByItself() {
        HostState wish = lower("""
                network office { forward bridge  bridge br0 }
                vm web { nic eth0 { network office  vlan 42 } }
                """).desired();

        Planning refused = planner().plan("kvm1", wish, Hosts.observed(List.of(Hosts.foreign(foreign(false)))));
        assertThat(refused)
                .isInstanceOfSatisfying(
                        Planning.Refused.class,
                        planning -> assertThat(planning.conflicts())
                                .singleElement()
                                .satisfies(conflict -> assertThat(conflict.message())
                                        .contains(
                                                "the bridge `br0` does not part its ports by VLANs",
                                                "tap vt-web-eth0")));
        assertThat(planner().plan("kvm1", wish, Hosts.observed(List.of(Hosts.foreign(foreign(true))))))
                .isInstanceOf(Planning.Ready.class);
    }

    @Test
    void whatAMacvtapIsNotToldYetIsRefusedAndNotLeftOut() {
        Surroundings looked =
                new Surroundings(true, Set.of(Feature.values()), Set.of(), Set.of(), Accounts.NONE, Paths.HOST);
        List<Conflict> conflicts = Lowering.lower(model("""
                host kvm1 { uplink lan = eno1 }
                network office on kvm1 { forward macvtap vepa via lan }
                vm web {
                  nic eth0 {
                    network office
                    trust-filters
                    virtualport 802.1Qbg { manager = 1  type = 2  type-version = 3 }
                  }
                }
                """), "kvm1", looked).conflicts();

        assertThat(conflicts).hasSize(2).allSatisfy(conflict -> {
            assertThat(conflict.reason()).isEqualTo(Conflict.Reason.LACKING);
            assertThat(conflict.message()).contains("`web.eth0`");
        });
    }

    @Test
    void intoABridgeOfAnotherSwitchNothingIsPluggedYet() {
        String text = """
                network office {
                  forward bridge
                  bridge ovsbr0
                  virtualport openvswitch
                  portgroup staff default { vlan 42 }
                }
                vm web { nic eth0 { network office } }
                """;
        Surroundings looked =
                new Surroundings(true, Set.of(Feature.values()), Set.of(), Set.of(), Accounts.NONE, Paths.HOST);

        assertThat(lower(text).notices())
                .singleElement()
                .satisfies(notice -> assertThat(notice)
                        .startsWith(
                                "the tap of `web.eth0` has a virtualport `openvswitch`, and vnetc plugs nothing into"));
        assertThat(lower(text).conflicts()).isEmpty();
        assertThat(Lowering.lower(model(text), "kvm1", looked).conflicts())
                .singleElement()
                .satisfies(conflict -> assertThat(conflict.reason()).isEqualTo(Conflict.Reason.LACKING));
    }

    private static ForeignLink foreign(boolean vlanFiltering) {
        return new ForeignLink(
                "br0", "bridge", 1500, Optional.empty(), true, Optional.empty(), Optional.empty(), vlanFiltering);
    }

    private static Planner planner() {
        return new Planner(Kinds.TABLE);
    }

    private static Plan plan(HostState now, HostState wish) {
        Planning planning = planner().plan("kvm1", wish, Hosts.after(now, List.of()));
        assertThat(planning).isInstanceOf(Planning.Ready.class);
        return ((Planning.Ready) planning).plan();
    }

    private static List<String> steps(Plan plan) {
        return plan.steps().stream().map(step -> step.address().toString()).toList();
    }

    private static Lowered lower(String text) {
        return Lowering.lower(model(text), "kvm1", Surroundings.ASSUMED);
    }

    private static Model model(String text) {
        var sources = Frontend.parse(new InMemorySourceTree().with("main.vnet", text), "main.vnet");
        Optional<Model> model = Resolver.resolve(sources);
        assertThat(sources.diagnostics().all()).isEmpty();
        return model.orElseThrow();
    }

    private static Bridge bridge(HostState state) {
        return resources(state).stream()
                .filter(Bridge.class::isInstance)
                .map(Bridge.class::cast)
                .findFirst()
                .orElseThrow();
    }

    private static Tap tap(HostState state, String guest) {
        return resources(state).stream()
                .filter(Tap.class::isInstance)
                .map(Tap.class::cast)
                .filter(tap -> tap.name().text().equals("vt-" + guest + "-eth0"))
                .findFirst()
                .orElseThrow();
    }

    private static List<Resource> resources(HostState state) {
        return state.entries().values().stream().map(Entry::resource).toList();
    }
}
