// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import io.vnetc.compiler.resolve.Resolver;
import io.vnetc.dsl.Frontend;
import io.vnetc.dsl.ParsedSources;
import io.vnetc.dsl.diagnostic.Diagnostic;
import io.vnetc.dsl.diagnostic.DiagnosticCode;
import io.vnetc.dsl.diagnostic.DiagnosticPrinter;
import io.vnetc.dsl.diagnostic.Diagnostics;
import io.vnetc.dsl.diagnostic.Severity;
import io.vnetc.dsl.formatting2.SourceFormatter;
import io.vnetc.dsl.source.InMemorySourceTree;
import io.vnetc.dsl.source.SourceFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Every piece of source in the documentation compiles as it stands, and is laid out as {@code vnetc fmt} does it. Where a
 * code stands after {@code vnet}, it has that error.
 */
final class SnippetsTest {
    private static final List<Path> DOCUMENTS =
            List.of(Path.of("../dsl/LANGUAGE.md"), Path.of("../dsl/TOUR.md"), Path.of("../stdlib/README.md"));
    private static final Pattern FENCE =
            Pattern.compile("^```vnet(?: (VN[0-9]{4}))?\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);

    private record Snippet(String place, Optional<String> code, String text) {}

    @TestFactory
    Stream<DynamicTest> compile() throws IOException {
        return snippets().stream().map(each -> DynamicTest.dynamicTest(each.place(), () -> check(each)));
    }

    @Test
    void areFoundAtAll() throws IOException {
        assertThat(snippets()).hasSizeGreaterThan(40);
    }

    private static List<Snippet> snippets() throws IOException {
        List<Snippet> snippets = new ArrayList<>();
        for (Path document : DOCUMENTS) {
            String text = Files.readString(document);
            Matcher fence = FENCE.matcher(text);
            while (fence.find()) {
                long line = text.substring(0, fence.start()).lines().count() + 1;
                snippets.add(new Snippet(
                        document.getFileName() + ":" + line, Optional.ofNullable(fence.group(1)), fence.group(2)));
            }
        }
        return snippets;
    }

    private static void check(Snippet snippet) {
        ParsedSources sources =
                Frontend.parse(new InMemorySourceTree().with("snippet.vnet", snippet.text()), "snippet.vnet");
        Resolver.resolve(sources);
        List<String> errors = sources.diagnostics().all().stream()
                .filter(each -> each.severity() == Severity.ERROR)
                .map(Diagnostic::code)
                .filter(code -> code != DiagnosticCode.NOT_YET)
                .map(DiagnosticCode::id)
                .toList();
        assertThat(errors)
                .as(new DiagnosticPrinter(sources::file, false).print(sources.diagnostics()))
                .isEqualTo(snippet.code().stream().toList());
        assertThat(new SourceFormatter(new Diagnostics()).format(new SourceFile("snippet.vnet", snippet.text())))
                .hasValue(snippet.text());
    }
}
