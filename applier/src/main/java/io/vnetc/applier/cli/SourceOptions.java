// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.cli;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which source, and which host in it. */
final class SourceOptions {
    @Parameters(
            arity = "0..1",
            paramLabel = "PATH",
            defaultValue = ".",
            description = "A .vnet file, or a folder of them (default: the current folder).")
    private Path path = Path.of(".");

    @Option(
            names = "--host",
            paramLabel = "NAME",
            description = "The host of the source that is meant (default: this host's name).")
    private Optional<String> host = Optional.empty();

    Path path() {
        return path;
    }

    Optional<String> host() {
        return host;
    }
}
