// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.resolve;

import static org.assertj.core.api.Assertions.assertThat;

import io.vnetc.dsl.ParsedSources;
import io.vnetc.dsl.diagnostic.Diagnostic;
import io.vnetc.dsl.diagnostic.DiagnosticCode;
import io.vnetc.dsl.diagnostic.Severity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The corpus in {@code resources/resolve}: each {@code // case:} is a source of its own, in which the lines that are wrong
 * say so, {@code // error VN0601}, and all others are right.
 */
final class RulesTest {
    private static final Path CORPUS = Path.of("src/test/resources/resolve");
    private static final Pattern MARK = Pattern.compile("(error|warning) (VN[0-9]{4})");

    /** The one file in which the warnings of what is surely not meant are looked at too: sources are short elsewhere. */
    private static final Path LINT = Path.of("lint.vnet");

    /** Codes that clash with another place, which is shown too. */
    private static final Set<DiagnosticCode> WITH_OTHER_PLACE = EnumSet.of(
            DiagnosticCode.SUBNET_OVERLAP,
            DiagnosticCode.MAC_TWICE,
            DiagnosticCode.BRIDGE_TWICE,
            DiagnosticCode.NAME_TWICE,
            DiagnosticCode.CLIENT_TWICE,
            DiagnosticCode.RANGES_OVERLAP,
            DiagnosticCode.ROUTE_CLASH,
            DiagnosticCode.SEVERAL_HOSTS,
            DiagnosticCode.SEVERAL_DEFAULTS,
            DiagnosticCode.VLAN_TWICE,
            DiagnosticCode.MOVED_CLASH,
            DiagnosticCode.LINK_SHARED);

    @TestFactory
    Stream<DynamicTest> everyLineIsRightOrSaysWhatIsWrong() throws IOException {
        try (Stream<Path> files = Files.list(CORPUS)) {
            List<Path> sorted = files.sorted().toList();
            assertThat(sorted).hasSizeGreaterThan(10);
            return sorted.stream().flatMap(RulesTest::cases);
        }
    }

    private static Stream<DynamicTest> cases(Path file) {
        List<String> lines = read(file);
        List<Integer> starts = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).startsWith("// case:")) {
                starts.add(i);
            }
        }
        assertThat(starts).isNotEmpty().startsWith(0);
        starts.add(lines.size());
        return Stream.iterate(0, i -> i < starts.size() - 1, i -> i + 1).map(i -> {
            int from = starts.get(i);
            // Empty lines before the case keep the line numbers those of the file.
            String text = "\n".repeat(from) + String.join("\n", lines.subList(from, starts.get(i + 1))) + "\n";
            String name = file.getFileName() + ": "
                    + lines.get(from).substring("// case:".length()).strip();
            return DynamicTest.dynamicTest(name, () -> check(text, file.endsWith(LINT)));
        });
    }

    private static void check(String text, boolean lint) {
        ParsedSources sources = Sources.parsed(text);
        boolean resolved = Resolver.resolve(sources).isPresent();
        List<Diagnostic> found = sources.diagnostics().all().stream()
                .filter(one -> lint || !one.code().id().startsWith("VN16"))
                .toList();

        assertThat(found).map(RulesTest::mark).containsExactlyInAnyOrderElementsOf(marks(text));
        assertThat(resolved).isEqualTo(found.stream().noneMatch(one -> one.severity() == Severity.ERROR));
        assertThat(found).allSatisfy(one -> {
            assertThat(one.message()).isNotBlank().doesNotEndWith(".");
            if (one.code().id().compareTo("VN05") > 0) {
                assertThat(one.hint()).as("what to do about: " + one.message()).isPresent();
            }
            if (WITH_OTHER_PLACE.contains(one.code())) {
                assertThat(one.related())
                        .as("the other place of: " + one.message())
                        .hasSize(1);
            }
        });
    }

    private static String mark(Diagnostic one) {
        return one.range().line() + ": " + one.severity().name().toLowerCase(Locale.ROOT) + " "
                + one.code().id();
    }

    private static List<String> marks(String text) {
        List<String> marks = new ArrayList<>();
        String[] lines = text.split("\n", -1);
        for (int i = 0; i < lines.length; i++) {
            int comment = lines[i].indexOf("//");
            Matcher mark = MARK.matcher(comment < 0 ? "" : lines[i].substring(comment));
            while (mark.find()) {
                marks.add((i + 1) + ": " + mark.group());
            }
        }
        return marks;
    }

    private static List<String> read(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
