// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.cli;

import io.vnetc.compiler.libvirt.importing.LibvirtImport;
import io.vnetc.compiler.libvirt.xml.XmlReader;
import io.vnetc.dsl.diagnostic.DiagnosticPrinter;
import io.vnetc.dsl.source.SourceFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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
        description = "Translate libvirt's network XML, as `virsh net-dumpxml` prints it.",
        footer = {
            "",
            "What has no equal in the language is an error with its line and element; nothing is left out without a word."
        })
final class ImportLibvirtCommand implements Callable<Integer> {
    private static final String STDIN = "-";

    private final Session session;

    @Parameters(
            arity = "1..*",
            paramLabel = "FILE",
            description = "A file with a network, or - for the standard input.")
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
            sources.add(new SourceFile(file.equals(STDIN) ? "stdin" : file, text(file)));
        }
        LibvirtImport.Imported imported =
                LibvirtImport.of(sources, new LibvirtImport.Options(host.isPresent() ? host.get() : here(), lenient));
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

    private static String here() throws IOException {
        String name = Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
        return name.contains(".") ? name.substring(0, name.indexOf('.')) : name;
    }

    /** One character more than is taken at most, so that what is too long is seen to be. */
    private String text(String file) throws IOException {
        String text =
                file.equals(STDIN) ? standardInput() : content(session.io().resolve(Path.of(file)), file);
        return text.startsWith("\ufeff") ? text.substring(1) : text;
    }

    private String standardInput() throws IOException {
        StringBuilder text = new StringBuilder();
        char[] buffer = new char[1 << 13];
        Reader in = session.io().in();
        for (int count = in.read(buffer);
                count >= 0 && text.length() <= XmlReader.MOST_CHARS;
                count = in.read(buffer)) {
            text.append(buffer, 0, count);
        }
        return text.toString();
    }

    private static String content(Path path, String file) throws IOException {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(path)) {
            bytes = in.readNBytes(XmlReader.MOST_CHARS + 1);
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new CommandException(ExitCode.SOURCE, file + " is not UTF-8", "Save it as UTF-8, as virsh prints it");
        }
    }
}
