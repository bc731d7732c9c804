// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.plan;

import io.vnetc.compiler.state.HostFacts;
import io.vnetc.compiler.state.HostState;
import io.vnetc.compiler.state.KindTable;
import io.vnetc.compiler.state.ObservedHost;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/**
 * Finds the steps from what a host is to what it is to be.
 *
 * <p>What is made and changed comes first, what is given up last, but for what has to be given up before it can be taken
 * elsewhere. A resource that cannot change as it stands is taken away and made again, with everything that the kernel
 * would take away along with it as steps of their own. What is foreign is never part of a step: where it would have to
 * be, the plan is refused.
 */
public final class Planner {
    private final KindTable kinds;

    public Planner(KindTable kinds) {
        this.kinds = kinds;
    }

    /**
     * The plan for a host that was observed, or what is in its way.
     *
     * @throws IllegalStateException when the steps wait for each other in a circle, which is a defect
     */
    public Planning plan(String hostName, HostState desired, ObservedHost now) {
        HostIndex index = new HostIndex(now);
        List<Conflict> conflicts = new ArrayList<>(new Obstacles(kinds, index, desired).conflicts());
        Courses courses = new Courses(kinds, index, desired);
        conflicts.addAll(Obstacles.lost(kinds, courses.foreignLosses()));
        return conflicts.isEmpty()
                ? new Planning.Ready(ready(hostName, index, courses))
                : new Planning.Refused(conflicts.stream().distinct().toList());
    }

    /** The plan for a host that has all that is needed and nothing in the way, as when none was looked at. */
    public Plan blueprint(String hostName, HostState desired) {
        HostFacts facts = new HostFacts(hostName, "", Set.of(), new TreeMap<>(), Set.of());
        HostIndex nothing = new HostIndex(new ObservedHost(HostState.EMPTY, facts));
        return ready(hostName, nothing, new Courses(kinds, nothing, desired));
    }

    private Plan ready(String hostName, HostIndex index, Courses courses) {
        Impacts impacts = new Impacts(kinds, index);
        List<Step> steps = new ArrayList<>();
        for (Move move : order(courses)) {
            steps.add(move.step(impacts.of(move)));
        }
        return new Plan(hostName, steps, courses.notices(), BaseDigest.of(kinds, steps, index));
    }

    private List<Move> order(Courses courses) {
        while (true) {
            try {
                return new Order(kinds, courses.all()).sorted();
            } catch (Order.CycleException e) {
                // Two that swap what they hold: one of them lets go first.
                if (!courses.breakUp(e.courses())) {
                    throw e;
                }
            }
        }
    }
}
