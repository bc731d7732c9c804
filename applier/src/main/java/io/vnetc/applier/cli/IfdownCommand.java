// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.cli;

import io.vnetc.applier.apply.ApplySession;
import io.vnetc.applier.apply.HostAccess;
import io.vnetc.applier.kinds.rtnetlink.PassingTap;
import io.vnetc.compiler.plan.Plan;
import io.vnetc.compiler.state.ObservedHost;
import io.vnetc.dsl.value.InterfaceName;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        description = "Take a tap away that `vnetc ifup` has plugged in: what QEMU calls as the downscript of a tap.",
        footer = {
            "",
            "With the tap goes what belongs to it, as its rates. A tap that `vnetc apply` has made stays as it is. Needs no",
            "source."
        })
final class IfdownCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private TapScriptOptions script = new TapScriptOptions();

    IfdownCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws Exception {
        InterfaceName name = script.tap();
        Carrying carrying = new Carrying(session, "Ifdown", true, DataFormat.TEXT);
        try (HostAccess access = session.openHost();
                ApplySession writer = carrying.await(access, "ifdown " + name)) {
            PassingTap found = PassingTap.look(name, access.context());
            if (found.standing() != PassingTap.Standing.OURS) {
                return ExitCode.DONE.code();
            }
            ObservedHost observed = writer.observe();
            Wanted nothing = Wanted.nothing(observed.facts().hostName());
            Plan plan = nothing.plan(
                    session, writer.planOf(found.owner().orElseThrow(), nothing.host(), nothing.desired(), observed));
            return carrying.quietly(writer, plan, observed).code();
        }
    }
}
