// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.apply;

import io.vnetc.applier.host.HostContext;
import io.vnetc.applier.kinds.Change;
import io.vnetc.applier.kinds.Driver;
import io.vnetc.applier.kinds.DriverException;
import io.vnetc.applier.kinds.Observation;
import io.vnetc.applier.kinds.Requirement;
import io.vnetc.applier.kinds.StateBuilder;
import io.vnetc.compiler.plan.Step;
import io.vnetc.compiler.state.Resource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** The drivers, by the kind they drive. */
final class DriverSet {
    private final Map<String, Driver<?>> byKind = new LinkedHashMap<>();

    DriverSet(List<Driver<?>> drivers) {
        for (Driver<?> driver : drivers) {
            if (byKind.put(driver.kind().name(), driver) != null) {
                throw new IllegalArgumentException(
                        "two drivers for the kind " + driver.kind().name());
            }
        }
    }

    void observe(Observation observation, StateBuilder into) throws DriverException {
        for (Driver<?> driver : byKind.values()) {
            driver.observe(observation, into);
        }
    }

    /** Takes steps of one kind; see {@link Driver#moveAll}. */
    void move(List<Step> steps, HostContext host, Consumer<Step> done) throws DriverException {
        move(driver(steps.get(0)), steps, host, done);
    }

    Set<Requirement> requirements(List<Step> steps) {
        Map<Driver<?>, List<Step>> byDriver = new LinkedHashMap<>();
        for (Step step : steps) {
            byDriver.computeIfAbsent(driver(step), driver -> new ArrayList<>()).add(step);
        }
        Set<Requirement> all = new LinkedHashSet<>();
        byDriver.forEach((driver, own) -> all.addAll(requirements(driver, own)));
        return all;
    }

    private Driver<?> driver(Step step) {
        Driver<?> driver = byKind.get(step.address().kind());
        if (driver == null) {
            throw new IllegalStateException("no driver for " + step.address());
        }
        return driver;
    }

    private static <R extends Resource> void move(
            Driver<R> driver, List<Step> steps, HostContext host, Consumer<Step> done) throws DriverException {
        Map<Change<R>, Step> byChange = new LinkedHashMap<>();
        for (Step step : steps) {
            byChange.put(change(driver, step), step);
        }
        driver.moveAll(List.copyOf(byChange.keySet()), host, change -> done.accept(byChange.get(change)));
    }

    private static <R extends Resource> Set<Requirement> requirements(Driver<R> driver, List<Step> steps) {
        return driver.requirements(
                steps.stream().map(step -> change(driver, step)).toList());
    }

    private static <R extends Resource> Change<R> change(Driver<R> driver, Step step) {
        Class<R> type = driver.kind().type();
        return new Change<>(step.before().map(type::cast), step.after().map(type::cast), step.origin());
    }
}
