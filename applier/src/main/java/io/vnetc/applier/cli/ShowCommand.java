// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(description = "Show a saved plan.")
final class ShowCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "FILE", description = "What `vnetc plan -o` wrote.")
    private Path file = Path.of("");

    @Option(names = "--format", paramLabel = "FORMAT", description = "text, json, markdown or shell (default: text).")
    private PlanFormat format = PlanFormat.TEXT;

    ShowCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws Exception {
        PlanOutput.print(session, PlanOutput.load(session.io().resolve(file)), format);
        return ExitCode.DONE.code();
    }
}
