// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.cli;

import io.vnetc.applier.apply.ApplySession;
import io.vnetc.applier.apply.Failure;
import io.vnetc.applier.apply.HostAccess;
import io.vnetc.applier.apply.Outcome;
import io.vnetc.applier.apply.Progress;
import io.vnetc.applier.host.Lock.LockedException;
import io.vnetc.applier.kinds.DriverException;
import io.vnetc.applier.kinds.Requirement;
import io.vnetc.compiler.model.Origin;
import io.vnetc.compiler.plan.Plan;
import io.vnetc.compiler.state.HostState;
import io.vnetc.compiler.state.ObservedHost;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Carries out a plan for a command: shows it, asks, works, and tells how it ended. */
final class Carrying {
    /** An apply of a large source may be under way. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Session session;
    private final String verb;
    private final boolean yes;
    private final DataFormat format;
    private boolean recovered;

    /**
     * Prepares it.
     *
     * @param verb what it is called, as "Apply"
     * @param yes whether it was answered beforehand
     * @param format of the account of the work
     */
    Carrying(Session session, String verb, boolean yes, DataFormat format) {
        this.session = session;
        this.verb = verb;
        this.yes = yes;
        this.format = format;
    }

    /** Takes the lock, and takes back first what an earlier apply left. */
    ApplySession open(HostAccess access, String command) throws IOException, LockedException, DriverException {
        HostSight.requirePrivilege(access);
        return recovered(ApplySession.open(access, session.surroundings().fault(), command));
    }

    /** The same, but waits for the lock a while. */
    ApplySession await(HostAccess access, String command)
            throws IOException, LockedException, DriverException, InterruptedException {
        HostSight.requirePrivilege(access);
        return recovered(ApplySession.await(access, session.surroundings().fault(), command, PATIENCE));
    }

    private ApplySession recovered(ApplySession writer) throws IOException, DriverException {
        try {
            Optional<Plan> interrupted = writer.interrupted();
            if (interrupted.isPresent()) {
                recover(writer, interrupted.get());
            }
            return writer;
        } catch (IOException | DriverException | RuntimeException e) {
            writer.close();
            throw e;
        }
    }

    private void recover(ApplySession writer, Plan plan) throws IOException, DriverException {
        session.messages().warning("an earlier apply was interrupted; taking back what it left");
        StepList list = new StepList(session, plan.steps().size());
        List<String> problems = writer.recover(plan, list);
        list.end();
        if (!problems.isEmpty()) {
            remains(problems);
            throw new CommandException(
                    ExitCode.INCOMPLETE,
                    "an earlier apply cannot be taken back",
                    "Mend what is named above, then: vnetc recover");
        }
        recovered = true;
    }

    /** Whether something was taken back when this was opened. */
    boolean recovered() {
        return recovered;
    }

    /** Shows the plan, asks, and does it. */
    ExitCode out(ApplySession writer, Plan plan, ObservedHost observed, Optional<HostState> desired)
            throws IOException, DriverException {
        session.progress().close();
        if (format == DataFormat.TEXT) {
            PlanOutput.print(session, plan, PlanFormat.TEXT);
            session.io().out().flush();
        }
        if (!plan.isEmpty()) {
            requireNothingMissing(writer, plan);
            if (!agreed(plan)) {
                session.messages().note("Nothing was touched.");
                return ExitCode.ERROR;
            }
        }
        return work(writer, plan, observed, desired);
    }

    /** Does it without a word, unless it fails. */
    ExitCode quietly(ApplySession writer, Plan plan, ObservedHost observed) throws IOException, DriverException {
        requireNothingMissing(writer, plan);
        try (Interruption stop = new Interruption(() -> {})) {
            Outcome outcome = writer.run(plan, observed, Optional.empty(), Progress.SILENT, stop);
            return outcome instanceof Outcome.Applied ? ExitCode.DONE : tell(outcome, plan);
        }
    }

    private static void requireNothingMissing(ApplySession writer, Plan plan) {
        List<Requirement> missing = writer.missing(plan);
        if (!missing.isEmpty()) {
            throw HostSight.lacking(missing);
        }
    }

    private boolean agreed(Plan plan) throws IOException {
        if (yes) {
            return true;
        }
        if (!session.io().isInteractive()) {
            throw new CommandException(
                    ExitCode.ERROR,
                    "nobody is here to be asked; nothing was touched",
                    "Review the plan, then: vnetc " + verb.toLowerCase(Locale.ROOT) + " --yes");
        }
        int steps = plan.steps().size();
        session.io()
                .err()
                .print(session.errPaint()
                                .bold(verb + ": " + (steps == 1 ? "this step" : "these " + steps + " steps") + "? ")
                        + "[y/N] ");
        session.io().err().flush();
        String answer = session.io().in().readLine();
        return answer != null && answer.strip().toLowerCase(Locale.ROOT).matches("y|yes");
    }

    private ExitCode work(ApplySession writer, Plan plan, ObservedHost observed, Optional<HostState> desired)
            throws IOException, DriverException {
        StepList list = new StepList(session, plan.steps().size());
        EventStream events = new EventStream(session.io().out());
        Progress progress = format == DataFormat.JSON ? events : list;
        try (Interruption stop = new Interruption(
                () -> session.messages().note("\nStopping: the step under way is finished, then all is taken back."))) {
            Outcome outcome = writer.run(plan, observed, desired, progress, stop);
            list.end();
            ExitCode exit = tell(outcome, plan);
            if (format == DataFormat.JSON) {
                events.result(exit);
            }
            session.io().out().flush();
            return exit;
        }
    }

    private ExitCode tell(Outcome outcome, Plan plan) {
        Messages messages = session.messages();
        if (outcome instanceof Outcome.RolledBack back) {
            failure(back.failure());
            messages.note("All is taken back: the host is as it was.");
            return ExitCode.ROLLED_BACK;
        }
        if (outcome instanceof Outcome.Incomplete incomplete) {
            failure(incomplete.failure());
            remains(incomplete.remains());
            messages.note("Mend what is named above, then: vnetc recover");
            return ExitCode.INCOMPLETE;
        }
        if (outcome instanceof Outcome.Stopped) {
            messages.note("Stopped: the host is as it was.");
            return ExitCode.ROLLED_BACK;
        }
        if (!plan.isEmpty()) {
            int steps = plan.steps().size();
            messages.note(messages.paint().green("✓") + " Done: " + (steps == 1 ? "one step" : steps + " steps")
                    + ", and the host was seen to be so.");
        }
        return ExitCode.DONE;
    }

    private void failure(Failure failure) {
        String place =
                failure.origin().map(Origin::toString).map(line -> line + ": ").orElse("");
        session.messages().error(place + failure.what(), failure.remedy());
    }

    private void remains(List<String> remains) {
        Messages messages = session.messages();
        messages.note(messages.paint().red("This is not as it was:"));
        remains.forEach(line -> messages.note("  " + line));
    }
}
