// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.plan;

import static io.vnetc.compiler.plan.Hosts.ORIGIN;
import static io.vnetc.compiler.plan.Hosts.borrowed;
import static io.vnetc.compiler.plan.Hosts.foreign;
import static io.vnetc.compiler.plan.Hosts.observed;
import static io.vnetc.compiler.plan.Hosts.ours;
import static io.vnetc.compiler.plan.Hosts.wish;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vnetc.compiler.model.Owner;
import io.vnetc.compiler.plan.Conflict.Reason;
import io.vnetc.compiler.plan.Thing.Trait;
import io.vnetc.compiler.state.Effect.Severity;
import io.vnetc.compiler.state.Entry;
import io.vnetc.compiler.state.HostState;
import io.vnetc.compiler.state.ObservedHost;
import io.vnetc.compiler.state.Standing;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Given this host and that wish, these steps. */
class PlannerTest {
    private static final Thing BRIDGE = Thing.of(Trait.SOFT, "bridge", 1);
    private static final Thing ADDRESS = Thing.of(Trait.SOFT, "address", 1).needing("bridge");

    private final Planner planner = new Planner(Thing.KINDS);

    @Test
    void whatIsNeededIsMadeFirst() {
        assertThat(steps(wish(ADDRESS, BRIDGE), observed(List.of())))
                .containsExactly("create bridge 1", "create address 1");
    }

    @Test
    void whatIsNeededGoesLast() {
        assertThat(steps(HostState.EMPTY, observed(List.of(ours(ADDRESS), ours(BRIDGE)))))
                .containsExactly("delete address", "delete bridge");
    }

    @Test
    void whatIsNewComesBeforeWhatGoes() {
        Thing other = Thing.of(Trait.SOFT, "other", 1);
        assertThat(steps(wish(other), observed(List.of(ours(BRIDGE)))))
                .containsExactly("create other 1", "delete bridge");
    }

    @Test
    void lowerRanksAreMadeFirstAndGoLast() {
        Thing soft = Thing.of(Trait.SOFT, "z", 1);
        Thing rigid = Thing.of(Trait.RIGID, "a", 1);
        assertThat(steps(wish(soft, rigid), observed(List.of()))).containsExactly("create z 1", "create a 1");
        assertThat(steps(HostState.EMPTY, observed(List.of(ours(soft), ours(rigid)))))
                .containsExactly("delete a", "delete z");
    }

    @Test
    void aChangeInPlaceIsOneStep() {
        Thing wider = Thing.of(Trait.SOFT, "bridge", 2);
        assertThat(steps(wish(wider, ADDRESS), observed(List.of(ours(BRIDGE), ours(ADDRESS)))))
                .containsExactly("change bridge 1 to 2");
    }

    @Test
    void whatCannotChangeIsMadeAgainAndAllThatNeedsItToo() {
        Thing old = Thing.of(Trait.RIGID, "base", 1);
        Thing now = Thing.of(Trait.RIGID, "base", 2);
        Thing middle = Thing.of(Trait.SOFT, "middle", 1).needing("base");
        Thing top = Thing.of(Trait.SOFT, "top", 1).needing("middle");
        Thing aside = Thing.of(Trait.SOFT, "aside", 1);
        assertThat(steps(
                        wish(now, middle, top, aside),
                        observed(List.of(ours(old), ours(middle), ours(top), ours(aside)))))
                .containsExactly(
                        "delete top",
                        "delete middle",
                        "delete base",
                        "create base 2",
                        "create middle 1",
                        "create top 1");
    }

    @Test
    void whatCanBeWithoutItForAMomentStays() {
        Thing tap = Thing.of(Trait.LOOSE, "tap", 1).needing("base");
        assertThat(steps(
                        wish(Thing.of(Trait.RIGID, "base", 2), tap),
                        observed(List.of(ours(Thing.of(Trait.RIGID, "base", 1)), ours(tap)))))
                .containsExactly("change tap 1 to 1", "delete base", "create base 2", "change tap 1 to 1");
    }

    @Test
    void whatTheKernelDropsIsAStepBeforeAndAStepAfter() {
        Thing before = Thing.of(Trait.DROPPING, "primary", 2).needing("bridge");
        Thing after = Thing.of(Trait.DROPPING, "primary", 1).needing("bridge");
        Thing dropped = Thing.of(Trait.DROPPED, "secondary", 1).needing("bridge");
        assertThat(steps(wish(BRIDGE, after, dropped), observed(List.of(ours(BRIDGE), ours(before), ours(dropped)))))
                .containsExactly("delete secondary", "change primary 2 to 1", "create secondary 1");
        assertThat(steps(wish(BRIDGE, dropped), observed(List.of(ours(BRIDGE), ours(before), ours(dropped)))))
                .containsExactly("delete secondary", "delete primary", "create secondary 1");
    }

    @Test
    void whatTheKernelWouldDropIsMadeOnlyAfterwards() {
        Thing old = Thing.of(Trait.DROPPING, "primary", 2).needing("bridge");
        Thing secondary = Thing.of(Trait.DROPPED, "secondary", 1).needing("bridge");
        assertThat(steps(wish(BRIDGE, secondary), observed(List.of(ours(BRIDGE), ours(old)))))
                .containsExactly("delete primary", "create secondary 1");
    }

    @Test
    void manyThingsInOneAllowOldAndNewWhileTheRestChanges() {
        Thing before = Thing.of(Trait.MANY, "rules", 1);
        Thing after = Thing.of(Trait.MANY, "rules", 2);
        Thing other = Thing.of(Trait.RIGID, "other", 1);
        assertThat(steps(wish(after, other), observed(List.of(ours(before), ours(BRIDGE)))))
                .containsExactly("create other 1", "change rules 1 to 3", "change rules 3 to 2", "delete bridge");
        assertThat(steps(wish(before, other), observed(List.of(ours(Thing.of(Trait.MANY, "rules", 3)), ours(BRIDGE)))))
                .as("what only closes is done late")
                .containsExactly("create other 1", "change rules 3 to 1", "delete bridge");
    }

    @Test
    void aClaimIsGivenUpRightBeforeItIsTakenElsewhere() {
        Thing first = Thing.of(Trait.SOFT, "first", 1).claiming("port");
        Thing onFirst = Thing.of(Trait.RIGID, "user", 1).needing("port");
        Thing second = Thing.of(Trait.SOFT, "second", 1).claiming("port");
        Thing aside = Thing.of(Trait.SOFT, "aside", 1);
        assertThat(steps(wish(second, onFirst, aside), observed(List.of(ours(first), ours(onFirst)))))
                .containsExactly("create aside 1", "delete user", "delete first", "create second 1", "create user 1");
    }

    @Test
    void whoBarsSomethingWaitsForThoseThatNeedItAndTheyForHim() {
        Thing link = Thing.of(Trait.SOFT, "link", 1);
        Thing shared = Thing.of(Trait.SOFT, "shared", 1).needing("link");
        Thing alone = Thing.of(Trait.SOFT, "alone", 1).needing("link").barring("link");
        Thing next = Thing.of(Trait.SOFT, "next", 1).needing("link").barring("link");
        assertThat(steps(wish(link, alone), observed(List.of(ours(link), ours(shared)))))
                .containsExactly("delete shared", "create alone 1");
        assertThat(steps(wish(link, next), observed(List.of(ours(link), ours(alone)))))
                .containsExactly("delete alone", "create next 1");
        assertThat(steps(wish(link, shared), observed(List.of(ours(link), ours(next)))))
                .containsExactly("delete next", "create shared 1");
    }

    @Test
    void twoThatSwapWhatTheyHoldGetThereByLettingGo() {
        Thing a = Thing.of(Trait.SOFT, "a", 1);
        Thing b = Thing.of(Trait.SOFT, "b", 1);
        HostState wish = wish(a.claiming("blue"), b.claiming("red"));
        assertThat(steps(wish, observed(List.of(ours(a.claiming("red")), ours(b.claiming("blue"))))))
                .containsExactly("delete a", "change b 1 to 1", "create a 1");
    }

    @Test
    void aCircleIsADefectAndNamed() {
        Thing a = Thing.of(Trait.SOFT, "a", 1).needing("b");
        Thing b = Thing.of(Trait.SOFT, "b", 1).needing("a");
        assertThatThrownBy(() -> planner.plan("kvm1", wish(a, b), observed(List.of())))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContainingAll("soft/a", "soft/b");
    }

    @Test
    void aForeignThingOfTheSameNameIsInTheWay() {
        assertThat(conflicts(wish(BRIDGE), observed(List.of(foreign(BRIDGE)))))
                .singleElement()
                .satisfies(conflict -> {
                    assertThat(conflict.reason()).isEqualTo(Reason.FOREIGN);
                    assertThat(conflict.message()).contains("soft bridge").contains("vnetc did not make it");
                    assertThat(conflict.remedy()).isNotEmpty();
                    assertThat(conflict.origin()).contains(ORIGIN);
                });
    }

    @Test
    void aForeignThingThatHoldsTheSameIsInTheWay() {
        Thing theirs = Thing.of(Trait.RIGID, "theirs", 1).claiming("bridge");
        assertThat(conflicts(wish(BRIDGE, ADDRESS), observed(List.of(foreign(theirs)))))
                .singleElement()
                .satisfies(conflict -> assertThat(conflict.message())
                        .isEqualTo("the interface `bridge` is taken by `rigid theirs`, which vnetc did not make"));
    }

    @Test
    void aForeignThingThatWouldBeLostIsInTheWay() {
        Thing theirs = Thing.of(Trait.SOFT, "theirs", 1).needing("bridge");
        assertThat(conflicts(HostState.EMPTY, observed(List.of(ours(BRIDGE), foreign(theirs)))))
                .singleElement()
                .satisfies(conflict -> assertThat(conflict.message())
                        .isEqualTo("`soft theirs` is not vnetc's, and would be lost when soft bridge is taken away"));
        Thing dropping = Thing.of(Trait.DROPPING, "primary", 2).needing("bridge");
        Thing dropped = Thing.of(Trait.DROPPED, "secondary", 1).needing("bridge");
        assertThat(conflicts(
                        wish(BRIDGE, Thing.of(Trait.DROPPING, "primary", 1).needing("bridge")),
                        observed(List.of(ours(BRIDGE), ours(dropping), foreign(dropped)))))
                .singleElement()
                .satisfies(conflict ->
                        assertThat(conflict.message()).contains("would be lost when dropping primary is changed"));
    }

    @Test
    void aForeignThingThatIsNotInTheWayIsLeftAlone() {
        Thing theirs = Thing.of(Trait.SOFT, "theirs", 1).needing("bridge");
        assertThat(steps(wish(Thing.of(Trait.SOFT, "bridge", 2)), observed(List.of(ours(BRIDGE), foreign(theirs)))))
                .containsExactly("change bridge 1 to 2");
    }

    @Test
    void addressesThatTheHostHasElsewhereAreInTheWay() {
        Thing theirs = Thing.of(Trait.SOFT, "eno1", 1).reaching("10.20.0.0/16");
        assertThat(conflicts(wish(BRIDGE.reaching("10.20.1.0/24")), observed(List.of(foreign(theirs)))))
                .singleElement()
                .satisfies(conflict ->
                        assertThat(conflict.message()).isEqualTo("`10.20.1.0/24` is in use on `eno1` (soft eno1)"));
        assertThat(steps(wish(BRIDGE.reaching("10.21.1.0/24")), observed(List.of(foreign(theirs)))))
                .hasSize(1);
    }

    @Test
    void whatIsNeededAndNowhereIsMissingAndNamedOnce() {
        Thing one = Thing.of(Trait.SOFT, "one", 1).needing("eno9");
        Thing two = Thing.of(Trait.SOFT, "two", 1).needing("eno9");
        assertThat(conflicts(wish(one, two), observed(List.of())))
                .singleElement()
                .satisfies(conflict -> {
                    assertThat(conflict.reason()).isEqualTo(Reason.MISSING);
                    assertThat(conflict.message())
                            .contains("no interface `eno9`")
                            .contains("soft one");
                });
    }

    @Test
    void whatAForeignThingHoldsCanBeNeeded() {
        Thing uplink = Thing.of(Trait.SOFT, "eno1", 1);
        Thing route = Thing.of(Trait.SOFT, "route", 1).needing("eno1");
        assertThat(steps(wish(route), observed(List.of(foreign(uplink))))).containsExactly("create route 1");
    }

    @Test
    void whatGoesCannotBeNeeded() {
        assertThat(conflicts(wish(ADDRESS), observed(List.of(ours(BRIDGE)))))
                .singleElement()
                .satisfies(conflict -> assertThat(conflict.reason()).isEqualTo(Reason.MISSING));
    }

    @Test
    void whatIsBorrowedIsChangedAndGivenBackAsItWas() {
        Thing was = Thing.of(Trait.SOFT, "forwarding", 0);
        Thing wanted = Thing.of(Trait.SOFT, "forwarding", 1);
        HostState wish = HostState.of(List.of(Entry.borrowed(wanted, ORIGIN)));
        Plan taken = ready(wish, observed(List.of(foreign(was))));
        assertThat(words(taken)).containsExactly("change forwarding 0 to 1");
        assertThat(taken.steps().get(0).standing()).isEqualTo(Standing.BORROWED);
        assertThat(steps(wish, observed(List.of(borrowed(wanted, was))))).isEmpty();
        assertThat(steps(HostState.EMPTY, observed(List.of(borrowed(wanted, was)))))
                .containsExactly("change forwarding 1 to 0");
        assertThat(steps(wish, observed(List.of(foreign(wanted)))))
                .as("what is so by itself is not borrowed")
                .isEmpty();
    }

    @Test
    void whatIsBorrowedIsGivenBackWhenNothingOfOursIsLeft() {
        Thing wanted = Thing.of(Trait.SOFT, "forwarding", 1);
        Thing was = Thing.of(Trait.SOFT, "forwarding", 0);
        Thing rules = Thing.of(Trait.RIGID, "rules", 0);
        assertThat(steps(HostState.EMPTY, observed(List.of(ours(rules), borrowed(wanted, was)))))
                .containsExactly("delete rules", "change forwarding 1 to 0");
    }

    @Test
    void whatIsBorrowedAndForgottenStaysAndIsSaid() {
        Entry forgotten =
                new Entry(Thing.of(Trait.SOFT, "forwarding", 1), Standing.BORROWED, Optional.empty(), Optional.empty());
        Plan plan = ready(HostState.EMPTY, observed(List.of(forgotten)));
        assertThat(plan.steps()).isEmpty();
        assertThat(plan.notices()).singleElement().asString().contains("soft/forwarding", "stays as it is");
    }

    @Test
    void aSettingThatTheHostDoesNotHaveIsLacking() {
        HostState wish = HostState.of(List.of(Entry.borrowed(Thing.of(Trait.SOFT, "forwarding", 1), ORIGIN)));
        assertThat(conflicts(wish, observed(List.of())))
                .singleElement()
                .satisfies(conflict -> assertThat(conflict.reason()).isEqualTo(Reason.LACKING));
        assertThat(words(planner.blueprint("kvm1", wish)))
                .as("where nobody looked, all is assumed")
                .containsExactly("create forwarding 1");
    }

    @Test
    void onlyGuestsThatRunNotice() {
        Thing tap = Thing.of(Trait.SOFT, "vt-web", 1).needing("bridge").ownedBy(Owner.nic("web", "eth0"));
        Thing theirs = Thing.of(Trait.SOFT, "vnet7", 1).needing("bridge");
        List<Entry> now = List.of(ours(BRIDGE), ours(tap), foreign(theirs));
        HostState wish = wish(Thing.of(Trait.SOFT, "bridge", 2), tap);
        assertThat(ready(wish, observed(now)).steps())
                .singleElement()
                .satisfies(step -> assertThat(step.impact()).isEqualTo(Impact.NONE));
        assertThat(ready(wish, observed(now, "vt-web", "vnet7")).steps())
                .singleElement()
                .satisfies(step -> assertThat(step.impact())
                        .isEqualTo(new Impact(Severity.BRIEF, List.of("vnet7", "web"), "it changes")));
    }

    @Test
    void whatComesBackAtOnceIsBrief() {
        Thing tap = Thing.of(Trait.SOFT, "vt-web", 1).needing("address").ownedBy(Owner.nic("web", "eth0"));
        Thing dropping = Thing.of(Trait.DROPPING, "primary", 2).needing("bridge");
        Thing dropped = new Thing(
                        Trait.DROPPED, "address", BRIDGE.owner(), 1, BRIDGE.claims(), BRIDGE.needs(), Set.of(), "")
                .claiming("x");
        List<Entry> now = List.of(
                ours(BRIDGE),
                ours(dropping),
                ours(dropped.needing("bridge")),
                ours(tap.needing("address")),
                ours(ADDRESS));
        Plan plan = ready(
                wish(
                        BRIDGE,
                        Thing.of(Trait.DROPPING, "primary", 1).needing("bridge"),
                        dropped.needing("bridge"),
                        tap,
                        ADDRESS),
                observed(now, "vt-web"));
        assertThat(words(plan)).containsExactly("delete address", "change primary 2 to 1", "create address 1");
        assertThat(plan.steps().get(0).impact())
                .isEqualTo(new Impact(Severity.BRIEF, List.of("web"), "it goes, and comes back at once"));
        assertThat(plan.steps().get(2).impact()).isEqualTo(Impact.NONE);
    }

    private Plan ready(HostState wish, ObservedHost now) {
        Planning planning = planner.plan("kvm1", wish, now);
        assertThat(planning).isInstanceOf(Planning.Ready.class);
        return ((Planning.Ready) planning).plan();
    }

    private List<String> steps(HostState wish, ObservedHost now) {
        return words(ready(wish, now));
    }

    private List<Conflict> conflicts(HostState wish, ObservedHost now) {
        Planning planning = planner.plan("kvm1", wish, now);
        assertThat(planning).isInstanceOf(Planning.Refused.class);
        return ((Planning.Refused) planning).conflicts();
    }

    private static List<String> words(Plan plan) {
        return plan.steps().stream().map(PlannerTest::words).toList();
    }

    private static String words(Step step) {
        String before = step.before().map(it -> " " + ((Thing) it).value()).orElse("");
        String after = step.after().map(it -> " " + ((Thing) it).value()).orElse("");
        String values = switch (step.action()) {
            case CREATE -> after;
            case CHANGE -> before + " to" + after;
            case DELETE -> "";
        };
        return step.action().name().toLowerCase(Locale.ROOT) + " "
                + step.address().name() + values;
    }
}
