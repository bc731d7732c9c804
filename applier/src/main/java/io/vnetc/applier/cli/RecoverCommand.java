// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.cli;

import io.vnetc.applier.apply.ApplySession;
import io.vnetc.applier.apply.HostAccess;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(description = "Take back what an interrupted apply left. The next apply or destroy does this by itself.")
final class RecoverCommand implements Callable<Integer> {
    private final Session session;

    RecoverCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws Exception {
        Carrying carrying = new Carrying(session, "Recover", true, DataFormat.TEXT);
        try (HostAccess access = session.openHost();
                ApplySession writer = carrying.open(access, "recover")) {
            session.messages()
                    .note(carrying.recovered() ? "The host is as it was before." : "There is nothing to recover.");
            return ExitCode.DONE.code();
        }
    }
}
