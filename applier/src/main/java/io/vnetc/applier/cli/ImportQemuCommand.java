// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.cli;

import io.vnetc.applier.finds.RunningQemu;
import io.vnetc.compiler.qemu.importing.CommandLine;
import io.vnetc.compiler.qemu.importing.CommandText;
import io.vnetc.compiler.qemu.importing.HostKnowledge;
import io.vnetc.compiler.qemu.importing.QemuImport;
import io.vnetc.dsl.diagnostic.DiagnosticPrinter;
import io.vnetc.dsl.diagnostic.Diagnostics;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        description = "Translate command lines of QEMU: what their guests are plugged into, and how.",
        footer = {
            "",
            "  vnetc import qemu start-web.sh start-db.sh     scripts, or files with the arguments",
            "  vnetc import qemu --pid 4711                   a guest that runs",
            "  vnetc import qemu -- qemu-system-x86_64 -nic user,hostfwd=tcp::2222-:22",
            "",
            "Nothing is run. Several command lines are several guests; those plugged into each other get cables. What has no",
            "equal in the language is an error at its place; what a command line does not say is named, to be filled in."
        })
final class ImportQemuCommand implements Callable<Integer> {
    private static final String END_OF_OPTIONS = "--";

    private final Session session;

    @Spec
    private CommandSpec spec;

    @Parameters(
            arity = "0..*",
            paramLabel = "FILE",
            description = "A script that starts QEMU, a file with its arguments, or - for the standard input; after --,"
                    + " a command line itself.")
    private List<String> words = List.of();

    @Option(names = "--pid", paramLabel = "PID", description = "A process of QEMU; may be given several times.")
    private List<Long> processes = List.of();

    @Option(names = "--lenient", description = "Write a comment where something has no equal.")
    private boolean lenient;

    @Option(
            names = "--host",
            paramLabel = "NAME",
            description = "The host that the guests run on (default: this host's name).")
    private Optional<String> host = Optional.empty();

    ImportQemuCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws Exception {
        List<String> original = spec.commandLine().getParseResult().originalArgs();
        int end = original.indexOf(END_OF_OPTIONS);
        List<String> given = end < 0 ? List.of() : original.subList(end + 1, original.size());
        List<String> files = words.subList(0, words.size() - given.size());
        if (words.isEmpty() && processes.isEmpty()) {
            throw new CommandException(
                    ExitCode.USAGE, "what to import is missing", "Name a FILE, `--pid PID`, or `-- COMMAND`");
        }
        Diagnostics diagnostics = new Diagnostics();
        List<CommandText> texts = new ArrayList<>();
        Set<String> read = new HashSet<>();
        for (String file : files) {
            if (!read.add(file)) {
                throw new CommandException(ExitCode.USAGE, file + " is named twice");
            }
            ImportedFile imported = ImportedFile.read(session, file, CommandText.MOST_CHARS, "Save it as UTF-8");
            texts.add(CommandText.read(imported.name(), imported.text(), diagnostics));
        }
        for (Long pid : new LinkedHashSet<>(processes)) {
            texts.add(running(pid));
        }
        if (!given.isEmpty()) {
            texts.add(CommandText.of("arguments", given, HostKnowledge.NONE));
        }
        List<CommandLine> lines =
                texts.stream().flatMap(text -> text.lines().stream()).toList();
        Optional<String> text = QemuImport.of(
                lines,
                new QemuImport.Options(host.isPresent() ? host.get() : ImportedFile.here(), lenient),
                diagnostics);
        if (!diagnostics.all().isEmpty()) {
            session.progress().close();
            DiagnosticPrinter printer = new DiagnosticPrinter(
                    path -> texts.stream()
                            .map(CommandText::file)
                            .filter(file -> file.path().equals(path))
                            .findFirst(),
                    session.messages().paint().on());
            session.io().err().print(printer.print(diagnostics));
        }
        text.ifPresent(session.io().out()::print);
        return (text.isPresent() ? ExitCode.DONE : ExitCode.SOURCE).code();
    }

    private static CommandText running(long pid) throws IOException {
        RunningQemu process = new RunningQemu(pid);
        String line;
        try {
            line = process.commandLine();
        } catch (NoSuchFileException e) {
            throw new CommandException(
                    ExitCode.ERROR, "there is no process " + pid, "`pgrep -a qemu` lists those of QEMU");
        } catch (CharacterCodingException e) {
            throw new CommandException(ExitCode.ERROR, "the command line of the process " + pid + " is not UTF-8");
        }
        if (line.isEmpty()) {
            throw new CommandException(
                    ExitCode.ERROR,
                    "the process " + pid + " has no command line",
                    "`pgrep -a qemu` lists those of QEMU");
        }
        return CommandText.of(
                Path.of("/proc", Long.toString(pid), "cmdline").toString(), CommandText.words(line), process.host());
    }
}
