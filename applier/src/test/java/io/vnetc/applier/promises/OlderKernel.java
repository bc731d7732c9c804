// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.promises;

import io.vnetc.applier.host.HostContext;
import io.vnetc.applier.kinds.Change;
import io.vnetc.applier.kinds.Driver;
import io.vnetc.applier.kinds.DriverException;
import io.vnetc.applier.kinds.Observation;
import io.vnetc.applier.kinds.Requirement;
import io.vnetc.applier.kinds.StateBuilder;
import io.vnetc.compiler.state.Entry;
import io.vnetc.compiler.state.HostFacts.Feature;
import io.vnetc.compiler.state.Kind;
import io.vnetc.compiler.state.ObservedHost;
import io.vnetc.compiler.state.Resource;
import io.vnetc.compiler.state.Standing;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** A driver that does not see what this kernel can do, and so works as it would on one that cannot. */
record OlderKernel<R extends Resource>(Driver<R> driver, Feature lacking) implements Driver<R> {
    static List<Driver<?>> without(Feature lacking, List<Driver<?>> drivers) {
        List<Driver<?>> wrapped = new ArrayList<>();
        drivers.forEach(driver -> wrapped.add(new OlderKernel<>(driver, lacking)));
        return wrapped;
    }

    @Override
    public Kind<R> kind() {
        return driver.kind();
    }

    @Override
    public void observe(Observation observation, StateBuilder into) throws DriverException {
        StateBuilder seen = new StateBuilder();
        driver.observe(observation, seen);
        ObservedHost host = seen.build("", "");
        for (Entry entry : host.state().entries().values()) {
            if (entry.standing() == Standing.OWNED) {
                into.owned(entry.resource());
            } else {
                into.foreign(entry.resource());
            }
        }
        host.facts().heldLinks().forEach(into::held);
        host.facts().holders().forEach(into::held);
        host.facts().features().stream().filter(feature -> feature != lacking).forEach(into::feature);
    }

    @Override
    public void move(Change<R> change, HostContext host) throws DriverException {
        driver.move(change, host);
    }

    @Override
    public void moveAll(List<Change<R>> changes, HostContext host, Consumer<Change<R>> done) throws DriverException {
        driver.moveAll(changes, host, done);
    }

    @Override
    public Set<Requirement> requirements(List<Change<R>> changes) {
        return driver.requirements(changes);
    }
}
