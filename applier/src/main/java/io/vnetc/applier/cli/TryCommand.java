// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.cli;

import io.vnetc.applier.apply.ApplySession;
import io.vnetc.applier.apply.HostAccess;
import io.vnetc.applier.apply.Outcome;
import io.vnetc.applier.kinds.DriverException;
import io.vnetc.applier.kinds.Inquiry;
import io.vnetc.applier.kinds.Requirement;
import io.vnetc.applier.status.Status;
import io.vnetc.applier.trial.DnsQuestion;
import io.vnetc.applier.trial.StandIns;
import io.vnetc.compiler.lower.Lowered;
import io.vnetc.compiler.lower.Lowering;
import io.vnetc.compiler.model.Model;
import io.vnetc.compiler.model.Network;
import io.vnetc.compiler.model.Subnet;
import io.vnetc.compiler.plan.Allowances;
import io.vnetc.compiler.plan.Plan;
import io.vnetc.compiler.plan.Planning;
import io.vnetc.compiler.state.HostState;
import io.vnetc.compiler.state.ObservedHost;
import io.vnetc.compiler.state.Standing;
import io.vnetc.dsl.value.DomainName;
import io.vnetc.dsl.value.IpAddress;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        description =
                "Apply the source in a throwaway network namespace, show what runs, and take it down. Needs no root.",
        footer = {"", "This machine's own network is neither seen nor touched."})
final class TryCommand implements Callable<Integer> {
    private static final int WIDTH = 80;

    /** What runs is none of a trial's business. */
    private static final Inquiry.Source UNASKED = host -> Inquiry.NONE;

    private final Session session;
    private int failures;

    @Mixin
    private SourceOptions source = new SourceOptions();

    TryCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws Exception {
        if (!session.surroundings().trial()) {
            throw new CommandException(
                    ExitCode.USAGE,
                    "try wants a network namespace that is thrown away, and this is none",
                    "The launcher makes one: run it as vnetc try");
        }
        Model model = Source.model(session, source.path());
        String host = source.host().isPresent() || model.hosts().isEmpty()
                ? Source.host(model, source.host(), "this-host")
                : model.hosts().get(0).name();
        try (HostAccess access = session.openHost()) {
            HostSight.requirePrivilege(access);
            run(model, host, access);
        }
        return (failures == 0 ? ExitCode.DONE : ExitCode.CHECKS_FAILED).code();
    }

    private void run(Model model, String host, HostAccess access) throws Exception {
        ground(StandIns.make(model, host, access.context().programs()), host);
        try (ApplySession writer =
                        ApplySession.open(access, session.surroundings().fault(), "try");
                Interruption stop = new Interruption(() -> session.messages().note("\nStopping; taking it down."))) {
            ObservedHost bare = writer.observe(UNASKED);
            HostState desired = HostSight.wanted(session, host, lower(model, host, bare, access))
                    .desired();
            heading("The plan");
            Plan plan = ready(host, writer.plan(host, desired, bare, Allowances.ALL));
            PlanOutput.print(session, plan, PlanFormat.TEXT);
            List<Requirement> missing = writer.missing(plan);
            if (!missing.isEmpty()) {
                throw HostSight.lacking(missing);
            }
            heading("Applied");
            carryOut(writer, plan, bare, desired, stop);
            try {
                show(model, host, desired, writer, access);
            } finally {
                // Daemons would outlive the namespace's last process, and keep it.
                takeDown(host, writer, bare);
            }
        }
        out().println();
        out().println(
                        failures == 0
                                ? session.paint().bold("It works.")
                                        + " On a host of yours: sudo vnetc plan, then sudo vnetc apply"
                                : session.paint().red("Not all is as it should be") + ": see ✗ above.");
    }

    private Lowered lower(Model model, String host, ObservedHost bare, HostAccess access) throws DriverException {
        return Lowering.lower(
                model,
                host,
                HostSurroundings.ofTrial(
                        bare,
                        model,
                        session.surroundings().paths(),
                        access.context().programs()));
    }

    private void show(Model model, String host, HostState desired, ApplySession writer, HostAccess access)
            throws IOException, DriverException {
        ObservedHost now = writer.observe(UNASKED);
        check(isEmpty(writer.plan(host, desired, now, Allowances.ALL)), "a second plan has nothing to do");
        heading("What runs");
        Topology.draw(model, host, session.paint()).forEach(out()::println);
        out().println();
        out().print(new StatusText(session.paint()).text(Status.of(now, access)));
        answers(model, host);
    }

    private void takeDown(String host, ApplySession writer, ObservedHost bare) throws IOException, DriverException {
        heading("Taken down");
        ObservedHost now = writer.observe(UNASKED);
        carryOut(
                writer,
                ready(host, writer.plan(host, HostState.EMPTY, now, Allowances.ALL)),
                now,
                HostState.EMPTY,
                () -> false);
        ObservedHost after = writer.observe(UNASKED);
        check(nothingOwned(after), "nothing of it is left");
        check(after.state().equals(bare.state()), "and all else is as it was before");
    }

    private void ground(StandIns standIns, String host) {
        Paint paint = session.paint();
        out().println(paint.bold("vnetc try") + ": " + host + ", in a network namespace that is thrown away");
        heading("The ground");
        row("real", "the kernel with its bridges, taps, routes and packet filter; dnsmasq");
        for (StandIns.Link link : standIns.links()) {
            row(
                    "stand-in",
                    "%s, %s%s"
                            .formatted(
                                    link.name(), link.role(), link.address().isEmpty() ? "" : ": " + link.address()));
        }
        row("missing", "guests: their taps are made, and nobody is plugged in");
        row("untouched", "this machine's own network");
    }

    private void carryOut(ApplySession writer, Plan plan, ObservedHost from, HostState to, BooleanSupplier stop)
            throws IOException, DriverException {
        StepList list = new StepList(session, plan.steps().size());
        out().flush();
        long start = System.nanoTime();
        Outcome outcome = writer.run(plan, from, Optional.of(to), list, stop);
        long milliseconds = (System.nanoTime() - start) / 1_000_000;
        list.end();
        if (outcome instanceof Outcome.RolledBack back) {
            throw new CommandException(
                    ExitCode.ROLLED_BACK,
                    back.failure().origin().map(origin -> origin + ": ").orElse("")
                            + back.failure().what(),
                    back.failure().remedy().orElse(""));
        }
        if (outcome instanceof Outcome.Incomplete incomplete) {
            throw new CommandException(
                    ExitCode.INCOMPLETE, incomplete.failure().what(), String.join("\n        ", incomplete.remains()));
        }
        if (outcome instanceof Outcome.Stopped) {
            throw new CommandException(ExitCode.ROLLED_BACK, "stopped; nothing is left");
        }
        int steps = plan.steps().size();
        check(
                true,
                "%s in %d.%02d s, and the host was read back to be so"
                        .formatted(
                                steps == 1 ? "one step" : steps + " steps",
                                milliseconds / 1000,
                                milliseconds % 1000 / 10));
    }

    /** Asks each network's resolver for a name that the source gives it. */
    private void answers(Model model, String host) {
        boolean headed = false;
        for (Network network : model.networks()) {
            boolean isHere = network.host().map(host::equals).orElse(true);
            Optional<IpAddress> server = network.subnets().stream()
                    .map(Subnet::gateway)
                    .flatMap(Optional::stream)
                    .findFirst();
            if (!isHere || server.isEmpty() || network.dns().hosts().isEmpty()) {
                continue;
            }
            if (!headed) {
                heading("Answers");
                headed = true;
            }
            var entry = network.dns().hosts().get(0);
            DomainName name = network.domain()
                    .filter(domain -> !entry.names().get(0).text().contains("."))
                    .map(domain -> DomainName.parse(entry.names().get(0) + "." + domain.name()))
                    .orElse(entry.names().get(0));
            ask(new DnsQuestion(name, entry.address().family()), server.get(), entry.address());
        }
    }

    private void ask(DnsQuestion question, IpAddress server, IpAddress expected) {
        try {
            List<IpAddress> found = question.ask(server);
            check(
                    found.contains(expected),
                    "%s asked for %s says %s"
                            .formatted(server, question.name(), found.isEmpty() ? "nothing" : found.get(0)));
        } catch (IOException e) {
            check(false, "%s asked for %s does not answer: %s".formatted(server, question.name(), e.getMessage()));
        }
    }

    private static boolean nothingOwned(ObservedHost host) {
        return host.state().entries().values().stream().allMatch(entry -> entry.standing() == Standing.FOREIGN);
    }

    private static boolean isEmpty(Planning planning) {
        return planning instanceof Planning.Ready ready && ready.plan().isEmpty();
    }

    private Plan ready(String host, Planning planning) {
        return Wanted.nothing(host).plan(session, planning);
    }

    private void check(boolean holds, String what) {
        failures += holds ? 0 : 1;
        out().println("  "
                + (holds ? session.paint().green("✓") : session.paint().red("✗")) + " " + what);
    }

    private void heading(String text) {
        out().println();
        out().println(session.paint().dim("── ") + session.paint().bold(text) + " "
                + session.paint().dim("─".repeat(WIDTH - text.length() - 4)));
    }

    private void row(String label, String text) {
        out().println("  " + session.paint().cyan("%-10s".formatted(label)) + " " + text);
    }

    private PrintStream out() {
        return session.io().out();
    }
}
