// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.apply;

import io.vnetc.applier.host.HostContext;
import io.vnetc.applier.host.Lock;
import io.vnetc.applier.host.Lock.LockedException;
import io.vnetc.applier.kinds.Driver;
import io.vnetc.applier.kinds.DriverException;
import io.vnetc.applier.kinds.Inquiry;
import io.vnetc.applier.kinds.Requirement;
import io.vnetc.compiler.kind.Kinds;
import io.vnetc.compiler.model.Owner;
import io.vnetc.compiler.plan.Allowances;
import io.vnetc.compiler.plan.BaseDigest;
import io.vnetc.compiler.plan.Conflict;
import io.vnetc.compiler.plan.Plan;
import io.vnetc.compiler.plan.Planning;
import io.vnetc.compiler.plan.Step;
import io.vnetc.compiler.state.Entry;
import io.vnetc.compiler.state.HostState;
import io.vnetc.compiler.state.ObservedHost;
import io.vnetc.compiler.state.ResourceAddress;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/**
 * A writer's time on a host. It holds the lock from its opening to its end, so that what it saw is what it changes.
 *
 * <ol>
 *   <li>{@link #interrupted}, and {@link #recover} where an earlier apply did not come to its end
 *   <li>{@link #observe}, then a plan from what was seen
 *   <li>{@link #missing}: what the machine lacks for it
 *   <li>{@link #run}
 * </ol>
 */
public final class ApplySession implements AutoCloseable {
    private final HostContext host;
    private final DriverSet drivers;
    private final PlanFunction planner;
    private final StepFault fault;
    private final Lock lock;
    private final ApplyFiles files;
    private Inquiry.Source inquirer = host -> Inquiry.NONE;

    private ApplySession(HostContext host, List<Driver<?>> drivers, PlanFunction planner, StepFault fault, Lock lock) {
        this.host = host;
        this.drivers = new DriverSet(drivers);
        this.planner = planner;
        this.fault = fault;
        this.lock = lock;
        this.files = new ApplyFiles(host.paths());
    }

    /**
     * Takes the lock.
     *
     * @param command for whoever finds it taken
     */
    public static ApplySession open(HostAccess access, StepFault fault, String command)
            throws IOException, LockedException {
        return open(access, fault, Lock.take(access.context().paths(), command));
    }

    /**
     * Takes the lock, or waits for it.
     *
     * @param command for whoever finds it taken
     * @param longest that it waits
     */
    public static ApplySession await(HostAccess access, StepFault fault, String command, Duration longest)
            throws IOException, LockedException, InterruptedException {
        return open(access, fault, Lock.await(access.context().paths(), command, longest));
    }

    private static ApplySession open(HostAccess access, StepFault fault, Lock lock) {
        return new ApplySession(access.context(), access.drivers(), access.planner(), fault, lock);
    }

    @Override
    public void close() {
        lock.close();
    }

    /** The plan of an earlier apply that was killed, or whose rollback is incomplete. */
    public Optional<Plan> interrupted() throws IOException, DriverException {
        return files.journal(host.identity());
    }

    /**
     * Takes back what an earlier apply left.
     *
     * @return what could not be taken back, a line each; when empty, the host is as before that apply
     */
    public List<String> recover(Plan plan, Progress progress) throws IOException, DriverException {
        Ledger ledger = files.ledger(host.identity());
        Inquiry inquiry = Inquiry.about(plan, files.applied());
        inquirer = name -> inquiry;
        progress.phase("taking back what an earlier apply left");
        List<String> problems = new ArrayList<>(new Rollback(drivers, host, progress).run(plan.steps(), look(ledger)));
        ObservedHost seen = look(ledger);
        HostState now = seen.state();
        // The journal has what each resource was before its first step; of the others nothing is known, or done.
        Map<ResourceAddress, Step> first = plan.steps().stream()
                .collect(Collectors.toMap(Step::address, step -> step, (one, two) -> one, TreeMap::new));
        first.forEach((address, step) -> {
            var is = now.find(address).map(Entry::resource);
            if (!is.equals(step.before()) && !seen.facts().hasEnded(step.resource())) {
                problems.add(new Difference(address, step.before(), is).text());
            }
        });
        if (problems.isEmpty()) {
            files.writeLedger(host.identity(), ledger.settled(now));
            files.deleteJournal();
        }
        return problems;
    }

    /** The host as it is. Guests are asked for what was applied, here and whenever this looks again. */
    public ObservedHost observe() throws IOException, DriverException {
        Inquiry inquiry = Inquiry.about(files.applied());
        return observe(name -> inquiry);
    }

    /** The same for a plan that was made earlier. */
    public ObservedHost observe(Plan plan) throws IOException, DriverException {
        Inquiry inquiry = Inquiry.about(plan, files.applied());
        return observe(name -> inquiry);
    }

    /** The same, with guests asked for what somebody else wants of them. */
    public ObservedHost observe(Inquiry.Source wanted) throws IOException, DriverException {
        inquirer = wanted;
        return look(files.ledger(host.identity()));
    }

    /** What the host was last made to be. */
    public Optional<HostState> applied() throws IOException {
        return files.applied();
    }

    /** The steps to this state. */
    public Planning plan(String hostName, HostState desired, ObservedHost observed, Allowances allowances) {
        return planner.plan(hostName, desired, observed, allowances);
    }

    /** The same, with nothing allowed that is refused otherwise. */
    public Planning plan(String hostName, HostState desired, ObservedHost observed) {
        return plan(hostName, desired, observed, Allowances.NONE);
    }

    /** The steps to what this state has of one owner. All else stays as it is, and what is protected may go. */
    public Planning planOf(Owner owner, String hostName, HostState desired, ObservedHost observed) {
        SortedMap<ResourceAddress, Entry> entries =
                new TreeMap<>(Outlook.desired(observed.state(), List.of()).entries());
        entries.values().removeIf(entry -> entry.resource().owner().equals(owner));
        desired.entries().forEach((address, entry) -> {
            if (entry.resource().owner().equals(owner)) {
                entries.put(address, entry);
            }
        });
        return plan(hostName, new HostState(entries), observed, Allowances.ALL);
    }

    /** Whether a plan that was made earlier still fits: what its steps touch and depend on is as it was. */
    public boolean isFresh(Plan plan, ObservedHost observed) {
        return BaseDigest.of(Kinds.TABLE, plan, observed).equals(plan.base());
    }

    /** What the machine lacks for a plan. */
    public List<Requirement> missing(Plan plan) {
        return drivers.requirements(plan.steps()).stream()
                .filter(requirement -> !requirement.isMet(host))
                .toList();
    }

    /**
     * Carries out a plan: all of it, or nothing.
     *
     * @param observed what the plan was made from, seen in this session
     * @param desired what the plan is for; absent: what follows from its steps
     * @param stop asked between steps; when it says so, what was done is taken back
     */
    public Outcome run(
            Plan plan, ObservedHost observed, Optional<HostState> desired, Progress progress, BooleanSupplier stop)
            throws IOException, DriverException {
        Ledger before = files.ledger(host.identity());
        HostState target = desired.orElseGet(() -> Outlook.desired(observed.state(), plan.steps()));
        if (!plan.isEmpty()) {
            progress.phase("writing the journal");
            files.writeJournal(host.identity(), plan);
            files.writeLedger(host.identity(), before.borrowing(plan.steps()));
            progress.phase("making the changes");
            StepRunner.Run run = new StepRunner(drivers, host, fault, progress).run(plan.steps(), stop);
            if (run.failure().isPresent() || run.stopped()) {
                return rollBack(run.attempted(), run.failure(), observed, before, progress);
            }
            progress.phase("looking at the host again");
            Optional<Failure> failure = verify(plan, observed.state(), target);
            if (failure.isPresent()) {
                return rollBack(plan.steps(), failure, observed, before, progress);
            }
        }
        files.writeApplied(host.identity(), target);
        files.deleteJournal();
        return new Outcome.Applied();
    }

    /** Whether the host is as it is to be; if so, the ledger forgets what was given back. */
    private Optional<Failure> verify(Plan plan, HostState before, HostState target) throws IOException {
        try {
            Ledger ledger = files.ledger(host.identity());
            ObservedHost after = look(ledger);
            Optional<Failure> failure = unfinished(plan, planner.plan(plan.host(), target, after, Allowances.ALL))
                    .or(() -> collateral(plan, before, after.state()));
            if (failure.isEmpty()) {
                files.writeLedger(host.identity(), ledger.settled(after.state()));
            }
            return failure;
        } catch (DriverException e) {
            return Optional.of(Failure.looking(e));
        }
    }

    private static Optional<Failure> unfinished(Plan plan, Planning again) {
        if (again instanceof Planning.Refused refused) {
            Conflict conflict = refused.conflicts().get(0);
            return Optional.of(new Failure(conflict.message(), Optional.empty(), Optional.of(conflict.remedy())));
        }
        List<Step> left = ((Planning.Ready) again).plan().steps();
        if (left.isEmpty()) {
            return Optional.empty();
        }
        Step first = left.get(0);
        Difference difference = new Difference(first.address(), first.after(), first.before());
        // The step of the plan that was to do it, whose source line the reader wants.
        Step blamed = plan.steps().stream()
                .filter(step -> step.address().equals(first.address()))
                .findFirst()
                .orElse(first);
        String more = left.size() == 1 ? "" : " (and %d more)".formatted(left.size() - 1);
        return Optional.of(new Failure(
                "after all steps the host is not as it was to be: " + difference.text() + more,
                Optional.of(blamed),
                Optional.empty()));
    }

    private static Optional<Failure> collateral(Plan plan, HostState before, HostState after) {
        return Verification.foreign(before, after, plan.steps()).stream()
                .findFirst()
                .map(difference -> new Failure(
                        "something that is not vnetc's changed meanwhile: " + difference.text(),
                        Optional.empty(),
                        Optional.of("Find out who changes it, and apply again.")));
    }

    private Outcome rollBack(
            List<Step> attempted, Optional<Failure> failure, ObservedHost before, Ledger ledger, Progress progress)
            throws IOException, DriverException {
        progress.phase("taking back");
        List<String> problems = new ArrayList<>();
        Ledger borrowed = files.ledger(host.identity());
        ObservedHost now;
        try {
            now = look(borrowed);
        } catch (DriverException e) {
            problems.add("the host cannot be looked at: " + e.getMessage());
            now = new ObservedHost(Outlook.all(before.state(), attempted), before.facts());
        }
        problems.addAll(new Rollback(drivers, host, progress).run(attempted, now));
        try {
            Verification.rollback(before.state(), look(borrowed), attempted)
                    .forEach(difference -> problems.add(difference.text()));
        } catch (DriverException e) {
            problems.add("the host cannot be looked at: " + e.getMessage());
        }
        Failure why = failure.orElseGet(() -> new Failure("asked to stop", Optional.empty(), Optional.empty()));
        if (!problems.isEmpty()) {
            // Journal and ledger stay: with them `recover` can try again.
            return new Outcome.Incomplete(why, problems.stream().distinct().toList());
        }
        files.writeLedger(host.identity(), ledger);
        files.deleteJournal();
        return failure.isPresent() ? new Outcome.RolledBack(why) : new Outcome.Stopped();
    }

    private ObservedHost look(Ledger ledger) throws DriverException {
        return new Observer(host, drivers).observe(ledger, inquirer);
    }
}
