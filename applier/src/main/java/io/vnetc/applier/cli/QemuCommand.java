// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.cli;

import io.vnetc.applier.qemu.QemuProgram;
import io.vnetc.compiler.lower.Lowered;
import io.vnetc.compiler.lower.Lowering;
import io.vnetc.compiler.lower.Surroundings;
import io.vnetc.compiler.model.Model;
import io.vnetc.compiler.model.QemuVersion;
import io.vnetc.compiler.render.qemu.QemuArguments;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        description = "Print the arguments with which QEMU plugs a guest in, one a line; or start QEMU with them.",
        customSynopsis = {
            "vnetc qemu [--host=NAME] [--program=PROGRAM] VM [PATH]",
            "vnetc qemu --exec [--host=NAME] [--program=PROGRAM] VM [PATH] -- PROGRAM [ARGUMENT...]"
        },
        footer = {
            "",
            "In bash:  mapfile -t network < <(vnetc qemu web); qemu-system-x86_64 \"${network[@]}\" …",
            "",
            "With --exec the program takes the place of vnetc: its process id, its exit status. It has standard input,",
            "output and error, and the descriptors that it is to have for its macvtaps, from 3 on; no others."
        })
final class QemuCommand implements Callable<Integer> {
    private static final String END_OF_OPTIONS = "--";

    private final Session session;

    @Spec
    private CommandSpec command = CommandSpec.create();

    @Parameters(index = "0", paramLabel = "VM", description = "The guest's name in the source.")
    private String guest = "";

    @Parameters(
            index = "1..*",
            arity = "0..*",
            paramLabel = "PATH",
            description = "A .vnet file, or a folder of them (default: the current folder).")
    private List<String> words = List.of();

    @Option(
            names = "--host",
            paramLabel = "NAME",
            description = "The host that runs it (default: this host, or the only one).")
    private Optional<String> host = Optional.empty();

    @Option(
            names = "--exec",
            description = "Open what only an open descriptor can hand to QEMU, and become the program that stands after"
                    + " `--`, with the guest's arguments after its own.")
    private boolean exec;

    @Option(
            names = "--program",
            paramLabel = "PROGRAM",
            description = "Ask this QEMU for its version (default: the program after `--`, where it is called"
                    + " qemu-system-…, qemu-kvm or kvm).")
    private Optional<String> program = Optional.empty();

    QemuCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws Exception {
        List<String> line = programLine();
        Path path = path(words.subList(0, words.size() - line.size()));
        Optional<QemuVersion> version = version(line);
        Model model = Source.read(session, path, version).required(session);
        Lowered lowered = Lowering.lower(
                model, Source.hostOrOnly(model, host), Surroundings.assumed(version, HostSurroundings.hasVhost()));
        QemuArguments found = lowered.guests().stream()
                .filter(arguments -> arguments.guest().equals(guest))
                .findFirst()
                .orElseThrow(() -> new CommandException(
                        ExitCode.ERROR, "there is no guest " + guest + " on this host", guests(lowered)));
        if (exec) {
            return new QemuStart(session, path).become(line.size(), found, lowered.desired());
        }
        print(found);
        return ExitCode.DONE.code();
    }

    /** The words after `--`, where a program is to be started; picocli has put them among the others. */
    private List<String> programLine() {
        List<String> all = command.commandLine().getParseResult().originalArgs();
        int end = all.indexOf(END_OF_OPTIONS);
        List<String> line = exec && end >= 0 ? all.subList(end + 1, all.size()) : List.of();
        if (exec && line.isEmpty()) {
            throw wrong("--exec starts a program, and there is none: write it after `--`");
        }
        if (line.size() > words.size()) {
            throw wrong("the guest's name is missing in front of `--`");
        }
        return line;
    }

    private Path path(List<String> given) {
        if (given.size() > 1) {
            throw wrong("more than one path: " + String.join(", ", given)
                    + (exec ? "" : "; a program after `--` is started with --exec"));
        }
        return Path.of(given.isEmpty() ? "." : given.get(0));
    }

    private ParameterException wrong(String message) {
        return new ParameterException(command.commandLine(), message);
    }

    /** What the program says; empty where there is none to ask. */
    private Optional<QemuVersion> version(List<String> line) throws Exception {
        Optional<QemuProgram> asked = program.map(QemuProgram::new)
                .or(() -> line.stream().findFirst().map(QemuProgram::new).filter(QemuProgram::isNamedQemu));
        if (asked.isEmpty()) {
            return Optional.empty();
        }
        QemuVersion version = asked.get().askVersion();
        if (version.isBefore(QemuVersion.DEFAULT)) {
            throw new CommandException(
                    ExitCode.LACKING,
                    asked.get().command() + " is QEMU " + version + ", which does not take -netdev as JSON",
                    "Use QEMU " + QemuVersion.DEFAULT + " or later.");
        }
        return Optional.of(version);
    }

    private void print(QemuArguments found) {
        PrintStream out = session.io().out();
        found.arguments().forEach(out::println);
        out.flush();
        if (!found.descriptors().isEmpty()) {
            session.io()
                    .err()
                    .println("These descriptors have to be open when QEMU starts, as `vnetc qemu --exec` opens them;"
                            + " bash does with: "
                            + found.descriptors().stream()
                                    .map(QemuArguments.Descriptor::redirection)
                                    .collect(Collectors.joining(" ")));
        }
        found.programs()
                .forEach(words -> session.io()
                        .err()
                        .println("This has to run when QEMU starts, as `vnetc qemu --exec` starts it: "
                                + words.stream().map(QemuCommand::quoted).collect(Collectors.joining(" "))));
        found.needs().forEach(session.io().err()::println);
        found.functions()
                .forEach(function -> session.io()
                        .err()
                        .println("Where " + function + " is on the bus only its host knows: /sys/class/net/"
                                + function.physical() + "/device/virtfn" + function.number() + " leads there."));
    }

    /** A word as a shell reads it back. */
    private static String quoted(String word) {
        return word.matches("[A-Za-z0-9_@%+=:,./~-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }

    private static String guests(Lowered lowered) {
        return lowered.guests().isEmpty()
                ? "The source has no guest there."
                : "There is "
                        + lowered.guests().stream().map(QemuArguments::guest).collect(Collectors.joining(", "))
                        + ".";
    }
}
