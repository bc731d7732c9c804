// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.plan;

import static io.vnetc.compiler.plan.Hosts.observed;
import static io.vnetc.compiler.plan.Hosts.ours;
import static io.vnetc.compiler.plan.Hosts.wish;
import static org.assertj.core.api.Assertions.assertThat;

import io.vnetc.compiler.kind.Bridge;
import io.vnetc.compiler.kind.Kinds;
import io.vnetc.compiler.kind.Tap;
import io.vnetc.compiler.model.Owner;
import io.vnetc.compiler.plan.Conflict.Reason;
import io.vnetc.compiler.state.HostState;
import io.vnetc.compiler.state.ObservedHost;
import io.vnetc.dsl.value.InterfaceName;
import io.vnetc.dsl.value.MacAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is refused unless it is said: to lose what is protected, and to make anew what a guest holds. */
class GuardsTest {
    private static final Owner OFFICE = Owner.network("office");
    private static final Owner ETH0 = Owner.nic("web", "eth0");

    private final Planner planner = new Planner(Kinds.TABLE);

    @Test
    void whatIsProtectedIsNotTakenAway() {
        ObservedHost host = observed(List.of(ours(bridge("vbr-office", true)), ours(tap("vt-web", 1, false))));

        assertThat(refusals(HostState.EMPTY, host, Allowances.NONE))
                .singleElement()
                .satisfies(conflict -> {
                    assertThat(conflict.reason()).isEqualTo(Reason.PROTECTED);
                    assertThat(conflict.message())
                            .isEqualTo("the bridge vbr-office of network/office is protected, and would be taken away");
                    assertThat(conflict.remedy())
                            .contains("without `protect`")
                            .contains("--allow-destroy network/office");
                    assertThat(conflict.origin()).isEmpty();
                });
    }

    @Test
    void whatIsProtectedGoesWhenItIsNamed() {
        ObservedHost host = observed(List.of(ours(bridge("vbr-office", true)), ours(tap("vt-web", 1, true))));

        Plan plan = plan(HostState.EMPTY, host, new Allowances(Set.of("network/office", "vm/web"), Set.of()));
        assertThat(plan.steps()).hasSize(2).allMatch(step -> step.after().isEmpty());
        assertThat(plan.notices()).hasSize(2).allMatch(notice -> notice.contains("--allow-destroy"));
    }

    @Test
    void anotherNameAllowsNothing() {
        ObservedHost host = observed(List.of(ours(bridge("vbr-office", false)), ours(tap("vt-web", 1, true))));

        for (String name : List.of("network/office", "vm/we", "vm/web/eth", "vm/web/eth0/more")) {
            assertThat(refusals(HostState.EMPTY, host, new Allowances(Set.of(name), Set.of(name))))
                    .as(name)
                    .hasSize(1);
        }
    }

    @Test
    void aProtectedTapIsNotMadeAgain() {
        ObservedHost host = observed(List.of(ours(bridge("vbr-office", false)), ours(tap("vt-web", 1, true))));
        HostState wish = wish(bridge("vbr-office", false), tap("vt-web", 2, true));

        assertThat(refusals(wish, host, Allowances.NONE)).singleElement().satisfies(conflict -> {
            assertThat(conflict.reason()).isEqualTo(Reason.PROTECTED);
            assertThat(conflict.message()).endsWith("would be made again");
            assertThat(conflict.origin()).contains(Hosts.ORIGIN);
        });
    }

    @Test
    void protectionIsPutOnAndLiftedInPlace() {
        ObservedHost host = observed(List.of(ours(bridge("vbr-office", true))), "vt-web");

        Plan lifted = plan(wish(bridge("vbr-office", false)), host, Allowances.NONE);
        assertThat(lifted.steps()).singleElement().satisfies(step -> {
            assertThat(step.action()).isEqualTo(Step.Action.CHANGE);
            assertThat(step.impact()).isEqualTo(Impact.NONE);
        });
    }

    @Test
    void aTapThatAGuestHoldsIsNotMadeAgain() {
        ObservedHost host =
                observed(List.of(ours(bridge("vbr-office", false)), ours(tap("vt-web", 1, false))), "vt-web");
        HostState wish = wish(bridge("vbr-office", false), tap("vt-web", 2, false));

        assertThat(refusals(wish, host, Allowances.NONE)).singleElement().satisfies(conflict -> {
            assertThat(conflict.reason()).isEqualTo(Reason.HELD);
            assertThat(conflict.message())
                    .isEqualTo("the tap vt-web of vm/web/eth0 can only be made again, and would be lost to the guest"
                            + " `web`, which runs with vt-web");
            assertThat(conflict.remedy()).contains("--allow-recreate vm/web/eth0");
            assertThat(conflict.origin()).contains(Hosts.ORIGIN);
        });
        Plan allowed = plan(wish, host, new Allowances(Set.of(), Set.of("vm/web/eth0")));
        assertThat(Change.of(allowed))
                .singleElement()
                .satisfies(change -> assertThat(change.outcome()).isEqualTo(Change.Outcome.REPLACE));
        assertThat(allowed.notices()).singleElement().asString().contains("--allow-recreate");
    }

    @Test
    void aTapThatNobodyHoldsIsMadeAgain() {
        ObservedHost host = observed(List.of(ours(bridge("vbr-office", false)), ours(tap("vt-web", 1, false))));

        assertThat(plan(wish(bridge("vbr-office", false), tap("vt-web", 2, false)), host, Allowances.NONE)
                        .steps())
                .hasSize(2);
    }

    @Test
    void aBridgeUnderAnotherNameIsNotMadeWhileAGuestIsPluggedIn() {
        ObservedHost host =
                observed(List.of(ours(bridge("vbr-office", false)), ours(tap("vt-web", 1, false))), "vt-web");
        HostState wish = wish(
                bridge("vbr-new", false),
                new Tap(
                        new InterfaceName("vt-web"),
                        ETH0,
                        Optional.of(1L),
                        Optional.empty(),
                        false,
                        1500,
                        Optional.of(new InterfaceName("vbr-new")),
                        true));

        assertThat(refusals(wish, host, Allowances.NONE)).singleElement().satisfies(conflict -> {
            assertThat(conflict.reason()).isEqualTo(Reason.HELD);
            assertThat(conflict.message())
                    .contains("made again as bridge vbr-new")
                    .contains("`web`");
            assertThat(conflict.remedy()).contains("--allow-recreate network/office");
        });
    }

    @Test
    void aTapUnderAnotherNameIsNotMadeWhileAGuestHoldsIt() {
        ObservedHost host =
                observed(List.of(ours(bridge("vbr-office", false)), ours(tap("vt-web", 1, false))), "vt-web");

        assertThat(refusals(wish(bridge("vbr-office", false), tap("vt-www", 1, false)), host, Allowances.NONE))
                .singleElement()
                .satisfies(conflict -> assertThat(conflict.reason()).isEqualTo(Reason.HELD));
    }

    @Test
    void aGuestThatIsNoLongerWantedGoesAlthoughItRuns() {
        ObservedHost host =
                observed(List.of(ours(bridge("vbr-office", false)), ours(tap("vt-web", 1, false))), "vt-web");

        assertThat(plan(wish(bridge("vbr-office", false)), host, Allowances.NONE)
                        .steps())
                .singleElement()
                .satisfies(step -> assertThat(step.impact().guests()).containsExactly("web"));
    }

    private Plan plan(HostState wish, ObservedHost host, Allowances allowances) {
        Planning planning = planner.plan("kvm1", wish, host, allowances);
        assertThat(planning).isInstanceOf(Planning.Ready.class);
        return ((Planning.Ready) planning).plan();
    }

    private List<Conflict> refusals(HostState wish, ObservedHost host, Allowances allowances) {
        Planning planning = planner.plan("kvm1", wish, host, allowances);
        assertThat(planning).isInstanceOf(Planning.Refused.class);
        return ((Planning.Refused) planning).conflicts();
    }

    private static Bridge bridge(String name, boolean isProtected) {
        return new Bridge(
                new InterfaceName(name),
                OFFICE,
                MacAddress.parse("52:54:00:00:00:01"),
                1500,
                false,
                0,
                false,
                false,
                false,
                true,
                isProtected);
    }

    private static Tap tap(String name, long user, boolean isProtected) {
        return new Tap(
                new InterfaceName(name),
                ETH0,
                Optional.of(user),
                Optional.empty(),
                false,
                1500,
                Optional.of(new InterfaceName("vbr-office")),
                true,
                isProtected);
    }
}
