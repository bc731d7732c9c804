// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.cli;

import com.google.gson.stream.JsonWriter;
import io.vnetc.compiler.resolve.explain.Explainer;
import io.vnetc.compiler.resolve.explain.Explanation;
import io.vnetc.compiler.resolve.explain.Explanation.Setting;
import io.vnetc.dsl.scoping.Similar;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(description = "Show from which line, template, argument or default each value of a declaration comes.")
final class ExplainCommand implements Callable<Integer> {
    private static final int WIDEST = 34;

    private final Session session;

    @Parameters(index = "0", paramLabel = "NAME", description = "A network, guest, pool or host of the source.")
    private String name = "";

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "PATH",
            defaultValue = ".",
            description = "A .vnet file, or a folder of them (default: the current folder).")
    private Path path = Path.of(".");

    @Option(names = "--format", paramLabel = "FORMAT", description = "text or json (default: text).")
    private DataFormat format = DataFormat.TEXT;

    ExplainCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws Exception {
        Source source = Source.read(session, path);
        if (source.model().isEmpty()) {
            session.io()
                    .err()
                    .print(source.text(session.io(), session.messages().paint().on()));
            throw new CommandException(ExitCode.SOURCE, "the source is wrong, so its values are not known");
        }
        List<Explanation> found =
                Explainer.explain(source.parsed(), source.model().get(), name);
        if (found.isEmpty()) {
            List<String> names = Explainer.names(source.parsed());
            throw new CommandException(
                    ExitCode.ERROR,
                    "there is nothing called " + name,
                    Similar.to(name, names)
                            .map(similar -> "Did you mean " + similar + "?")
                            .orElse("There is: " + String.join(", ", names)));
        }
        if (format == DataFormat.JSON) {
            session.io().out().println(json(found));
        } else {
            found.forEach(this::print);
        }
        return ExitCode.DONE.code();
    }

    private void print(Explanation explanation) {
        PrintStream out = session.io().out();
        out.println(session.paint().bold(explanation.declaration()) + "  " + explanation.place());
        int paths = width(explanation.settings().stream().map(Setting::path).toList());
        int values = width(explanation.settings().stream().map(Setting::value).toList());
        for (Setting setting : explanation.settings()) {
            out.println("  " + padded(setting.path(), paths) + "  " + padded(setting.value(), values) + "  "
                    + session.paint().dim(setting.from()));
        }
    }

    /** What is wider than that has its own line's room. */
    private static int width(List<String> texts) {
        return texts.stream()
                .mapToInt(String::length)
                .filter(length -> length <= WIDEST)
                .max()
                .orElse(0);
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }

    private static String json(List<Explanation> explanations) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonWriter json = new JsonWriter(text)) {
            json.setIndent("  ");
            json.beginArray();
            for (Explanation explanation : explanations) {
                json.beginObject();
                json.name("declaration").value(explanation.declaration());
                json.name("place").value(explanation.place());
                json.name("settings").beginArray();
                for (Setting setting : explanation.settings()) {
                    json.beginObject();
                    json.name("path").value(setting.path());
                    json.name("value").value(setting.value());
                    json.name("from").value(setting.from());
                    json.endObject();
                }
                json.endArray();
                json.endObject();
            }
            json.endArray();
        }
        return text.toString();
    }
}
