// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.apply;

import io.vnetc.compiler.kind.Kinds;
import io.vnetc.compiler.plan.Step;
import io.vnetc.compiler.state.Entry;
import io.vnetc.compiler.state.HostState;
import io.vnetc.compiler.state.Resource;
import io.vnetc.compiler.state.ResourceAddress;
import io.vnetc.compiler.state.Standing;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What a host will be when steps are made. */
final class Outlook {
    private Outlook() {}

    /** What will be there. */
    static HostState all(HostState observed, List<Step> steps) {
        TreeMap<ResourceAddress, Entry> entries = new TreeMap<>(observed.entries());
        for (Step step : steps) {
            step.after()
                    .ifPresentOrElse(
                            after -> entries.put(
                                    step.address(),
                                    new Entry(after, step.standing(), former(observed, step), step.origin())),
                            () -> entries.remove(step.address()));
        }
        return new HostState(entries);
    }

    /** What will be there because vnetc wants it so: the desired state that a saved plan with these steps was made for. */
    static HostState desired(HostState observed, List<Step> steps) {
        Map<ResourceAddress, Entry> entries = new TreeMap<>(all(observed, steps).entries());
        entries.values()
                .removeIf(entry -> entry.standing() == Standing.FOREIGN
                        || (entry.standing() == Standing.BORROWED
                                && entry.former()
                                        .filter(former -> isGivenBack(former, entry.resource()))
                                        .isPresent()));
        return new HostState(new TreeMap<>(entries));
    }

    private static boolean isGivenBack(Resource former, Resource now) {
        return Kinds.TABLE.givenBack(former, now).equals(now);
    }

    private static Optional<Resource> former(HostState observed, Step step) {
        return observed.find(step.address()).flatMap(Entry::former).or(step::before);
    }
}
