// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.resolve;

import static org.assertj.core.api.Assertions.assertThat;

import io.vnetc.compiler.lower.Lowering;
import io.vnetc.compiler.lower.Surroundings;
import io.vnetc.compiler.model.Model;
import io.vnetc.dsl.Frontend;
import io.vnetc.dsl.ParsedSources;
import io.vnetc.dsl.source.FolderSourceTree;
import io.vnetc.dsl.source.StandardLibrary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The examples of the standard library compile, without a warning; the tests of the applier apply them. */
final class StandardLibraryTest {
    private static final Path EXAMPLES = Path.of("../stdlib/examples");

    static List<Path> examples() throws IOException {
        try (Stream<Path> files = Files.list(EXAMPLES)) {
            return files.sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void compiles(Path example) throws IOException {
        FolderSourceTree tree = FolderSourceTree.around(example.toRealPath());
        ParsedSources sources = Frontend.parse(tree, tree.pathOf(example.toRealPath()));

        Model model = Resolver.resolve(sources)
                .orElseThrow(() -> new AssertionError(sources.diagnostics().all()));

        assertThat(sources.diagnostics().all()).isEmpty();
        assertThat(Lowering.lower(model, "any", Surroundings.ASSUMED).desired().entries())
                .isNotEmpty();
    }

    @Test
    void everyTemplateIsUsedByAnExample() throws IOException {
        String used = examples().stream()
                .map(StandardLibraryTest::text)
                .map(text -> text.replaceAll("//.*", ""))
                .collect(Collectors.joining());
        List<String> examplesFor = List.of(
                "nat-network",
                "isolated-network",
                "routed-network",
                "star",
                "chain",
                "leaf-spine",
                "symmetric",
                "bursting",
                "gold",
                "bronze",
                "single-homed",
                "dual-homed",
                "router",
                "multi-queue-nic");

        assertThat(examplesFor).allSatisfy(name -> assertThat(used).contains(name));
        assertThat(StandardLibrary.modules())
                .containsExactlyInAnyOrder("std.guest", "std.lab", "std.nat", "std.network", "std.qos");
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
