// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.cli;

import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command without a command: only its common options. */
@Command(
        name = "vnetc",
        description = "Compiles .vnet files to the networks of a KVM host, and applies them all or not at all.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {"", "A path is a .vnet file or a folder of them; without one it is the current folder."})
final class VnetcCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    private final Session session;

    VnetcCommand(Session session) {
        this.session = session;
    }

    @Option(
            names = "--color",
            paramLabel = "WHEN",
            scope = ScopeType.INHERIT,
            description = "Colour the output: auto (on a terminal), always, never.")
    void color(Color color) {
        session.color(color);
    }

    /** The launcher has entered it: a JVM cannot, with all of its threads. */
    @Option(
            names = "--netns",
            paramLabel = "NAME",
            scope = ScopeType.INHERIT,
            description = "Work in this network namespace, with a state directory of its own.")
    void namespace(String name) {
        if (!session.surroundings().namespace().equals(Optional.of(name))) {
            throw new ParameterException(
                    spec.commandLine(), "--netns is for the vnetc launcher: this process is not in " + name);
        }
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing");
    }
}
