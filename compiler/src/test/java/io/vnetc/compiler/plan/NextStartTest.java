// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.vnetc.compiler.kind.Kinds;
import io.vnetc.compiler.kind.Plug;
import io.vnetc.compiler.model.Origin;
import io.vnetc.compiler.state.Entry;
import io.vnetc.compiler.state.HostFacts;
import io.vnetc.compiler.state.HostState;
import io.vnetc.compiler.state.ObservedHost;
import io.vnetc.compiler.state.Resource;
import io.vnetc.compiler.state.RunningGuest;
import io.vnetc.compiler.state.Standing;
import io.vnetc.dsl.value.SocketPath;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What guests that run are given, and what waits until they are started anew. */
final class NextStartTest {
    private static final SocketPath SOCKET = new SocketPath("/run/qemu/web.qmp");
    private static final Allowances ETH0 = new Allowances(Set.of(), Set.of("vm/web/eth0"));

    @Test
    void aCardIsPluggedInWhereThereIsRoom() {
        HostState desired = desired(plug("eth0"), plug("eth1"), plug("eth2"));
        NextStart next = NextStart.of(desired, host(1, plug("eth0")), Allowances.NONE);
        assertThat(cards(next.desired())).containsExactly("eth0", "eth1");
        assertThat(next.notices()).singleElement().asString().contains("`eth2` of `web`", "next start");
        assertThat(steps(next.desired(), host(1, plug("eth0")))).containsExactly("create plug/web/eth1");
    }

    @Test
    void aCardThatGoesMakesRoomForAnother() {
        HostState desired = desired(plug("eth1"));
        NextStart next = NextStart.of(desired, host(0, plug("eth0")), Allowances.NONE);
        assertThat(next.notices()).isEmpty();
        assertThat(cards(next.desired())).containsExactly("eth1");
    }

    @Test
    void aCardThatKeepsItsPlaceIsLeftAndLosesNothingButWhatItIsOn() {
        ObservedHost now = host(0, plug("eth0").placed(true));
        NextStart next = NextStart.of(desired(), now, Allowances.NONE);
        assertThat(next.notices()).singleElement().asString().contains("cannot be unplugged while the guest runs");
        assertThat(steps(next.desired(), now)).isEmpty();
        assertThat(plug("eth0").placed(true).needs()).isEmpty();
        assertThat(steps(desired(plug("eth0")), now))
                .as("it is as it should be")
                .isEmpty();
    }

    @Test
    void anotherCardInItsPlaceWaitsUnlessItIsAllowed() {
        Plug other = new Plug("web", "eth0", SOCKET, end("eth0"), "{\"driver\":\"e1000\",\"id\":\"nic-eth0\"}", false);
        ObservedHost now = host(5, plug("eth0"));

        NextStart next = NextStart.of(desired(other), now, Allowances.NONE);
        assertThat(next.notices()).singleElement().asString().contains("--allow-recreate vm/web/eth0");
        assertThat(steps(next.desired(), now)).as("its link is no part of it").containsExactly("change plug/web/eth0");

        NextStart allowed = NextStart.of(desired(other), now, ETH0);
        assertThat(steps(allowed.desired(), now)).containsExactly("delete plug/web/eth0", "create plug/web/eth0");

        ObservedHost fixed = host(5, plug("eth0").placed(true));
        assertThat(steps(NextStart.of(desired(other), fixed, ETH0).desired(), fixed))
                .as("nothing helps where the bus does not let go")
                .containsExactly("change plug/web/eth0");
    }

    @Test
    void aCardWhoseTapIsGoneIsMendedForItHasNothingToLose() {
        Plug lost = new Plug(
                "web", "eth0", SOCKET, Optional.of(end("eth0")), plug("eth0").device(), true, true, false);
        ObservedHost now = host(5, lost);
        NextStart next = NextStart.of(desired(plug("eth0")), now, Allowances.NONE);
        assertThat(next.notices()).isEmpty();
        assertThat(steps(next.desired(), now)).containsExactly("delete plug/web/eth0", "create plug/web/eth0");
    }

    @Test
    void whatQemuDoesNotTellOfTheHostsEndIsNoDifference() {
        String said = "{\"type\":\"user\",\"id\":\"host-eth0\",\"restrict\":true}";
        String told = "{\"type\":\"user\",\"id\":\"host-eth0\"}";
        String device = plug("eth0").device().orElseThrow();
        ObservedHost now = host(5, new Plug("web", "eth0", SOCKET, told, device, true));
        NextStart next =
                NextStart.of(desired(new Plug("web", "eth0", SOCKET, said, device, true)), now, Allowances.NONE);
        assertThat(next.notices()).isEmpty();
        assertThat(steps(next.desired(), now)).isEmpty();
    }

    @Test
    void aGuestThatDoesNotAnswerOrDoesNotRunHasNothingToDo() {
        HostState desired = desired(plug("eth0"));
        ObservedHost silent = host(new RunningGuest(SOCKET, Optional.of("it gave no answer within 5 s"), 0));
        NextStart next = NextStart.of(desired, silent, Allowances.NONE);
        assertThat(next.notices())
                .singleElement()
                .asString()
                .contains("`web` does not answer on /run/qemu/web.qmp: it gave no answer within 5 s");
        assertThat(steps(next.desired(), silent)).isEmpty();

        ObservedHost nobody = new ObservedHost(HostState.EMPTY, facts(Map.of()));
        assertThat(NextStart.of(desired, nobody, Allowances.NONE).notices()).isEmpty();
        assertThat(steps(desired, nobody)).isEmpty();
    }

    private static Plug plug(String nic) {
        return new Plug(
                "web",
                nic,
                SOCKET,
                end(nic),
                "{\"driver\":\"virtio-net-pci\",\"netdev\":\"host-%s\",\"id\":\"nic-%s\"}".formatted(nic, nic),
                true);
    }

    private static String end(String nic) {
        return "{\"type\":\"user\",\"id\":\"host-%s\"}".formatted(nic);
    }

    private static HostState desired(Resource... resources) {
        return HostState.of(Arrays.stream(resources)
                .map(resource -> Entry.owned(resource, new Origin("lab.vnet", 1, 1)))
                .toList());
    }

    private static ObservedHost host(int room, Resource... resources) {
        ObservedHost bare = host(new RunningGuest(SOCKET, Optional.empty(), room));
        return new ObservedHost(
                HostState.of(Arrays.stream(resources)
                        .map(resource -> Entry.observed(resource, Standing.OWNED))
                        .toList()),
                bare.facts());
    }

    private static ObservedHost host(RunningGuest web) {
        return new ObservedHost(HostState.EMPTY, facts(Map.of("web", web)));
    }

    private static HostFacts facts(Map<String, RunningGuest> guests) {
        return new HostFacts(
                "kvm1", "6.18", Set.of(), new TreeMap<>(), Set.of(), Optional.empty(), new TreeMap<>(guests));
    }

    private static List<String> cards(HostState state) {
        return state.entries().values().stream()
                .map(entry -> ((Plug) entry.resource()).nic())
                .toList();
    }

    private static List<String> steps(HostState desired, ObservedHost now) {
        Planning planning = new Planner(Kinds.TABLE).plan("kvm1", desired, now);
        return ((Planning.Ready) planning)
                .plan().steps().stream()
                        .map(step -> step.action().name().toLowerCase(Locale.ROOT) + " " + step.address())
                        .toList();
    }
}
