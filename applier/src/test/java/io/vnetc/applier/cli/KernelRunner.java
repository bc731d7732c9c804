// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.cli;

import io.vnetc.applier.apply.StepFault;
import io.vnetc.applier.cli.CommandRunner.Result;
import io.vnetc.applier.host.Paths;
import io.vnetc.applier.host.Programs;
import io.vnetc.applier.lab.NamespaceSnapshot;
import io.vnetc.applier.testing.NetworkNamespace;
import io.vnetc.applier.trial.StandIns;
import io.vnetc.compiler.model.Model;
import io.vnetc.compiler.resolve.Resolver;
import io.vnetc.dsl.Frontend;
import io.vnetc.dsl.source.FolderSourceTree;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Runs commands in this process on the real kernel, in a network namespace that has what some source takes for granted. */
final class KernelRunner implements AutoCloseable {
    private final NetworkNamespace namespace = NetworkNamespace.create();
    private final Path root;
    private StepFault fault = StepFault.NONE;

    KernelRunner() throws IOException {
        // What daemons without rights read has to be within their reach, as it is below /run.
        root = Files.createTempDirectory(
                "vnetc-kernel", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        namespace.exec("ip", "link", "set", "lo", "up");
    }

    /** Makes the uplinks and bridges that this source wants to find. */
    KernelRunner withGroundOf(Path source, String host) throws IOException {
        FolderSourceTree tree = FolderSourceTree.around(source);
        Model model =
                Resolver.resolve(Frontend.parse(tree, tree.pathOf(source))).orElseThrow();
        namespace.run(() -> StandIns.make(model, host, new Programs()));
        return this;
    }

    KernelRunner failing(StepFault wanted) {
        fault = wanted;
        return this;
    }

    NetworkNamespace namespace() {
        return namespace;
    }

    Path root() {
        return root;
    }

    NamespaceSnapshot snapshot() {
        return NamespaceSnapshot.of(namespace);
    }

    Result run(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Io io = new Io(
                new BufferedReader(Reader.nullReader()),
                new PrintStream(out, false, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                Map.of(),
                root,
                Set.of());
        int exit = namespace.call(() -> Main.run(
                List.of(arguments),
                new Surroundings(io, Paths.below(root), Optional.empty(), false, RealHost::open, fault)));
        return new Result(exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    @Override
    public void close() throws IOException {
        namespace.close();
        try (var files = Files.walk(root)) {
            for (Path file : files.sorted((one, other) -> other.compareTo(one)).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
