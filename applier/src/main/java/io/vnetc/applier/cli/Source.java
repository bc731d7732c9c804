// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.cli;

import io.vnetc.compiler.model.Host;
import io.vnetc.compiler.model.Model;
import io.vnetc.compiler.model.QemuVersion;
import io.vnetc.compiler.resolve.Resolver;
import io.vnetc.dsl.Frontend;
import io.vnetc.dsl.ParsedSources;
import io.vnetc.dsl.diagnostic.DiagnosticPrinter;
import io.vnetc.dsl.source.FolderSourceTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A source that was read.
 *
 * @param top of the tree that its paths are relative to
 * @param parsed its files, and what there is to say about them
 * @param model what it means; absent when it is wrong
 */
record Source(Path top, ParsedSources parsed, Optional<Model> model) {
    /** Reads it, whether it is right or wrong. */
    static Source read(Session session, Path path) throws IOException {
        return read(session, path, Optional.empty());
    }

    /**
     * Likewise, for guests that are run by a QEMU whose version is known.
     *
     * @param qemu the version, before what hosts say of themselves
     */
    static Source read(Session session, Path path, Optional<QemuVersion> qemu) throws IOException {
        Path entry = session.io().resolve(path);
        FolderSourceTree tree = FolderSourceTree.around(entry);
        ParsedSources parsed = Frontend.parse(tree, tree.pathOf(entry));
        return new Source(tree.top(), parsed, Resolver.resolve(parsed, qemu));
    }

    /** The model of a source that has to be right; what is to be said about it goes to stderr. */
    static Model model(Session session, Path path) throws IOException {
        return read(session, path).required(session);
    }

    /** The same of a source that was read. */
    Model required(Session session) {
        if (!parsed.diagnostics().all().isEmpty()) {
            session.progress().close();
            session.io()
                    .err()
                    .print(text(session.io(), session.messages().paint().on()));
        }
        return model.orElseThrow(() -> {
            int errors = parsed.diagnostics().errors();
            return new CommandException(
                    ExitCode.SOURCE, "the source has " + (errors == 1 ? "an error" : errors + " errors"));
        });
    }

    /** All diagnostics, each with its line; paths are relative to where the user is, if they lie there. */
    String text(Io io, boolean color) {
        return new DiagnosticPrinter(parsed::file, color, path -> shown(io, path)).print(parsed.diagnostics());
    }

    private String shown(Io io, String path) {
        Path file = top.resolve(path);
        return file.startsWith(io.directory()) ? io.directory().relativize(file).toString() : path;
    }

    /**
     * The host that is meant.
     *
     * @param asked for on the command line
     * @param here this host's name
     */
    static String host(Model model, Optional<String> asked, String here) {
        if (model.hosts().isEmpty()) {
            return asked.orElse(here);
        }
        String wanted = asked.orElse(here);
        String shortName = wanted.contains(".") ? wanted.substring(0, wanted.indexOf('.')) : wanted;
        return model.hosts().stream()
                .map(Host::name)
                .filter(name -> name.equals(wanted) || (asked.isEmpty() && name.equals(shortName)))
                .findFirst()
                .orElseThrow(() -> new CommandException(
                        ExitCode.ERROR,
                        asked.isPresent()
                                ? "the source has no host " + wanted
                                : "this is " + wanted + ", and the source has no host of that name",
                        "Name the one that is meant: "
                                + model.hosts().stream()
                                        .map(host -> "--host " + host.name())
                                        .collect(Collectors.joining(" or "))));
    }

    /** The same where no host is looked at: a source with one host means that. */
    static String hostOrOnly(Model model, Optional<String> asked) throws IOException {
        if (asked.isEmpty() && model.hosts().size() == 1) {
            return model.hosts().get(0).name();
        }
        return host(
                model,
                asked,
                Files.readString(Path.of("/proc/sys/kernel/hostname")).strip());
    }
}
