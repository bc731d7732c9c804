// SPDX-License-Identifier: Apache-2.0
package io.vnetc.dsl.formatting2;

import static org.assertj.core.api.Assertions.assertThat;

import io.vnetc.dsl.Randomness;
import io.vnetc.dsl.diagnostic.DiagnosticPrinter;
import io.vnetc.dsl.diagnostic.Diagnostics;
import io.vnetc.dsl.source.SourceFile;
import io.vnetc.dsl.syntax.RandomSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class SourceFormatterTest {
    private static final Path CASES = Path.of("src/test/resources/formatting");
    private static final boolean WRITE = Boolean.getBoolean("golden.update");

    /** Formats, and again: the second time nothing changes. The formatter itself throws where a word is lost. */
    private static String stable(String text) {
        String once = format(text);
        assertThat(format(once)).as("formatted again").isEqualTo(once);
        return once;
    }

    private static String format(String text) {
        Diagnostics diagnostics = new Diagnostics();
        SourceFile file = new SourceFile("a.vnet", text);
        return new SourceFormatter(diagnostics)
                .format(file)
                .orElseThrow(() -> new AssertionError(
                        new DiagnosticPrinter(path -> Optional.of(file), false).print(diagnostics) + text));
    }

    static Stream<Path> cases() throws IOException {
        return files(CASES).filter(path -> !path.toString().endsWith(".formatted.vnet"));
    }

    static Stream<Path> shipped() throws IOException {
        return Stream.concat(files(Path.of("../examples")), files(Path.of("../stdlib/std")));
    }

    static Stream<Path> corpus() throws IOException {
        return Stream.concat(files(Path.of("src/test/resources")), files(Path.of("../compiler/src/test/resources")));
    }

    private static Stream<Path> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            List<Path> sources = all.filter(path -> path.toString().endsWith(".vnet"))
                    .sorted()
                    .toList();
            return sources.stream();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void laysOut(Path source) throws IOException {
        Path golden =
                source.resolveSibling(source.getFileName().toString().replaceFirst("\\.vnet$", ".formatted.vnet"));
        String text = stable(Files.readString(source));
        if (WRITE) {
            Files.writeString(golden, text);
        }
        assertThat(text).isEqualTo(Files.readString(golden));
    }

    @ParameterizedTest
    @MethodSource("shipped")
    void leavesWhatShipsAsItIs(Path source) throws IOException {
        assertThat(stable(Files.readString(source))).isEqualTo(Files.readString(source));
    }

    @ParameterizedTest
    @MethodSource("corpus")
    void staysAsItIsOnceFormatted(Path source) throws IOException {
        String text = Files.readString(source);
        if (new SourceFormatter(new Diagnostics())
                .format(new SourceFile("a.vnet", text))
                .isPresent()) {
            stable(text);
        }
    }

    @Test
    void keepsEveryWordAndCommentOfAnySource() {
        Randomness.check(200, random -> {
            List<String> tokens = RandomSource.tokens(random, random.nextInt(400));
            String text = stable(RandomSource.untidy(tokens, random));
            assertThat(text.lines()).noneMatch(line -> line.endsWith(" "));
            assertThat(text).doesNotContain("\n\n\n").doesNotContain("\r");
        });
    }

    @Test
    void doesNotDependOnTheWhiteSpaceButForBlocksOnOneLineAndEmptyLines() {
        Randomness.check(100, random -> {
            List<String> tokens = RandomSource.tokens(random, random.nextInt(400));
            assertThat(stable(String.join("\t ", tokens))).isEqualTo(stable(RandomSource.plain(tokens)));
        });
    }

    @Test
    void hasNoOpinionOnWhatDoesNotParse() {
        Diagnostics diagnostics = new Diagnostics();
        assertThat(new SourceFormatter(diagnostics).format(new SourceFile("a.vnet", "network {")))
                .isEmpty();
        assertThat(diagnostics.hasErrors()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("empty")
    void anEmptyFileStaysEmptyAndCommentsStay(String text, String expected) {
        assertThat(stable(text)).isEqualTo(expected);
    }

    static Stream<Arguments> empty() {
        return Stream.of(
                Arguments.of("", ""), Arguments.of(" \n\n\t", ""), Arguments.of("\n// a\n\n\n// b", "// a\n\n// b\n"));
    }
}
