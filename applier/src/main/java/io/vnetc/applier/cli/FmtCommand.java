// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.cli;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import io.vnetc.dsl.diagnostic.DiagnosticPrinter;
import io.vnetc.dsl.diagnostic.Diagnostics;
import io.vnetc.dsl.formatting2.SourceFormatter;
import io.vnetc.dsl.source.SourceDecoder;
import io.vnetc.dsl.source.SourceFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        description = "Lay out .vnet files in the one style there is, in place; names those that it changed.",
        footer = {"", "A file with a syntax error is reported and left as it is (exit code 3), the others are done."})
final class FmtCommand implements Callable<Integer> {
    private static final Path STANDARD_INPUT = Path.of("-");
    private static final int CONTEXT = 3;

    private final Session session;
    private final Diagnostics diagnostics = new Diagnostics();
    private final Map<String, SourceFile> files = new LinkedHashMap<>();

    @Parameters(
            arity = "0..*",
            paramLabel = "PATH",
            defaultValue = ".",
            description = "Files, folders with all that is below them, or - for stdin to stdout "
                    + "(default: the current folder).")
    private List<Path> paths = new ArrayList<>();

    @Option(
            names = "--check",
            description = "Change nothing, and exit with 11 where a file is not laid out so; names those files.")
    private boolean check;

    @Option(names = "--diff", description = "Change nothing, and show what would change.")
    private boolean diff;

    FmtCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException {
        SourceFormatter formatter = new SourceFormatter(diagnostics);
        boolean changes = false;
        for (Path path : paths) {
            if (path.equals(STANDARD_INPUT)) {
                changes |= standardInput(formatter);
                continue;
            }
            for (Path file : filesOf(session.io().resolve(path))) {
                changes |= file(formatter, file);
            }
        }
        if (diagnostics.hasErrors()) {
            session.messages();
            session.io()
                    .err()
                    .print(new DiagnosticPrinter(
                                    shown -> Optional.ofNullable(files.get(shown)),
                                    session.messages().paint().on())
                            .print(diagnostics));
            return ExitCode.SOURCE.code();
        }
        return (check && changes ? ExitCode.CHECKS_FAILED : ExitCode.DONE).code();
    }

    /** Hidden folders and symbolic links below a folder are left alone. */
    private static List<Path> filesOf(Path path) throws IOException {
        if (!Files.isDirectory(path)) {
            return List.of(path);
        }
        List<Path> found = new ArrayList<>();
        List<Path> inside;
        try (Stream<Path> entries = Files.list(path)) {
            inside = entries.filter(
                            each -> !each.getFileName().toString().startsWith(".") && !Files.isSymbolicLink(each))
                    .sorted()
                    .toList();
        }
        for (Path each : inside) {
            if (Files.isDirectory(each)) {
                found.addAll(filesOf(each));
            } else if (each.toString().endsWith(".vnet")) {
                found.add(each);
            }
        }
        return found;
    }

    private boolean file(SourceFormatter formatter, Path file) throws IOException {
        byte[] before;
        try (InputStream input = Files.newInputStream(file)) {
            before = input.readNBytes(SourceDecoder.MOST_BYTES + 1);
        }
        String shown = shown(file);
        Optional<String> text = format(formatter, shown, before);
        if (text.isEmpty() || text.get().equals(new String(before, StandardCharsets.UTF_8))) {
            return false;
        }
        if (diff) {
            session.io().out().print(difference(shown, new String(before, StandardCharsets.UTF_8), text.get()));
        } else {
            session.io().out().println(shown);
        }
        if (!diff && !check) {
            FileReplacement.write(file, text.get());
        }
        return true;
    }

    private boolean standardInput(SourceFormatter formatter) throws IOException {
        StringWriter input = new StringWriter();
        session.io().in().transferTo(input);
        String before = input.toString();
        if (before.indexOf('\ufffd') >= 0) {
            throw new CommandException(ExitCode.SOURCE, "what comes in is not UTF-8");
        }
        Optional<String> text = format(formatter, "<stdin>", before.getBytes(StandardCharsets.UTF_8));
        text.ifPresent(formatted -> {
            if (diff) {
                session.io().out().print(difference("<stdin>", before, formatted));
            } else if (!check) {
                session.io().out().print(formatted);
            }
        });
        return text.isPresent() && !text.get().equals(before);
    }

    private Optional<String> format(SourceFormatter formatter, String shown, byte[] bytes) {
        Optional<SourceFile> decoded = SourceDecoder.decode(shown, bytes, diagnostics);
        decoded.ifPresent(file -> files.put(shown, file));
        return decoded.flatMap(formatter::format);
    }

    private static String difference(String shown, String before, String after) {
        List<String> lines = before.lines().toList();
        List<String> unified = UnifiedDiffUtils.generateUnifiedDiff(
                shown, shown, lines, DiffUtils.diff(lines, after.lines().toList()), CONTEXT);
        // Where only line ends differ there is no line to show.
        return unified.isEmpty() ? shown + ": only line ends differ\n" : String.join("\n", unified) + "\n";
    }

    private String shown(Path file) {
        Path normal = file.normalize();
        Path here = session.io().directory().normalize();
        return normal.startsWith(here) ? here.relativize(normal).toString() : normal.toString();
    }
}
