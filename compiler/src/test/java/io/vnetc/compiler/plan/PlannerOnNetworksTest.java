// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.vnetc.compiler.kind.Kinds;
import io.vnetc.compiler.state.HostState;
import io.vnetc.compiler.state.ObservedHost;
import io.vnetc.compiler.state.Resource;
import io.vnetc.compiler.state.ResourceAddress;
import java.util.Random;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;

/** The kinds that there are, from one random model to the next. */
class PlannerOnNetworksTest {
    private static final int CASES = 150;

    private final Planner planner = new Planner(Kinds.TABLE);

    @Test
    void anyNetworksAreLedToAnyOthersAndBackAndThenToNone() {
        SortedMap<ResourceAddress, Resource> bare = Rehearsal.resources(RandomNetworks.bareHost());
        for (long seed = 0; seed < CASES; seed++) {
            Random random = new Random(seed);
            HostState first = RandomNetworks.wish(random);
            HostState second = RandomNetworks.wish(random);
            ObservedHost now = Hosts.after(first, RandomNetworks.bareHost());
            ObservedHost then = Hosts.after(second, RandomNetworks.bareHost());
            try {
                Plan plan = ready(second, now);
                Rehearsal rehearsal = new Rehearsal(Kinds.TABLE, now.state()).take(plan.steps());
                assertThat(rehearsal.state()).isEqualTo(Rehearsal.resources(then.state()));
                rehearsal.takeBack(plan.steps());
                assertThat(rehearsal.state()).isEqualTo(Rehearsal.resources(now.state()));
                assertThat(ready(second, then).steps()).isEmpty();
                assertThat(new Rehearsal(Kinds.TABLE, now.state())
                                .take(ready(HostState.EMPTY, now).steps())
                                .state())
                        .isEqualTo(bare);
            } catch (AssertionError e) {
                throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
            }
        }
    }

    private Plan ready(HostState wish, ObservedHost now) {
        Planning planning = planner.plan("kvm1", wish, now);
        assertThat(planning).isInstanceOf(Planning.Ready.class);
        return ((Planning.Ready) planning).plan();
    }
}
