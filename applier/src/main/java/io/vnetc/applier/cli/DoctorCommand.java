// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.cli;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.vnetc.applier.apply.HostAccess;
import io.vnetc.applier.doctor.Doctor;
import io.vnetc.applier.doctor.Finding;
import io.vnetc.applier.doctor.Finding.Level;
import java.io.PrintStream;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(description = "Show what this machine lacks, or has that would drop guests' traffic. Changes nothing.")
final class DoctorCommand implements Callable<Integer> {
    private static final int WIDTH = 80;
    private static final int INDENT = 16;

    private final Session session;

    @Option(names = "--format", paramLabel = "FORMAT", description = "text or json (default: text).")
    private DataFormat format = DataFormat.TEXT;

    DoctorCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws Exception {
        try (HostAccess access = session.openHost()) {
            List<Finding> findings = Doctor.examine(access.context());
            if (format == DataFormat.JSON) {
                session.io().out().println(json(findings));
            } else {
                findings.forEach(this::print);
            }
            return exit(findings).code();
        }
    }

    private static ExitCode exit(List<Finding> findings) {
        return switch (findings.stream()
                .map(Finding::level)
                .max(Comparator.naturalOrder())
                .orElse(Level.FINE)) {
            case FINE, NOTE -> ExitCode.DONE;
            case PROBLEM -> ExitCode.CHECKS_FAILED;
            case MISSING -> ExitCode.LACKING;
        };
    }

    private void print(Finding finding) {
        Paint paint = session.paint();
        String sign = switch (finding.level()) {
            case FINE -> paint.green("✓");
            case NOTE -> paint.cyan("·");
            case PROBLEM -> paint.yellow("!");
            case MISSING -> paint.red("✗");
        };
        PrintStream out = session.io().out();
        String subject = paint.bold("%-12s".formatted(finding.subject()));
        List<String> lines = Wrap.lines(finding.detail(), WIDTH - INDENT);
        out.println(sign + " " + subject + "  " + lines.get(0));
        lines.stream().skip(1).forEach(line -> out.println(" ".repeat(INDENT) + line));
        if (!finding.remedy().isEmpty()) {
            Wrap.lines("→ " + finding.remedy(), WIDTH - INDENT)
                    .forEach(line -> out.println(" ".repeat(INDENT) + paint.dim(line)));
        }
    }

    private static String json(List<Finding> findings) {
        JsonArray list = new JsonArray();
        for (Finding finding : findings) {
            JsonObject entry = new JsonObject();
            entry.addProperty("level", finding.level().name().toLowerCase(Locale.ROOT));
            entry.addProperty("subject", finding.subject());
            entry.addProperty("detail", finding.detail());
            entry.addProperty("remedy", finding.remedy());
            list.add(entry);
        }
        JsonObject document = new JsonObject();
        document.addProperty("format_version", "1.0");
        document.addProperty("kind", "doctor");
        document.add("findings", list);
        return new GsonBuilder()
                .setPrettyPrinting()
                .disableHtmlEscaping()
                .create()
                .toJson(document);
    }
}
