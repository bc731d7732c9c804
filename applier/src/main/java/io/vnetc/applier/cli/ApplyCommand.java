// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.cli;

import io.vnetc.applier.apply.ApplySession;
import io.vnetc.applier.apply.HostAccess;
import io.vnetc.compiler.model.Model;
import io.vnetc.compiler.plan.Plan;
import io.vnetc.compiler.state.ObservedHost;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        description = "Make this host what the source says: all of it, or nothing.",
        footer = {
            "",
            "PATH may be a saved plan as well: what was reviewed is what runs, and if the host has changed since,",
            "nothing does (exit 6)."
        })
final class ApplyCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private SourceOptions source = new SourceOptions();

    @Mixin
    private AllowOptions allow = new AllowOptions();

    @Mixin
    private CutOffOption cutOff = new CutOffOption();

    @Option(
            names = {"-y", "--yes"},
            description = "Do not ask.")
    private boolean yes;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "text, or json: an event a line while it works (default: text).")
    private DataFormat format = DataFormat.TEXT;

    ApplyCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws Exception {
        Path path = session.io().resolve(source.path());
        Carrying carrying = new Carrying(session, "Apply", yes, format);
        try (HostAccess access = session.openHost()) {
            return (PlanOutput.isSavedPlan(path) ? applySaved(access, carrying, path) : applySource(access, carrying))
                    .code();
        }
    }

    private ExitCode applySaved(HostAccess access, Carrying carrying, Path file) throws Exception {
        Plan plan = PlanOutput.load(file);
        try (ApplySession writer = carrying.open(access, "apply")) {
            ObservedHost observed = writer.observe(plan);
            if (!writer.isFresh(plan, observed)) {
                throw new CommandException(
                        ExitCode.STALE,
                        "the saved plan is stale: the host has changed since it was made; nothing was touched",
                        "Make a new plan, and review that: vnetc plan -o " + source.path());
            }
            cutOff.check(plan, observed.state(), session.io().environment());
            return carrying.out(writer, plan, observed, Optional.empty());
        }
    }

    private ExitCode applySource(HostAccess access, Carrying carrying) throws Exception {
        try (ApplySession writer = carrying.open(access, "apply")) {
            session.progress().draw("  … reading the source, looking at the host");
            SourceInquiry inquiry = new SourceInquiry(source.host());
            HostTask<ObservedHost> looking = HostTask.start(() -> writer.observe(inquiry.beside(writer.applied())));
            Model model;
            try {
                model = Source.model(session, source.path());
                inquiry.is(model);
            } finally {
                inquiry.end();
                looking.await();
            }
            ObservedHost observed = looking.join();
            Wanted wanted = HostSight.wanted(session, model, source.host(), observed, access, allow.allowances());
            Plan plan =
                    wanted.plan(session, writer.plan(wanted.host(), wanted.desired(), observed, allow.allowances()));
            cutOff.check(plan, observed.state(), session.io().environment());
            return carrying.out(writer, plan, observed, Optional.of(wanted.desired()));
        }
    }
}
