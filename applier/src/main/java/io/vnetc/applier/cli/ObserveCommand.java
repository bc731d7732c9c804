// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.cli;

import io.vnetc.applier.apply.HostAccess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(description = "Print this host's state as JSON, for `vnetc plan --against`.")
final class ObserveCommand implements Callable<Integer> {
    private final Session session;

    @Option(names = "-o", paramLabel = "FILE", description = "Write it to a file instead.")
    private Optional<Path> output = Optional.empty();

    ObserveCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws Exception {
        try (HostAccess access = session.openHost()) {
            String json = ObservedFile.text(HostSight.look(access));
            if (output.isPresent()) {
                Files.writeString(session.io().resolve(output.get()), json);
            } else {
                session.io().out().print(json);
            }
        }
        return ExitCode.DONE.code();
    }
}
