// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.cli;

import io.vnetc.applier.apply.HostAccess;
import io.vnetc.applier.status.Status;
import io.vnetc.compiler.state.ObservedHost;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        description = "Show what vnetc owns on this host, and whether it is as it was applied.",
        footer = {"", "Exits with 11 when it is not."})
final class StatusCommand implements Callable<Integer> {
    private final Session session;

    @Option(names = "--format", paramLabel = "FORMAT", description = "text or json (default: text).")
    private DataFormat format = DataFormat.TEXT;

    StatusCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws Exception {
        try (HostAccess access = session.openHost()) {
            session.progress().draw("  … looking at the host");
            ObservedHost observed = HostSight.look(access);
            HostSight.warnOfInterruption(session, access);
            Status status = Status.of(observed, access);
            session.progress().close();
            session.io()
                    .out()
                    .print(
                            format == DataFormat.JSON
                                    ? StatusJson.text(status)
                                    : new StatusText(session.paint()).text(status));
            return (status.differences().isEmpty() ? ExitCode.DONE : ExitCode.CHECKS_FAILED).code();
        }
    }
}
