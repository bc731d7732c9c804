// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.cli;

import io.vnetc.applier.apply.HostAccess;
import io.vnetc.applier.finds.HostSearch;
import io.vnetc.compiler.hostsource.HostSource;
import io.vnetc.compiler.kind.Kinds;
import io.vnetc.compiler.lower.Lowered;
import io.vnetc.compiler.lower.Lowering;
import io.vnetc.compiler.model.Host;
import io.vnetc.compiler.model.Model;
import io.vnetc.compiler.plan.Conflict;
import io.vnetc.compiler.plan.Plan;
import io.vnetc.compiler.plan.Planning;
import io.vnetc.compiler.plan.Step;
import io.vnetc.compiler.resolve.Resolver;
import io.vnetc.compiler.state.ObservedHost;
import io.vnetc.dsl.Frontend;
import io.vnetc.dsl.ParsedSources;
import io.vnetc.dsl.source.InMemorySourceTree;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(
        description = "Print this host in the language: its bridges, uplinks, and what vnetc made.",
        footer = {
            "",
            "A plan of what is printed changes nothing on this host; where it would, comments at the end say what the",
            "language could not express. Bridges of others are used as they are, and stay theirs."
        })
final class ImportHostCommand implements Callable<Integer> {
    private static final String FILE = "host.vnet";

    private final Session session;

    ImportHostCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws Exception {
        try (HostAccess access = session.openHost()) {
            ObservedHost observed = HostSight.look(access);
            String text = HostSource.of(
                    observed, HostSearch.run(session.surroundings().paths()));
            PrintStream out = session.io().out();
            out.print(text);
            List<String> rest = unexpressed(text, observed, access);
            if (!rest.isEmpty()) {
                out.println("// What this source does not say, and a plan of it would change:");
                rest.forEach(line -> out.println("//   " + line));
                session.messages()
                        .warning((rest.size() == 1 ? "one thing is" : rest.size() + " things are")
                                + " not expressed; the comments at the end name "
                                + (rest.size() == 1 ? "it" : "them"));
            }
        }
        return ExitCode.DONE.code();
    }

    /** What a plan of the source would still do on this host; nothing where it describes it. */
    private List<String> unexpressed(String text, ObservedHost observed, HostAccess access) throws Exception {
        ParsedSources parsed = Frontend.parse(new InMemorySourceTree().with(FILE, text), FILE);
        Optional<Model> model = Resolver.resolve(parsed);
        if (model.isEmpty()) {
            throw new IllegalStateException("what was read from the host does not compile: "
                    + parsed.diagnostics().all() + "\n" + text);
        }
        String host = model.get().hosts().stream()
                .findFirst()
                .map(Host::name)
                .orElse(observed.facts().hostName());
        Lowered lowered = Lowering.lower(
                model.get(),
                host,
                HostSurroundings.of(
                        observed,
                        model.get(),
                        session.surroundings().paths(),
                        access.context().programs()));
        List<String> rest = new ArrayList<>();
        lowered.conflicts().forEach(conflict -> rest.add(conflict.message()));
        Planning planning = access.planner().plan(host, lowered.desired(), observed);
        if (planning instanceof Planning.Refused refused) {
            refused.conflicts().stream().map(Conflict::message).forEach(rest::add);
        } else if (planning instanceof Planning.Ready ready) {
            Plan plan = ready.plan();
            plan.steps().stream().map(ImportHostCommand::words).forEach(rest::add);
        }
        return rest;
    }

    private static String words(Step step) {
        String verb = switch (step.action()) {
            case CREATE -> "make ";
            case CHANGE -> "change ";
            case DELETE -> "remove ";
        };
        return verb + Kinds.TABLE.title(step.resource());
    }
}
