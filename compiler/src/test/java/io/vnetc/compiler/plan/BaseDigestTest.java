// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.plan;

import static io.vnetc.compiler.plan.Hosts.foreign;
import static io.vnetc.compiler.plan.Hosts.observed;
import static io.vnetc.compiler.plan.Hosts.ours;
import static io.vnetc.compiler.plan.Hosts.wish;
import static org.assertj.core.api.Assertions.assertThat;

import io.vnetc.compiler.plan.Thing.Trait;
import io.vnetc.compiler.state.Entry;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When a plan that was saved is stale. */
class BaseDigestTest {
    private static final Thing BRIDGE = Thing.of(Trait.SOFT, "bridge", 1);
    private static final Thing GONE = Thing.of(Trait.SOFT, "gone", 1);
    private static final Thing NEW =
            Thing.of(Trait.SOFT, "new", 1).needing("bridge").reaching("10.20.1.0/24");
    private static final Thing TAP = Thing.of(Trait.SOFT, "tap", 1).needing("gone");
    private static final List<Entry> NOW =
            List.of(ours(BRIDGE), ours(GONE), ours(TAP), ours(Thing.of(Trait.SOFT, "unchanged", 1)));

    private final Plan plan = ((Planning.Ready) new Planner(Thing.KINDS)
                    .plan("kvm1", wish(BRIDGE, NEW, Thing.of(Trait.SOFT, "unchanged", 1)), observed(NOW)))
            .plan();

    @Test
    void aPlanIsFreshOnTheHostThatItWasMadeFrom() {
        assertThat(plan.base()).matches("sha256:[0-9a-f]{64}");
        assertThat(BaseDigest.of(Thing.KINDS, plan, observed(NOW))).isEqualTo(plan.base());
    }

    @Test
    void whatHappensElsewhereMakesNoPlanStale() {
        assertThat(with(foreign(Thing.of(Trait.SOFT, "veth1", 1).reaching("10.99.0.0/16"))))
                .isEqualTo(plan.base());
        assertThat(with(ours(Thing.of(Trait.SOFT, "unchanged", 7)))).isEqualTo(plan.base());
        assertThat(BaseDigest.of(Thing.KINDS, plan, observed(NOW, "elsewhere"))).isEqualTo(plan.base());
    }

    @Test
    void whatTheStepsFindOrStandOnMustNotHaveChanged() {
        assertThat(with(ours(Thing.of(Trait.SOFT, "gone", 2)))).isNotEqualTo(plan.base());
        assertThat(with(foreign(GONE))).isNotEqualTo(plan.base());
        assertThat(with(ours(Thing.of(Trait.SOFT, "bridge", 2)))).isNotEqualTo(plan.base());
        assertThat(with(foreign(Thing.of(Trait.SOFT, "new", 1)))).isNotEqualTo(plan.base());
    }

    @Test
    void nobodyMayHaveTakenWhatTheStepsTake() {
        assertThat(with(foreign(Thing.of(Trait.RIGID, "theirs", 1).claiming("new"))))
                .isNotEqualTo(plan.base());
        assertThat(with(foreign(Thing.of(Trait.SOFT, "eno2", 1).reaching("10.20.0.0/16"))))
                .isNotEqualTo(plan.base());
    }

    @Test
    void nobodyMayHaveComeToStandOnWhatGoes() {
        assertThat(with(foreign(Thing.of(Trait.SOFT, "vnet7", 1).needing("gone"))))
                .isNotEqualTo(plan.base());
    }

    @Test
    void noOtherGuestMayNotice() {
        assertThat(BaseDigest.of(Thing.KINDS, plan, observed(NOW, "tap"))).isNotEqualTo(plan.base());
    }

    /** The digest for the host with one more resource, or with another in place of one. */
    private String with(Entry entry) {
        List<Entry> entries = new ArrayList<>(NOW);
        entries.removeIf(it -> it.resource().address().equals(entry.resource().address()));
        entries.add(entry);
        return BaseDigest.of(Thing.KINDS, plan, observed(entries));
    }
}
