// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.apply;

import static io.vnetc.applier.apply.Samples.FORWARDING_OFF;
import static io.vnetc.applier.apply.Samples.FORWARDING_ON;
import static io.vnetc.applier.apply.Samples.address;
import static io.vnetc.applier.apply.Samples.bridge;
import static io.vnetc.applier.apply.Samples.desired;
import static io.vnetc.applier.apply.Samples.uplink;
import static org.assertj.core.api.Assertions.assertThat;

import io.vnetc.applier.host.Paths;
import io.vnetc.applier.kinds.DriverException;
import io.vnetc.applier.kinds.Requirement;
import io.vnetc.compiler.kind.Bridge;
import io.vnetc.compiler.kind.BridgeAddress;
import io.vnetc.compiler.kind.Setting;
import io.vnetc.compiler.model.Owner;
import io.vnetc.compiler.plan.Plan;
import io.vnetc.compiler.plan.Planning;
import io.vnetc.compiler.plan.Step;
import io.vnetc.compiler.state.Entry;
import io.vnetc.compiler.state.HostState;
import io.vnetc.compiler.state.ObservedHost;
import io.vnetc.compiler.state.Resource;
import io.vnetc.compiler.state.ResourceAddress;
import io.vnetc.compiler.state.Standing;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The engine on a host whose kernel is a map. */
final class ApplySessionTest {
    /** Something to make, to change, to remove and to borrow. */
    private static final HostState OLD = desired(
            bridge("old", 1500), address("old", "10.9.0.1/24"), bridge("kept", 1500), address("kept", "10.8.0.1/24"));

    private static final HostState NEW = desired(
            bridge("kept", 1400),
            address("kept", "10.8.0.1/24"),
            bridge("new", 1500),
            address("new", "10.7.0.1/24"),
            FORWARDING_ON);

    @TempDir
    private Path directory;

    private Paths paths;
    private FakeHost host;

    @BeforeEach
    void freshHost() {
        paths = Paths.below(directory);
        host = new FakeHost(paths).withForeign(uplink()).withForeign(FORWARDING_OFF);
    }

    @Test
    void makes_what_is_wanted_and_the_next_plan_is_empty() throws Exception {
        assertThat(apply(OLD)).isEqualTo(new Outcome.Applied());
        assertThat(apply(NEW)).isEqualTo(new Outcome.Applied());
        assertThat(owned()).isEqualTo(resources(NEW));
        assertThat(plan(NEW).steps()).isEmpty();
        assertThat(files().applied()).map(ApplySessionTest::resources).contains(resources(NEW));
    }

    @Test
    void gives_back_all_of_it_when_nothing_is_wanted() throws Exception {
        Map<ResourceAddress, Resource> before = host.things();
        apply(NEW);
        assertThat(host.things()).containsEntry(FORWARDING_ON.address(), FORWARDING_ON);

        assertThat(apply(HostState.EMPTY)).isEqualTo(new Outcome.Applied());

        assertThat(host.things()).isEqualTo(before);
        assertThat(ledger().former()).isEmpty();
    }

    @Test
    void a_borrowed_setting_keeps_the_value_that_it_had_first() throws Exception {
        apply(NEW);
        apply(OLD);
        apply(NEW);
        assertThat(ledger().former()).containsEntry(FORWARDING_OFF.address(), FORWARDING_OFF);
    }

    @Test
    void a_step_that_fails_leaves_the_host_as_it_was() throws Exception {
        apply(OLD);
        Map<ResourceAddress, Resource> before = host.things();
        int steps = plan(NEW).steps().size();
        assertThat(steps).isGreaterThan(5);
        for (int step = 0; step < steps; step++) {
            for (FaultAt fault : List.of(new FaultAt(step, false), new FaultAt(step, true))) {
                Outcome outcome = apply(NEW, fault);

                assertThat(outcome).as("%s", fault).isInstanceOf(Outcome.RolledBack.class);
                assertThat(((Outcome.RolledBack) outcome).failure().what()).contains("on purpose");
                assertThat(host.things()).as("%s", fault).isEqualTo(before);
                assertThat(ledger().former()).as("%s", fault).isEmpty();
                assertThat(files().journal(host.access().context().identity())).isEmpty();
            }
        }
    }

    @Test
    void a_step_that_fails_half_way_is_undone() throws Exception {
        apply(OLD);
        Map<ResourceAddress, Resource> before = host.things();
        for (Step step : plan(NEW).steps()) {
            host.failAfterMakingOnce(step.address());

            assertThat(apply(NEW)).as("%s", step.address()).isInstanceOf(Outcome.RolledBack.class);
            assertThat(host.things()).as("%s", step.address()).isEqualTo(before);
        }
    }

    @Test
    void a_failure_names_the_thing_the_words_of_the_kernel_and_the_source_line() throws Exception {
        host.breakMovesOf(bridge("new", 1500).address());
        Failure failure = ((Outcome.RolledBack) apply(NEW)).failure();
        assertThat(failure.what()).isEqualTo("cannot move bridge/vbr-new: EBUSY (Device or resource busy)");
        assertThat(failure.origin()).map(Object::toString).contains("lab.vnet:3");
        assertThat(failure.remedy()).contains("Wait.");
    }

    @Test
    void a_kernel_that_does_something_else_is_found_out_and_all_is_rolled_back() throws Exception {
        Map<ResourceAddress, Resource> before = host.things();
        host.kernelMakesOfIt(resource ->
                resource instanceof Bridge made && made.name().text().equals("vbr-new")
                        ? bridge("new", 1499)
                        : resource);

        Failure failure = ((Outcome.RolledBack) apply(NEW)).failure();

        assertThat(failure.what()).contains("bridge/vbr-new: mtu is 1499, not 1500");
        assertThat(failure.origin()).map(Object::toString).contains("lab.vnet:3");
        assertThat(host.things()).isEqualTo(before);
    }

    @Test
    void a_foreign_thing_that_a_step_harms_is_found_out() throws Exception {
        apply(OLD);
        host.withForeign(new BridgeAddress(
                bridge("kept", 1500).name(),
                Owner.HOST,
                address("kept", "192.0.2.1/24").inet()));
        host.kernelMakesOfIt(resource -> {
            host.remove(address("kept", "192.0.2.1/24").address());
            return resource;
        });

        Outcome outcome = apply(NEW);

        assertThat(outcome).isInstanceOf(Outcome.Incomplete.class);
        assertThat(((Outcome.Incomplete) outcome).failure().what())
                .contains("not vnetc's")
                .contains("address/vbr-kept/192.0.2.1/24");
        assertThat(((Outcome.Incomplete) outcome).remains())
                .containsExactly("address/vbr-kept/192.0.2.1/24: is not there");
    }

    @Test
    void a_rollback_that_fails_says_what_remains_and_can_be_tried_again() throws Exception {
        Map<ResourceAddress, Resource> before = host.things();
        ResourceAddress stuck = bridge("new", 1500).address();

        Outcome outcome = apply(NEW, new StepFault() {
            @Override
            public void after(int index, Step step) throws DriverException {
                if (step.address().equals(address("new", "10.7.0.1/24").address())) {
                    host.breakMovesOf(stuck);
                    throw new DriverException("failed", "on purpose", "");
                }
            }
        });

        assertThat(outcome).isInstanceOf(Outcome.Incomplete.class);
        assertThat(((Outcome.Incomplete) outcome).remains())
                .containsExactly(
                        "bridge/vbr-new: cannot move bridge/vbr-new: EBUSY (Device or resource busy)",
                        "bridge/vbr-new: is there");
        host.repair();
        assertThat(recover()).isEmpty();
        assertThat(host.things()).isEqualTo(before);
    }

    @Test
    void a_host_that_cannot_be_looked_at_any_more_is_rolled_back_by_what_is_known() throws Exception {
        Map<ResourceAddress, Resource> before = host.things();
        Outcome outcome = apply(NEW, new StepFault() {
            @Override
            public void after(int index, Step step) throws DriverException {
                if (index == 2) {
                    host.cannotBeLookedAt("ENOBUFS");
                    throw new DriverException("failed", "on purpose", "");
                }
            }
        });
        assertThat(outcome).isInstanceOf(Outcome.Incomplete.class);
        assertThat(((Outcome.Incomplete) outcome).remains())
                .containsExactly("the host cannot be looked at: cannot read the links: ENOBUFS");
        assertThat(host.things()).isEqualTo(before);
    }

    @Test
    void an_apply_that_is_killed_anywhere_is_taken_back_by_the_next() throws Exception {
        apply(OLD);
        Map<ResourceAddress, Resource> before = host.things();
        int steps = plan(NEW).steps().size();
        for (int step = 0; step < steps; step++) {
            for (boolean after : List.of(false, true)) {
                killAt(step, after);

                assertThat(recover()).isEmpty();
                assertThat(host.things())
                        .as("killed at %s, after: %s", step, after)
                        .isEqualTo(before);
                assertThat(ledger().former()).isEmpty();
            }
        }
    }

    @Test
    void what_somebody_else_set_meanwhile_is_left_and_reported() throws Exception {
        killAt(plan(NEW).steps().size() - 1, true);
        Setting theirs = new Setting("eno1", FORWARDING_ON.key(), 7);
        host.withForeign(theirs);
        assertThat(recover())
                .contains("setting/eno1/ipv4.forwarding: somebody else changed it meanwhile; left as it is");
        assertThat(host.things()).containsEntry(theirs.address(), theirs);
    }

    @Test
    void what_was_written_down_before_a_restart_of_the_machine_is_void() throws Exception {
        killAt(3, true);
        Path journal = paths.state().resolve("journal.json");
        Files.writeString(
                journal, Files.readString(journal).replaceAll("\"boot_id\":\"[^\"]*\"", "\"boot_id\":\"other\""));
        Path ledger = paths.state().resolve("ledger.json");
        Files.writeString(
                ledger,
                Files.readString(ledger).replaceAll("\"namespace_cookie\":\"[^\"]*\"", "\"namespace_cookie\":\"1\""));
        try (ApplySession session = open(StepFault.NONE)) {
            assertThat(session.interrupted()).isEmpty();
        }
        assertThat(ledger().former()).isEmpty();
    }

    @Test
    void a_request_to_stop_ends_in_the_old_state() throws Exception {
        apply(OLD);
        Map<ResourceAddress, Resource> before = host.things();
        try (ApplySession session = open(
                new StepFault() {
                    // Steps one by one, each a place to stop.
                })) {
            ObservedHost observed = session.observe();
            Plan plan = ready(session.plan("kvm1", NEW, observed));
            int[] asked = {0};
            Outcome outcome = session.run(plan, observed, Optional.of(NEW), Progress.SILENT, () -> ++asked[0] == 4);
            assertThat(outcome).isEqualTo(new Outcome.Stopped());
        }
        assertThat(host.things()).isEqualTo(before);
    }

    @Test
    void a_saved_plan_needs_no_source_to_be_checked_against() throws Exception {
        apply(OLD);
        try (ApplySession session = open(StepFault.NONE)) {
            ObservedHost observed = session.observe();
            Plan plan = ready(session.plan("kvm1", NEW, observed));
            assertThat(session.run(plan, observed, Optional.empty(), Progress.SILENT, () -> false))
                    .isEqualTo(new Outcome.Applied());
        }
        assertThat(files().applied()).map(ApplySessionTest::resources).contains(resources(NEW));
    }

    @Test
    void says_what_the_machine_lacks() throws Exception {
        host.require(Requirement.program("no-such-program", "no-such-package"));
        try (ApplySession session = open(StepFault.NONE)) {
            assertThat(session.missing(ready(session.plan("kvm1", NEW, session.observe()))))
                    .containsExactly(Requirement.program("no-such-program", "no-such-package"));
        }
    }

    private record FaultAt(int index, boolean afterwards) implements StepFault {
        @Override
        public void before(int step, Step taken) throws DriverException {
            if (step == index && !afterwards) {
                throw new DriverException("failed", "on purpose", "");
            }
        }

        @Override
        public void after(int step, Step taken) throws DriverException {
            if (step == index && afterwards) {
                throw new DriverException("failed", "on purpose", "");
            }
        }
    }

    /** As if the process were gone: nothing of the engine runs after it. */
    private static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }

    private void killAt(int index, boolean afterwards) throws Exception {
        try {
            apply(NEW, new StepFault() {
                @Override
                public void before(int step, Step taken) {
                    if (step == index && !afterwards) {
                        throw new Killed();
                    }
                }

                @Override
                public void after(int step, Step taken) {
                    if (step == index && afterwards) {
                        throw new Killed();
                    }
                }
            });
        } catch (Killed e) {
            return;
        }
        throw new AssertionError("it came to its end");
    }

    private List<String> recover() throws Exception {
        try (ApplySession session = open(StepFault.NONE)) {
            return session.recover(session.interrupted().orElseThrow(), Progress.SILENT);
        }
    }

    private Outcome apply(HostState wanted) throws Exception {
        return apply(wanted, StepFault.NONE);
    }

    private Outcome apply(HostState wanted, StepFault fault) throws Exception {
        try (ApplySession session = open(fault)) {
            ObservedHost observed = session.observe();
            Plan plan = ready(session.plan("kvm1", wanted, observed));
            return session.run(plan, observed, Optional.of(wanted), Progress.SILENT, () -> false);
        }
    }

    private Plan plan(HostState wanted) throws Exception {
        HostAccess access = host.access();
        return ready(access.planner().plan("kvm1", wanted, access.observe()));
    }

    private static Plan ready(Planning planning) {
        assertThat(planning).isInstanceOf(Planning.Ready.class);
        return ((Planning.Ready) planning).plan();
    }

    private ApplySession open(StepFault fault) throws Exception {
        return ApplySession.open(host.access(), fault, "apply");
    }

    private ApplyFiles files() {
        return new ApplyFiles(paths);
    }

    private Ledger ledger() throws Exception {
        return files().ledger(host.access().context().identity());
    }

    private Map<ResourceAddress, Resource> owned() throws Exception {
        return resources(host.access().observe().state().entries().values().stream()
                .filter(entry -> entry.standing() != Standing.FOREIGN)
                .toList());
    }

    private static Map<ResourceAddress, Resource> resources(HostState state) {
        return resources(List.copyOf(state.entries().values()));
    }

    private static Map<ResourceAddress, Resource> resources(List<Entry> entries) {
        Map<ResourceAddress, Resource> resources = new TreeMap<>();
        entries.forEach(entry -> resources.put(entry.resource().address(), entry.resource()));
        return resources;
    }
}
