// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.promises;

import io.vnetc.applier.testing.NetworkNamespace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Something to apply.
 *
 * @param name for messages
 * @param path of a file or folder
 * @param host that is meant; absent where the source declares none
 */
record Source(String name, Path path, Optional<String> host) {
    private static final Path EXAMPLES = Path.of("..", "examples");
    private static final Pattern LINK =
            Pattern.compile("^ +(bond|vlan|dummy|ipvlan) \\S+ (?:of|on|\\{)", Pattern.MULTILINE);
    private static final Pattern HOST = Pattern.compile("^host (\\S+)", Pattern.MULTILINE);

    /** All examples of the project that make no links of a type that this machine's kernel lacks, by name. */
    static List<Source> examples() {
        try (Stream<Path> folders = Files.list(EXAMPLES.toRealPath());
                NetworkNamespace kernel = NetworkNamespace.create()) {
            return folders.filter(Files::isDirectory)
                    .sorted()
                    .filter(folder -> lacking(kernel, text(folder)).isEmpty())
                    .map(Source::example)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Source example(String name) {
        return example(EXAMPLES.toAbsolutePath().normalize().resolve(name));
    }

    /** A text of its own, as a file in a folder. */
    static Source of(String name, String text, Path folder) {
        try {
            Path file = Files.writeString(folder.resolve(name + ".vnet"), text);
            return new Source(name, file, host(text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Source example(Path folder) {
        return new Source(folder.getFileName().toString(), folder, host(text(folder)));
    }

    private static List<String> lacking(NetworkNamespace kernel, String text) {
        return LINK.matcher(text)
                .results()
                .map(declaration -> declaration.group(1))
                .distinct()
                .filter(type -> kernel.tryExec("ip", "link", "add", "probe", "type", type)
                        .stderr()
                        .contains("Unknown device type"))
                .toList();
    }

    private static String text(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            StringBuilder text = new StringBuilder();
            for (Path file : files.filter(each -> each.toString().endsWith(".vnet"))
                    .sorted()
                    .toList()) {
                text.append(Files.readString(file));
            }
            return text.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<String> host(String text) {
        Matcher declaration = HOST.matcher(text);
        return declaration.find() ? Optional.of(declaration.group(1)) : Optional.empty();
    }

    @Override
    public String toString() {
        return name;
    }
}
