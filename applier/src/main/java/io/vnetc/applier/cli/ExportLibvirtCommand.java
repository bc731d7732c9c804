// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.cli;

import io.vnetc.compiler.libvirt.exporting.LibvirtExport;
import io.vnetc.compiler.model.Guest;
import io.vnetc.compiler.model.Model;
import io.vnetc.dsl.diagnostic.DiagnosticPrinter;
import io.vnetc.dsl.diagnostic.Diagnostics;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        description = "Write the networks, or a guest's NICs, as libvirt's XML.",
        footer = {
            "",
            "Several networks are written one after the other in an element `networks`, which `vnetc import libvirt`",
            "reads; `virsh net-define` wants one network: name it with --network.",
            "With --vm the elements for `<devices>` of a domain are written. Taps that apply makes libvirt only opens, and",
            "what their networks say of them holds all the same."
        })
final class ExportLibvirtCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(
            arity = "0..1",
            paramLabel = "PATH",
            defaultValue = ".",
            description = "A .vnet file, or a folder of them (default: the current folder).")
    private Path path = Path.of(".");

    @Option(names = "--network", paramLabel = "NAME", description = "Only this network.")
    private Optional<String> network = Optional.empty();

    @Option(names = "--vm", paramLabel = "NAME", description = "The NICs of this guest, and no network.")
    private Optional<String> guest = Optional.empty();

    @Option(names = "--lenient", description = "Write a comment where libvirt has no words for something.")
    private boolean lenient;

    ExportLibvirtCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws Exception {
        Source source = Source.read(session, path);
        Model model = source.required(session);
        if (network.isPresent() && guest.isPresent()) {
            throw new CommandException(
                    ExitCode.USAGE, "--network and --vm are of different elements: give one of them");
        }
        if (network.isPresent()
                && model.networks().stream().noneMatch(each -> each.name().equals(network.get()))) {
            throw new CommandException(ExitCode.ERROR, "the source has no network " + network.get());
        }
        if (guest.isPresent()) {
            LibvirtExport.ExportedGuest exported = LibvirtExport.of(model, guest(model, guest.get()), lenient);
            return print(source, exported.diagnostics(), exported.text());
        }
        LibvirtExport.Exported exported = LibvirtExport.of(model, network, lenient);
        return print(source, exported.diagnostics(), document(exported.documents()));
    }

    private static Guest guest(Model model, String name) throws CommandException {
        return model.guests().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new CommandException(ExitCode.ERROR, "the source has no guest " + name));
    }

    private int print(Source source, Diagnostics diagnostics, String text) {
        if (diagnostics.hasErrors()) {
            session.progress().close();
            session.io()
                    .err()
                    .print(new DiagnosticPrinter(
                                    source.parsed()::file,
                                    session.messages().paint().on())
                            .print(diagnostics));
            return ExitCode.SOURCE.code();
        }
        session.io().out().print(text);
        return ExitCode.DONE.code();
    }

    private static String document(Map<String, String> documents) {
        if (documents.size() == 1) {
            return documents.values().iterator().next();
        }
        return "<networks>\n" + String.join("", documents.values()) + "</networks>\n";
    }
}
