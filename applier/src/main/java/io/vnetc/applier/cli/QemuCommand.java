// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.cli;

import io.vnetc.compiler.lower.Lowered;
import io.vnetc.compiler.lower.Lowering;
import io.vnetc.compiler.lower.Surroundings;
import io.vnetc.compiler.model.Model;
import io.vnetc.compiler.render.qemu.QemuArguments;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        description = "Print the arguments with which QEMU plugs a guest in, one a line.",
        footer = {"", "In bash:  mapfile -t network < <(vnetc qemu web); qemu-system-x86_64 \"${network[@]}\" …"})
final class QemuCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(index = "0", paramLabel = "VM", description = "The guest's name in the source.")
    private String guest = "";

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "PATH",
            defaultValue = ".",
            description = "A .vnet file, or a folder of them (default: the current folder).")
    private Path path = Path.of(".");

    @Option(
            names = "--host",
            paramLabel = "NAME",
            description = "The host that runs it (default: this host, or the only one).")
    private Optional<String> host = Optional.empty();

    QemuCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws Exception {
        Model model = Source.model(session, path);
        Lowered lowered = Lowering.lower(model, Source.hostOrOnly(model, host), Surroundings.ASSUMED);
        QemuArguments found = lowered.guests().stream()
                .filter(arguments -> arguments.guest().equals(guest))
                .findFirst()
                .orElseThrow(() -> new CommandException(
                        ExitCode.ERROR, "there is no guest " + guest + " on this host", guests(lowered)));
        PrintStream out = session.io().out();
        found.arguments().forEach(out::println);
        out.flush();
        if (!found.descriptors().isEmpty()) {
            session.io()
                    .err()
                    .println("These descriptors have to be open when QEMU starts; bash opens them with: "
                            + found.descriptors().stream()
                                    .map(QemuArguments.Descriptor::redirection)
                                    .collect(Collectors.joining(" ")));
        }
        found.functions()
                .forEach(function -> session.io()
                        .err()
                        .println("Where " + function + " is on the bus only its host knows: /sys/class/net/"
                                + function.physical() + "/device/virtfn" + function.number() + " leads there."));
        return ExitCode.DONE.code();
    }

    private static String guests(Lowered lowered) {
        return lowered.guests().isEmpty()
                ? "The source has no guest there."
                : "There is "
                        + lowered.guests().stream().map(QemuArguments::guest).collect(Collectors.joining(", "))
                        + ".";
    }
}
