// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.cli;

import io.vnetc.compiler.libvirt.importing.LibvirtImport;
import io.vnetc.compiler.libvirt.xml.XmlReader;
import io.vnetc.dsl.diagnostic.DiagnosticPrinter;
import io.vnetc.dsl.source.SourceFile;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        description =
                "Translate libvirt's networks and guests' NICs, as `virsh net-dumpxml` and `virsh dumpxml` print them.",
        footer = {
            "",
            "Of a domain its NICs are read; networks that they name have to be among the files.",
            "What has no equal in the language is an error with its line and element; nothing is left out without a word."
        })
final class ImportLibvirtCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(
            arity = "1..*",
            paramLabel = "FILE",
            description = "A file with a network, a domain or an interface, or - for the standard input.")
    private List<String> files = List.of();

    @Option(names = "--lenient", description = "Write a comment where something has no equal.")
    private boolean lenient;

    @Option(
            names = "--host",
            paramLabel = "NAME",
            description = "The host whose links the networks use (default: this host's name).")
    private Optional<String> host = Optional.empty();

    ImportLibvirtCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws Exception {
        List<SourceFile> sources = new ArrayList<>();
        Set<String> read = new HashSet<>();
        for (String file : files) {
            if (!read.add(file)) {
                throw new CommandException(ExitCode.USAGE, file + " is named twice");
            }
            ImportedFile imported =
                    ImportedFile.read(session, file, XmlReader.MOST_CHARS, "Save it as UTF-8, as virsh prints it");
            sources.add(new SourceFile(imported.name(), imported.text()));
        }
        LibvirtImport.Imported imported = LibvirtImport.of(
                sources, new LibvirtImport.Options(host.isPresent() ? host.get() : ImportedFile.here(), lenient));
        if (!imported.diagnostics().all().isEmpty()) {
            session.progress().close();
            DiagnosticPrinter printer = new DiagnosticPrinter(
                    path -> sources.stream()
                            .filter(file -> file.path().equals(path))
                            .findFirst(),
                    session.messages().paint().on());
            session.io().err().print(printer.print(imported.diagnostics()));
        }
        imported.text().ifPresent(session.io().out()::print);
        return (imported.text().isPresent() ? ExitCode.DONE : ExitCode.SOURCE).code();
    }
}
