// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.vnetc.compiler.model.Origin;
import io.vnetc.compiler.plan.Thing.Trait;
import io.vnetc.compiler.state.Entry;
import io.vnetc.compiler.state.HostFacts;
import io.vnetc.compiler.state.HostState;
import io.vnetc.compiler.state.ObservedHost;
import io.vnetc.compiler.state.Resource;
import io.vnetc.compiler.state.ResourceAddress;
import io.vnetc.compiler.state.Standing;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What holds of every plan, tried on random hosts and wishes. */
class PlannerPropertiesTest {
    private static final int CASES = 2_000;
    private static final int NAMES = 14;
    private static final Trait[] TRAITS = Trait.values();

    private final Planner planner = new Planner(Thing.KINDS);

    @Test
    void anyHostIsLedToAnyWishAndBackWithoutAStepThatTheKernelWouldRefuse() {
        int planned = 0;
        int replaced = 0;
        for (long seed = 0; seed < CASES; seed++) {
            Random random = new Random(seed);
            List<Entry> foreign = foreign(random);
            HostState now = host(random, foreign, true);
            HostState wish = host(random, List.of(), false);
            Planning planning = planner.plan("kvm1", wish, observed(now));
            assertThat(planning).as("seed %d", seed).isInstanceOf(Planning.Ready.class);
            Plan plan = ((Planning.Ready) planning).plan();
            List<Entry> whole = new ArrayList<>(wish.entries().values());
            whole.addAll(foreign);
            try {
                Rehearsal rehearsal = new Rehearsal(Thing.KINDS, now).take(plan.steps());
                assertThat(rehearsal.state()).isEqualTo(Rehearsal.resources(whole));
                rehearsal.takeBack(plan.steps());
                assertThat(rehearsal.state()).isEqualTo(Rehearsal.resources(now));
            } catch (AssertionError e) {
                throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
            }
            planned += plan.steps().size();
            replaced += (int) plan.steps().stream()
                    .filter(step ->
                            step.after().isEmpty() && wish.find(step.address()).isPresent())
                    .count();
        }
        // The generator has to meet the hard cases, or all of this shows nothing.
        assertThat(planned).isGreaterThan(10 * CASES);
        assertThat(replaced).isGreaterThan(CASES / 2);
    }

    @Test
    void nothingIsToBeDoneWhereEverythingIsAsWished() {
        for (long seed = 0; seed < CASES / 10; seed++) {
            Random random = new Random(seed);
            List<Entry> foreign = foreign(random);
            HostState wish = host(random, List.of(), false);
            List<Entry> now = new ArrayList<>(foreign);
            wish.entries().values().forEach(it -> now.add(Entry.observed(it.resource(), it.standing())));
            assertThat(planner.plan("kvm1", wish, observed(HostState.of(now))))
                    .as("seed %d", seed)
                    .isInstanceOfSatisfying(
                            Planning.Ready.class,
                            ready -> assertThat(ready.plan().steps()).isEmpty());
        }
    }

    @Test
    void theOrderInWhichAStateWasPutTogetherIsOfNoConsequence() {
        for (long seed = 0; seed < CASES / 10; seed++) {
            Random random = new Random(seed);
            HostState now = host(random, foreign(random), true);
            HostState wish = host(random, List.of(), false);
            assertThat(planner.plan("kvm1", shuffled(wish, random), observed(shuffled(now, random))))
                    .as("seed %d", seed)
                    .isEqualTo(planner.plan("kvm1", wish, observed(now)));
        }
    }

    private static HostState shuffled(HostState state, Random random) {
        List<Entry> entries = new ArrayList<>(state.entries().values());
        Collections.shuffle(entries, random);
        return HostState.of(entries);
    }

    private static ObservedHost observed(HostState state) {
        return new ObservedHost(state, new HostFacts("kvm1", "6.1", Set.of(), new TreeMap<>(), Set.of()));
    }

    private static List<Entry> foreign(Random random) {
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < random.nextInt(4); i++) {
            entries.add(Entry.observed(Thing.of(Trait.SOFT, "foreign" + i, random.nextInt(9)), Standing.FOREIGN));
        }
        return entries;
    }

    /** Things that need things before them in an order that differs from host to host, and share scarce claims out. */
    private static HostState host(Random random, List<Entry> foreign, boolean observed) {
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < NAMES; i++) {
            order.add(i);
        }
        Collections.shuffle(order, random);
        List<String> scarce = new ArrayList<>(List.of("red", "green", "blue"));
        Map<ResourceAddress, Entry> entries = new TreeMap<>();
        foreign.forEach(entry -> entries.put(entry.resource().address(), entry));
        List<String> held = new ArrayList<>();
        int size = random.nextInt(NAMES);
        for (int i : order.subList(0, size)) {
            Thing thing = Thing.of(TRAITS[i % TRAITS.length], "t" + i, random.nextInt(3));
            Set<String> needs = new HashSet<>();
            for (int n = random.nextInt(3); n > 0 && !held.isEmpty(); n--) {
                needs.add(held.get(random.nextInt(held.size())));
            }
            List<String> claims = new ArrayList<>(List.of("t" + i));
            if (random.nextInt(4) == 0 && !scarce.isEmpty()) {
                claims.add(scarce.remove(random.nextInt(scarce.size())));
            }
            // What the kernel drops by itself is nothing that others stand on, as an address.
            if (thing.trait() != Trait.DROPPED) {
                held.addAll(claims);
            }
            Resource resource = thing.needing(needs.toArray(String[]::new)).claiming(claims.toArray(String[]::new));
            entries.put(
                    resource.address(),
                    observed
                            ? Entry.observed(resource, Standing.OWNED)
                            : Entry.owned(resource, new Origin("lab.vnet", i + 1, 1)));
        }
        return HostState.of(entries.values());
    }
}
