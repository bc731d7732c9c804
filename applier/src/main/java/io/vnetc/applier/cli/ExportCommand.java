// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(description = "Print the source for something else.", synopsisSubcommandLabel = "WHAT")
final class ExportCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "what to export to is missing");
    }
}
