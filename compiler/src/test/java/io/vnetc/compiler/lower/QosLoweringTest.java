// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.lower;

import static org.assertj.core.api.Assertions.assertThat;

import io.vnetc.compiler.kind.HtbClass;
import io.vnetc.compiler.kind.Kinds;
import io.vnetc.compiler.kind.Redirect;
import io.vnetc.compiler.kind.Shaping;
import io.vnetc.compiler.plan.Plan;
import io.vnetc.compiler.plan.Planner;
import io.vnetc.compiler.plan.Planning;
import io.vnetc.compiler.plan.Step;
import io.vnetc.compiler.resolve.Resolver;
import io.vnetc.compiler.state.Effect.Severity;
import io.vnetc.compiler.state.Entry;
import io.vnetc.compiler.state.HostFacts;
import io.vnetc.compiler.state.HostFacts.Feature;
import io.vnetc.compiler.state.HostState;
import io.vnetc.compiler.state.ObservedHost;
import io.vnetc.compiler.state.ResourceAddress;
import io.vnetc.compiler.state.Standing;
import io.vnetc.dsl.Frontend;
import io.vnetc.dsl.ParsedSources;
import io.vnetc.dsl.source.InMemorySourceTree;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class QosLoweringTest {
    private static final String NETWORK = "network a { qos { inbound average 40mbit  outbound average 40mbit } }\n";

    private static HostState lower(String source) {
        return lower(source, Set.of());
    }

    private static HostState lower(String source, Set<Feature> queues) {
        ParsedSources sources = Frontend.parse(new InMemorySourceTree().with("main.vnet", source), "main.vnet");
        var model = Resolver.resolve(sources);
        assertThat(sources.diagnostics().all()).isEmpty();
        Set<Feature> features = EnumSet.complementOf(EnumSet.of(Feature.FQ_CODEL, Feature.SFQ));
        features.addAll(queues);
        Surroundings assumed = Surroundings.ASSUMED;
        return Lowering.lower(
                        model.orElseThrow(),
                        "kvm1",
                        new Surroundings(
                                false,
                                features,
                                assumed.defaultRouteLinks(),
                                assumed.advertisedLinks(),
                                assumed.accounts(),
                                assumed.paths()))
                .desired();
    }

    private static Shaping shaping(HostState state, String link) {
        return (Shaping)
                state.find(new ResourceAddress("shaping", link)).orElseThrow().resource();
    }

    private static List<String> classes(HostState state, String link) {
        return shaping(state, link).classes().stream().map(HtbClass::toString).toList();
    }

    @Test
    void aNicIsShapedAtItsTapAndBehindAnIfb() {
        HostState state = lower("""
                network a { }
                vm web { nic eth0 { network a  qos {
                  inbound average 100mbit peak 500mbit burst 5MiB
                  outbound average 50mbit
                } } }
                """);

        assertThat(classes(state, "vt-web-eth0"))
                .containsExactly("1 rate 12500000 ceil 62500000 burst 5242880 cburst 312500 quantum 65536"
                        + " queue bfifo 6250000");
        assertThat(classes(state, "vi-web-eth0"))
                .containsExactly(
                        "1 rate 6250000 ceil 6250000 burst 31250 cburst 31250 quantum 62500 queue bfifo 625000");
        assertThat(state.find(new ResourceAddress("ifb", "vi-web-eth0"))).isPresent();
        Redirect redirect = (Redirect) state.find(new ResourceAddress("redirect", "vt-web-eth0"))
                .orElseThrow()
                .resource();
        assertThat(redirect.through().map(Object::toString)).contains("vi-web-eth0");
        assertThat(state.find(new ResourceAddress("shaping", "vbr-a"))).isEmpty();
    }

    /** A tap sends what its guest gets, a macvtap what its guest sends. */
    @Test
    void aMacvtapIsShapedTheOtherWayRound() {
        HostState state = lower("""
                host kvm1 { uplink up = eno1 }
                network a { forward macvtap bridge via up }
                vm web { nic eth0 { network a  qos { inbound average 8mbit  outbound average 16mbit } } }
                """);

        assertThat(shaping(state, "vt-web-eth0").classes().get(0).rate()).isEqualTo(2_000_000);
        assertThat(shaping(state, "vi-web-eth0").classes().get(0).rate()).isEqualTo(1_000_000);
        assertThat(state.find(new ResourceAddress("redirect", "vt-web-eth0"))).isPresent();
    }

    /** tc class … rate 1kbps ceil 2kbps burst 4kb, where kbps is 1,000 octets a second and kb 1,024 octets. */
    @Test
    void whatLibvirtGivesToTcForTheSameWordsIsTheSame() {
        HostState state = lower("""
                network a { }
                vm web { nic eth0 { network a  qos { inbound average 8kbit peak 16kbit burst 4KiB } } }
                """);

        HtbClass only = shaping(state, "vt-web-eth0").classes().get(0);
        assertThat(only.rate()).isEqualTo(1000);
        assertThat(only.ceil()).isEqualTo(2000);
        assertThat(only.burst()).isEqualTo(4096);
    }

    @Test
    void aNetworkIsSharedEquallyAmongItsGuestsAndTheRest() {
        HostState state = lower(NETWORK + "vm m[1..3] { nic eth0 { network a } }");

        assertThat(classes(state, "vbr-a"))
                .hasSize(5)
                .contains("1 rate 5000000 ceil 5000000 burst 25000 cburst 25000")
                .filteredOn(line -> line.contains(" in 1 rate 1250000 ceil 5000000 "))
                .hasSize(4);
        assertThat(shaping(state, "vbr-a").fallback()).isEqualTo(2);
        assertThat(shaping(state, "vbr-a").filters())
                .hasSize(3)
                .allMatch(filter -> filter.toString().startsWith("dst "));
        assertThat(shaping(state, "vib-a").filters())
                .hasSize(3)
                .allMatch(filter -> filter.toString().startsWith("src "));
    }

    @Test
    void aFloorIsKeptAndTheOthersShareWhatIsLeft() {
        HostState state = lower(NETWORK + """
                vm m1 { nic eth0 { network a  qos { inbound floor 25mbit } } }
                vm m2 { nic eth0 { network a  qos { inbound average 1mbit } } }
                vm m3 { nic eth0 { network a } }
                """);

        assertThat(classes(state, "vbr-a"))
                .satisfiesOnlyOnce(line -> assertThat(line).contains(" rate 3125000 ceil 5000000 "))
                .satisfiesOnlyOnce(line -> assertThat(line).contains(" rate 125000 ceil 125000 "))
                .filteredOn(line -> line.contains(" rate 875000 ceil 5000000 "))
                .hasSize(2);
        assertThat(shaping(state, "vbr-a").classes().stream()
                        .filter(one -> one.parent() != 0)
                        .mapToLong(HtbClass::rate)
                        .sum())
                .isEqualTo(5_000_000);
    }

    @Test
    void aFairQueueIsTakenWhereTheKernelHasOne() {
        String source = "network a { }\nvm web { nic eth0 { network a  qos { inbound average 1gbit } } }";
        assertThat(classes(lower(source, Set.of(Feature.FQ_CODEL, Feature.SFQ)), "vt-web-eth0"))
                .allMatch(line -> line.endsWith(" queue fq_codel"));
        assertThat(classes(lower(source, Set.of(Feature.SFQ)), "vt-web-eth0"))
                .allMatch(line -> line.endsWith(" queue sfq"));
    }

    @Test
    void aGuestThatComesLeavesTheClassesOfTheOthersWhereTheyAre() {
        Shaping three = shaping(lower(NETWORK + "vm m[1..3] { nic eth0 { network a } }"), "vbr-a");
        Shaping four = shaping(lower(NETWORK + "vm m[1..4] { nic eth0 { network a } }"), "vbr-a");

        assertThat(four.filters()).containsAll(three.filters());
    }

    @Test
    void anotherRateIsAChangeThatNobodyNotices() {
        Plan plan = plan(
                lower(NETWORK + "vm m1 { nic eth0 { network a  qos { inbound average 10mbit } } }"),
                lower(NETWORK.replace("40mbit", "60mbit")
                        + "vm m1 { nic eth0 { network a  qos { inbound average 20mbit } } }"));

        assertThat(plan.steps())
                .extracting(step -> step.action() + " " + step.address())
                .containsExactlyInAnyOrder("CHANGE shaping/vbr-a", "CHANGE shaping/vib-a", "CHANGE shaping/vt-m1-eth0");
        assertThat(plan.steps()).allMatch(step -> step.impact().severity() == Severity.NONE);
        assertThat(commands(plan))
                .contains(
                        "tc class change dev vt-m1-eth0 parent 7676: classid 7676:1 htb rate 20000000bit ceil"
                                + " 20000000bit burst 12500b cburst 12500b quantum 25000",
                        "tc qdisc replace dev vt-m1-eth0 parent 7676:1 handle 1: bfifo limit 250000")
                .noneMatch(line -> line.startsWith("tc qdisc del") || line.startsWith("tc qdisc add"));
    }

    @Test
    void whatIsNoLongerWantedGoesTheRedirectFirst() {
        String guest = "vm m1 { nic eth0 { network a } }";
        Plan plan = plan(lower(NETWORK + guest), lower("network a { }\n" + guest));

        assertThat(plan.steps())
                .extracting(step -> step.action() + " " + step.address())
                .containsExactly(
                        "DELETE redirect/vbr-a", "DELETE shaping/vbr-a", "DELETE shaping/vib-a", "DELETE ifb/vib-a");
    }

    @Test
    void aTapThatIsMadeAgainIsShapedAgain() {
        String limits = "  qos { inbound average 10mbit  outbound average 10mbit } } }";
        Plan plan = plan(
                lower("network a { }\nvm m1 { nic eth0 { network a" + limits),
                lower("network a { }\nvm m1 { nic eth0 { network a  queues 2" + limits));

        assertThat(plan.steps())
                .extracting(step -> step.action() + " " + step.address())
                .containsExactly(
                        "DELETE redirect/vt-m1-eth0",
                        "DELETE shaping/vt-m1-eth0",
                        "DELETE tap/vt-m1-eth0",
                        "CREATE tap/vt-m1-eth0",
                        "CREATE shaping/vt-m1-eth0",
                        "CREATE redirect/vt-m1-eth0");
    }

    private static List<String> commands(Plan plan) {
        return plan.steps().stream()
                .flatMap((Step step) -> Kinds.TABLE.commands(step.before(), step.after()).stream())
                .toList();
    }

    private static Plan plan(HostState now, HostState wanted) {
        HostState observed = HostState.of(now.entries().values().stream()
                .map(entry -> Entry.observed(entry.resource(), Standing.OWNED))
                .toList());
        HostFacts facts = new HostFacts("kvm1", "", Set.of(), new TreeMap<>(), Set.of());
        Planning planning = new Planner(Kinds.TABLE).plan("kvm1", wanted, new ObservedHost(observed, facts));
        assertThat(planning).isInstanceOf(Planning.Ready.class);
        return ((Planning.Ready) planning).plan();
    }
}
