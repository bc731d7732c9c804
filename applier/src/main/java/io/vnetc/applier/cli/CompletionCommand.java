// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.cli;

import io.vnetc.applier.completion.Shell;
import io.vnetc.compiler.model.Guest;
import io.vnetc.compiler.model.Host;
import io.vnetc.compiler.model.Model;
import io.vnetc.compiler.model.Network;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        description = "Print the script that makes a shell complete commands, options, guests and networks.",
        footer = {
            "",
            "bash:  source <(vnetc completion bash)                     in ~/.bashrc",
            "zsh:   source <(vnetc completion zsh)                      in ~/.zshrc, after compinit",
            "fish:  vnetc completion fish >~/.config/fish/completions/vnetc.fish"
        })
final class CompletionCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    private final Session session;

    @Parameters(arity = "0..1", paramLabel = "SHELL", description = "bash, zsh or fish.")
    private Optional<Shell> shell = Optional.empty();

    @Option(names = "--names", hidden = true, paramLabel = "KIND")
    private Optional<Kind> names = Optional.empty();

    CompletionCommand(Session session) {
        this.session = session;
    }

    private enum Kind {
        VM,
        NETWORK,
        HOST;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }

        private List<String> in(Model model) {
            Stream<String> all = switch (this) {
                case VM -> model.guests().stream().map(Guest::name);
                case NETWORK -> model.networks().stream().map(Network::name);
                case HOST -> model.hosts().stream().map(Host::name);
            };
            return all.toList();
        }
    }

    @Override
    public Integer call() throws Exception {
        if (names.isPresent()) {
            Source.read(session, Path.of("."))
                    .model()
                    .ifPresent(
                            model -> names.get().in(model).forEach(session.io().out()::println));
        } else {
            Shell wanted = shell.orElseThrow(
                    () -> new ParameterException(spec.commandLine(), "which shell: bash, zsh or fish?"));
            session.io()
                    .out()
                    .print(wanted.script(CompletedCommands.of(
                            Commands.commandLine(session, List.of()).getCommandSpec())));
        }
        return ExitCode.DONE.code();
    }
}
