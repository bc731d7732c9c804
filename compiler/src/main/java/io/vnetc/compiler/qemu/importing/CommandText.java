// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.qemu.importing;

import io.vnetc.dsl.diagnostic.Diagnostic;
import io.vnetc.dsl.diagnostic.DiagnosticCode;
import io.vnetc.dsl.diagnostic.Diagnostics;
import io.vnetc.dsl.source.SourceFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A text with command lines of QEMU in it.
 *
 * @param file as places are shown in it
 * @param lines in their order
 */
public record CommandText(SourceFile file, List<CommandLine> lines) {
    /** Chars of a text at most; Linux takes 2 MiB for a command line, with the usual stack (execve(2)). */
    public static final int MOST_CHARS = 4 << 20;

    public CommandText {
        lines = List.copyOf(lines);
    }

    /**
     * Reads a script, a file with arguments one a line or as for a shell, or what {@code /proc/PID/cmdline} holds. What is
     * none is reported.
     */
    public static CommandText read(String name, String text, Diagnostics diagnostics) {
        if (text.length() > MOST_CHARS) {
            SourceFile file = new SourceFile(name, "");
            refuse(file, "it has more than 4 MiB", "give the command line alone", diagnostics);
            return new CommandText(file, List.of());
        }
        if (text.indexOf('\0') >= 0) {
            return of(name, words(text), HostKnowledge.NONE);
        }
        SourceFile file = new SourceFile(name, shown(text));
        int before = diagnostics.errors();
        if (isOneALine(text)) {
            return new CommandText(
                    file, List.of(new CommandLine(Optional.empty(), lines(file, text), HostKnowledge.NONE)));
        }
        List<List<Word>> commands = ShellText.commands(file, text, diagnostics);
        List<CommandLine> found = new ArrayList<>();
        for (List<Word> command : commands) {
            qemu(command).ifPresent(found::add);
        }
        if (found.isEmpty() && text.stripLeading().startsWith("-")) {
            List<Word> words = commands.stream().flatMap(List::stream).toList();
            found.add(new CommandLine(Optional.empty(), words, HostKnowledge.NONE));
        }
        if (found.isEmpty() && diagnostics.errors() == before) {
            refuse(
                    file,
                    "there is no command line of QEMU in it",
                    "give a script that starts qemu-system-…, its arguments, or `-- qemu-system-… ARGUMENT…`",
                    diagnostics);
        }
        return new CommandText(file, found);
    }

    /**
     * That of a process, or of whoever gives it word by word. In places each word is a line of its own.
     *
     * @param name of it, for places
     * @param host what the host says of it
     */
    public static CommandText of(String name, List<String> words, HostKnowledge host) {
        SourceFile file = new SourceFile(
                name,
                String.join(
                        "\n",
                        words.stream()
                                .map(word -> shown(word.replace('\n', '\0')))
                                .toList()));
        List<Word> all = new ArrayList<>();
        int start = 0;
        for (String word : words) {
            all.add(Word.plain(file, start, word));
            start += word.length() + 1;
        }
        boolean named = !words.isEmpty() && !words.get(0).startsWith("-");
        return new CommandText(
                file,
                List.of(new CommandLine(
                        named ? Optional.of(words.get(0)) : Optional.empty(),
                        named ? all.subList(1, all.size()) : all,
                        host)));
    }

    /** The words that the kernel keeps, each of which ends with a NUL. */
    public static List<String> words(String text) {
        String whole = text.endsWith("\0") ? text.substring(0, text.length() - 1) : text;
        return List.of(whole.split("\0", -1));
    }

    /** As we print arguments. */
    private static boolean isOneALine(String text) {
        String first = text.lines().findFirst().orElse("");
        return first.matches("-{1,2}[a-zA-Z0-9_-]+") && text.strip().contains("\n");
    }

    private static List<Word> lines(SourceFile file, String text) {
        List<Word> words = new ArrayList<>();
        int start = 0;
        for (String line : text.split("\n", -1)) {
            String word = line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
            if (!word.isEmpty()) {
                words.add(Word.plain(file, start, word));
            }
            start += line.length() + 1;
        }
        return words;
    }

    private static Optional<CommandLine> qemu(List<Word> command) {
        for (int i = 0; i + 1 < command.size(); i++) {
            if (CommandLine.isQemu(command.get(i).text())
                    && command.get(i + 1).text().startsWith("-")) {
                return Optional.of(new CommandLine(
                        Optional.of(command.get(i).text()),
                        command.subList(i + 1, command.size()),
                        HostKnowledge.NONE));
            }
        }
        return Optional.empty();
    }

    private static void refuse(SourceFile file, String message, String hint, Diagnostics diagnostics) {
        diagnostics.report(Diagnostic.error(DiagnosticCode.COMMAND_LINE, file.range(0, 0), message)
                .withHint(hint));
    }

    /** With nothing in it that moves a terminal's cursor; lines stay lines. */
    private static String shown(String text) {
        StringBuilder shown = new StringBuilder(text);
        for (int i = 0; i < shown.length(); i++) {
            char c = shown.charAt(i);
            if (Character.isISOControl(c) && c != '\n' && c != '\r' && c != '\t') {
                shown.setCharAt(i, '\ufffd');
            }
        }
        return shown.toString();
    }
}
