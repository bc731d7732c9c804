// SPDX-License-Identifier: Apache-2.0
package io.vnetc.dsl;

import static org.assertj.core.api.Assertions.assertThat;

import io.vnetc.dsl.diagnostic.DiagnosticPrinter;
import io.vnetc.dsl.source.FolderSourceTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Each case under {@code diagnostics/TOPIC} is a file, or a folder of files, with wrong source, and beside it in
 * {@code .expected} what a user sees. {@code -Dgolden.update=true} writes those anew; they are then read by a person.
 */
final class DiagnosticsCorpusTest {
    private static final Path CORPUS = Path.of("src/test/resources/diagnostics");
    private static final boolean WRITE = Boolean.getBoolean("golden.update");

    private record Case(Path source) {
        String name() {
            return CORPUS.relativize(source).toString();
        }

        Path golden() {
            return source.resolveSibling(source.getFileName().toString().replaceFirst("\\.vnet$", "") + ".expected");
        }
    }

    @TestFactory
    Stream<DynamicTest> printsWhatIsExpected() throws IOException {
        return cases().stream().map(each -> DynamicTest.dynamicTest(each.name(), () -> check(each)));
    }

    @Test
    void hasAGoldenForEachCaseAndNoOther() throws IOException {
        try (Stream<Path> all = Files.walk(CORPUS)) {
            List<Path> goldens = all.filter(path -> path.toString().endsWith(".expected"))
                    .sorted()
                    .toList();
            assertThat(goldens)
                    .hasSizeGreaterThan(200)
                    .containsExactlyInAnyOrderElementsOf(
                            cases().stream().map(Case::golden).toList());
        }
    }

    private static List<Case> cases() throws IOException {
        try (Stream<Path> topics = Files.list(CORPUS)) {
            return topics.flatMap(DiagnosticsCorpusTest::children)
                    .filter(path -> !path.toString().endsWith(".expected"))
                    .sorted()
                    .map(Case::new)
                    .toList();
        }
    }

    private static Stream<Path> children(Path topic) {
        try (Stream<Path> paths = Files.list(topic)) {
            return paths.toList().stream();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static void check(Case each) throws IOException {
        boolean folder = Files.isDirectory(each.source());
        FolderSourceTree tree =
                FolderSourceTree.of(folder ? each.source() : each.source().getParent());
        ParsedSources sources =
                Frontend.parse(tree, folder ? "" : each.source().getFileName().toString());
        if (sources.complete()) {
            new AllValues(sources).evaluate();
        }
        String printed = new DiagnosticPrinter(sources::file, false).print(sources.diagnostics());
        if (WRITE) {
            Files.writeString(each.golden(), printed);
        }
        assertThat(sources.diagnostics().all()).as("diagnostics").isNotEmpty();
        assertThat(printed).isEqualTo(Files.readString(each.golden()));
    }
}
