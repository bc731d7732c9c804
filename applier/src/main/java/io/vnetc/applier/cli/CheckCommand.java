// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.cli;

import io.vnetc.compiler.model.Model;
import io.vnetc.dsl.diagnostic.DiagnosticJson;
import io.vnetc.dsl.diagnostic.DiagnosticSarif;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(description = "Check the source: what is wrong, where, and what to do about it.")
final class CheckCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(
            arity = "0..1",
            paramLabel = "PATH",
            defaultValue = ".",
            description = "A .vnet file, or a folder of them (default: the current folder).")
    private Path path = Path.of(".");

    @Option(names = "--format", paramLabel = "FORMAT", description = "text, json or sarif (default: text).")
    private Format format = Format.TEXT;

    CheckCommand(Session session) {
        this.session = session;
    }

    private enum Format {
        TEXT,
        JSON,
        SARIF;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Override
    public Integer call() throws Exception {
        Source source = Source.read(session, path);
        session.io()
                .out()
                .print(
                        switch (format) {
                            case TEXT -> text(source);
                            case JSON -> DiagnosticJson.print(source.parsed().diagnostics());
                            case SARIF -> DiagnosticSarif.print(source.parsed().diagnostics(), Commands.version());
                        });
        return (source.model().isPresent() ? ExitCode.DONE : ExitCode.SOURCE).code();
    }

    private String text(Source source) {
        String said = source.parsed().diagnostics().all().isEmpty()
                ? ""
                : source.text(session.io(), session.paint().on());
        return said + source.model().map(this::summary).orElse("");
    }

    private String summary(Model model) {
        return session.paint().green("✓") + " "
                + "%s, %s, %s, no errors%n"
                        .formatted(
                                count(model.hosts().size(), "host"),
                                count(model.networks().size(), "network"),
                                count(model.guests().size(), "guest"));
    }

    private static String count(int number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }
}
