// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.cli;

import io.vnetc.compiler.lower.Lowered;
import io.vnetc.compiler.lower.Lowering;
import io.vnetc.compiler.lower.Surroundings;
import io.vnetc.compiler.model.Host;
import io.vnetc.compiler.model.Model;
import io.vnetc.compiler.render.RenderedFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        description = "Write what each host is to be, without looking at one.",
        footer = {"", "Same input, same bytes: made to be committed and compared. Files are replaced, none is deleted."
        })
final class RenderCommand implements Callable<Integer> {
    /** A source without hosts is for whichever host reads it. */
    private static final String ANY_HOST = "host";

    private final Session session;

    @Mixin
    private SourceOptions source = new SourceOptions();

    @Option(
            names = "-o",
            paramLabel = "DIR",
            required = true,
            description = "The folder to write to; it is made where there is none.")
    private Path output = Path.of("");

    RenderCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws Exception {
        Model model = Source.model(session, source.path());
        Path folder = session.io().resolve(output);
        for (String host : hosts(model)) {
            Lowered lowered = Lowering.lower(model, host, Surroundings.ASSUMED);
            lowered.notices().forEach(session.messages()::warning);
            for (Map.Entry<String, String> file :
                    RenderedFiles.of(host, lowered).entrySet()) {
                write(folder.resolve(host).resolve(file.getKey()), file.getValue());
            }
        }
        return ExitCode.DONE.code();
    }

    private List<String> hosts(Model model) {
        if (source.host().isPresent()) {
            return List.of(Source.host(model, source.host(), ANY_HOST));
        }
        return model.hosts().isEmpty()
                ? List.of(ANY_HOST)
                : model.hosts().stream().map(Host::name).toList();
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
