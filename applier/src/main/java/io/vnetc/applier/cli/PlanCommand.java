// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.cli;

import io.vnetc.applier.apply.HostAccess;
import io.vnetc.compiler.kind.Kinds;
import io.vnetc.compiler.lower.Lowering;
import io.vnetc.compiler.model.Model;
import io.vnetc.compiler.plan.Plan;
import io.vnetc.compiler.plan.Planner;
import io.vnetc.compiler.state.ObservedHost;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(description = "Show what would change on this host, and why. Changes nothing.")
final class PlanCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private SourceOptions source = new SourceOptions();

    @Option(names = "-o", paramLabel = "FILE", description = "Save the plan, for `vnetc apply FILE`.")
    private Optional<Path> output = Optional.empty();

    @Mixin
    private AllowOptions allow = new AllowOptions();

    @Option(names = "--format", paramLabel = "FORMAT", description = "text, json, markdown or shell (default: text).")
    private PlanFormat format = PlanFormat.TEXT;

    @Option(names = "--detailed-exitcode", description = "Exit with 2 when there are changes.")
    private boolean detailed;

    @Option(
            names = "--against",
            paramLabel = "FILE",
            description = "Plan for a host as `vnetc observe` saw it, instead of this one.")
    private Optional<Path> against = Optional.empty();

    PlanCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws Exception {
        Plan plan = against.isPresent() ? planAgainst(session.io().resolve(against.get())) : planHere();
        session.progress().close();
        PlanOutput.print(session, plan, format);
        if (output.isPresent()) {
            PlanOutput.save(session.io().resolve(output.get()), plan);
        }
        return (detailed && !plan.isEmpty() ? ExitCode.CHANGES : ExitCode.DONE).code();
    }

    private Plan planAgainst(Path file) throws Exception {
        ObservedHost observed = ObservedFile.read(file);
        Model model = Source.model(session, source.path());
        String host = Source.host(model, source.host(), observed.facts().hostName());
        Wanted wanted = HostSight.wanted(
                session,
                host,
                Lowering.lower(model, host, HostSurroundings.ofRecorded(observed)),
                observed,
                allow.allowances());
        return wanted.plan(
                session, new Planner(Kinds.TABLE).plan(host, wanted.desired(), observed, allow.allowances()));
    }

    private Plan planHere() throws Exception {
        HostAccess access = session.openHost();
        try (access) {
            session.progress().draw("  … reading the source, looking at the host");
            SourceInquiry inquiry = new SourceInquiry(source.host());
            HostTask<ObservedHost> looking = HostTask.start(() -> HostSight.look(access, inquiry));
            Model model;
            try {
                model = Source.model(session, source.path());
                inquiry.is(model);
            } finally {
                inquiry.end();
                looking.await();
            }
            ObservedHost observed = looking.join();
            HostSight.warnOfInterruption(session, access);
            Wanted wanted = HostSight.wanted(session, model, source.host(), observed, access, allow.allowances());
            return wanted.plan(
                    session, access.planner().plan(wanted.host(), wanted.desired(), observed, allow.allowances()));
        }
    }
}
