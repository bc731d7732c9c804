// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.cli;

import io.vnetc.applier.apply.ApplySession;
import io.vnetc.applier.apply.HostAccess;
import io.vnetc.compiler.plan.Plan;
import io.vnetc.compiler.state.ObservedHost;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        description =
                "Give back everything that vnetc owns on this host, and what it borrowed as it was. Needs no source.")
final class DestroyCommand implements Callable<Integer> {
    private final Session session;

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

    DestroyCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws Exception {
        Carrying carrying = new Carrying(session, "Destroy", yes, format);
        try (HostAccess access = session.openHost();
                ApplySession writer = carrying.open(access, "destroy")) {
            session.progress().draw("  … looking at the host");
            ObservedHost observed = writer.observe();
            Wanted nothing = Wanted.nothing(observed.facts().hostName());
            Plan plan =
                    nothing.plan(session, writer.plan(nothing.host(), nothing.desired(), observed, allow.allowances()));
            cutOff.check(plan, observed.state(), session.io().environment());
            return carrying.out(writer, plan, observed, Optional.of(nothing.desired()))
                    .code();
        }
    }
}
