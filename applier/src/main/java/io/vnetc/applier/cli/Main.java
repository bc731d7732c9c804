// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.cli;

import io.vnetc.applier.apply.StepFault;
import io.vnetc.applier.host.Paths;
import java.util.List;
import java.util.Optional;

/** The entry point. It loads neither the front end nor JNA: the command does that, if it needs them. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        Optional<String> namespace = Optional.ofNullable(System.getProperty("vnetc.netns"));
        System.exit(run(
                List.of(arguments),
                new Surroundings(
                        Io.ofProcess(),
                        Paths.standard(namespace),
                        namespace,
                        Boolean.getBoolean("vnetc.try"),
                        RealHost::open,
                        StepFault.NONE)));
    }

    /** Runs one command and returns its exit code. */
    public static int run(List<String> arguments, Surroundings surroundings) {
        int exit = Commands.commandLine(new Session(surroundings), arguments).execute(arguments.toArray(String[]::new));
        surroundings.io().out().flush();
        if (surroundings.io().out().checkError() && exit == ExitCode.DONE.code()) {
            // Whoever reads is gone, or the disk is full: what was asked for did not arrive.
            return ExitCode.ERROR.code();
        }
        return exit;
    }
}
