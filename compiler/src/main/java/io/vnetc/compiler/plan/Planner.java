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
import java.util.stream.Stream;

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
        return plan(hostName, desired, now, Allowances.NONE);
    }

    /**
     * The same.
     *
     * @param allowances what is done although it is refused otherwise
     */
    public Planning plan(String hostName, HostState wished, ObservedHost seen, Allowances allowances) {
        HostState desired = RunningGuests.wanted(wished, seen);
        HostIndex index = new HostIndex(RunningGuests.seen(wished, seen));
        List<Conflict> conflicts = new ArrayList<>(new Obstacles(kinds, index, desired).conflicts());
        Courses courses = new Courses(kinds, index, desired);
        conflicts.addAll(Obstacles.lost(kinds, courses.foreignLosses()));
        // What gives way to break a circle is known when there is an order; where something else is wrong there is
        // none.
        List<Move> moves = conflicts.isEmpty() ? order(courses) : List.of();
        Guards guards = new Guards(kinds, index, desired, allowances);
        guards.check(courses.all().values());
        conflicts.addAll(guards.conflicts());
        if (!conflicts.isEmpty()) {
            return new Planning.Refused(conflicts.stream().distinct().toList());
        }
        List<String> notices = Stream.concat(courses.notices().stream(), guards.notices().stream())
                .toList();
        return new Planning.Ready(ready(hostName, index, moves, notices));
    }

    /** The plan for a host that has all that is needed and nothing in the way, as when none was looked at. */
    public Plan blueprint(String hostName, HostState desired) {
        HostFacts facts = new HostFacts(hostName, "", Set.of(), new TreeMap<>(), Set.of());
        ObservedHost bare = new ObservedHost(HostState.EMPTY, facts);
        HostIndex nothing = new HostIndex(bare);
        Courses courses = new Courses(kinds, nothing, RunningGuests.wanted(desired, bare));
        return ready(hostName, nothing, order(courses), courses.notices());
    }

    private Plan ready(String hostName, HostIndex index, List<Move> moves, List<String> notices) {
        Impacts impacts = new Impacts(kinds, index);
        List<Step> steps = new ArrayList<>();
        for (Move move : moves) {
            steps.add(move.step(impacts.of(move)));
        }
        List<String> all = Stream.concat(
                        notices.stream(),
                        HostMove.of(kinds, steps, index.host().state()).stream().map(HostMove::notice))
                .toList();
        return new Plan(hostName, steps, all, BaseDigest.of(kinds, steps, index));
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
