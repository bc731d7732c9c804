// SPDX-License-Identifier: Apache-2.0
package io.vnetc.dsl;

import static org.assertj.core.api.Assertions.assertThat;

import io.vnetc.dsl.diagnostic.Diagnostic;
import io.vnetc.dsl.diagnostic.DiagnosticJson;
import io.vnetc.dsl.diagnostic.DiagnosticPrinter;
import io.vnetc.dsl.diagnostic.DiagnosticSarif;
import io.vnetc.dsl.source.InMemorySourceTree;
import io.vnetc.dsl.syntax.RandomSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever stands in a file, the front end answers with trees or with errors at places that exist, and soon. */
final class FrontendFuzzTest {
    private static final Duration LONGEST = Duration.ofSeconds(2);
    private static final String[] PIECES = {
        "{",
        "}",
        "(",
        ")",
        "[",
        "]",
        "..",
        ".",
        ",",
        "=",
        "<->",
        "\"",
        "//",
        "/*",
        "*/",
        "\n",
        ":",
        "::",
        "/",
        "-",
        "network",
        "on",
        "let",
        "host",
        "subnet",
        "10.0.0.0/8",
        "fd00::/64",
        ".10",
        "::1",
        "12h",
        "10mbit",
        "lab.subnet(24, 1)",
        "lab",
        "\\",
        "\u0000",
        "\u202e",
        "é",
        "\ud83d\ude00",
        "99999999999999999999",
        "a..b",
        "import \"lab.vnet\"",
        "import std.nat",
        "vm x[1..3] {}",
        "template network t(number n) {",
        "from t(1)",
        "use t()",
        "for i in 1..3 {",
        "if a == 1 {",
        "else",
        "\"${a}-${b}\"",
        "\"${\"",
        "[1, 2]",
        "[a = 1]"
    };

    @Test
    void answersAnyMutationOfTheWholeLanguage() throws IOException {
        String sample = FrontendTest.wholeLanguage();
        Randomness.check(300, random -> check(mutated(sample, random).getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void answersAnyBytes() {
        Randomness.check(100, random -> {
            byte[] bytes = new byte[random.nextInt(300)];
            random.nextBytes(bytes);
            check(bytes);
        });
    }

    @Test
    void answersAnySequenceOfTokens() {
        Randomness.check(300, random -> {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(60); i > 0; i--) {
                text.append(PIECES[random.nextInt(PIECES.length)]).append(random.nextInt(3) == 0 ? "" : " ");
            }
            check(text.toString().getBytes(StandardCharsets.UTF_8));
        });
    }

    /** Walks through the grammar itself: what is new in the language is met as soon as it is there. */
    @Test
    void answersAnySourceThatTheGrammarHas() {
        Randomness.check(150, random -> {
            List<String> tokens = RandomSource.tokens(random, random.nextInt(300));
            check(RandomSource.untidy(tokens, random).getBytes(StandardCharsets.UTF_8));
        });
    }

    @Test
    void answersSourcesThatTheGrammarAlmostHas() {
        Randomness.check(200, random -> {
            List<String> tokens = new ArrayList<>(RandomSource.tokens(random, 20 + random.nextInt(200)));
            for (int i = 1 + random.nextInt(4); i > 0; i--) {
                slip(tokens, random);
            }
            check(RandomSource.untidy(tokens, random).getBytes(StandardCharsets.UTF_8));
        });
    }

    /** A word is left out, written twice, swapped with another, or is another one; or bytes are damaged. */
    private static void slip(List<String> tokens, Random random) {
        if (tokens.isEmpty()) {
            return;
        }
        int at = random.nextInt(tokens.size());
        int other = random.nextInt(tokens.size());
        switch (random.nextInt(5)) {
            case 0 -> tokens.remove(at);
            case 1 -> tokens.add(at, tokens.get(at));
            case 2 -> Collections.swap(tokens, at, other);
            case 3 -> tokens.set(at, PIECES[random.nextInt(PIECES.length)]);
            default -> tokens.set(at, mutated(tokens.get(at), random));
        }
    }

    private static String mutated(String sample, Random random) {
        StringBuilder text = new StringBuilder(sample);
        for (int i = 1 + random.nextInt(8); i > 0 && !text.isEmpty(); i--) {
            int from = random.nextInt(text.length());
            int to = Math.min(text.length(), from + random.nextInt(random.nextInt(10) == 0 ? 200 : 8));
            switch (random.nextInt(4)) {
                case 0 -> text.delete(from, to);
                case 1 -> text.insert(from, PIECES[random.nextInt(PIECES.length)]);
                case 2 -> text.insert(random.nextInt(text.length()), text.substring(from, to));
                default -> text.replace(from, to, PIECES[random.nextInt(PIECES.length)]);
            }
        }
        return text.toString();
    }

    private static void check(byte[] content) {
        InMemorySourceTree tree =
                new InMemorySourceTree().with("lab.vnet", content).with("racks/common.vnet", "");
        long start = System.nanoTime();
        ParsedSources sources = Frontend.parse(tree, "lab.vnet");
        if (sources.complete()) {
            new AllValues(sources).evaluate();
        }
        String printed = new DiagnosticPrinter(sources::file, false).print(sources.diagnostics());
        DiagnosticJson.print(sources.diagnostics());
        DiagnosticSarif.print(sources.diagnostics(), "0");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(LONGEST);
        assertThat(printed.chars()).allMatch(c -> c == '\n' || (c >= 0x20 && (c < 0x7f || c > 0x9f)));
        for (Diagnostic diagnostic : sources.diagnostics().all()) {
            sources.file(diagnostic.range().file())
                    .ifPresent(file -> assertThat(diagnostic.range().line()).isLessThanOrEqualTo(file.lineCount()));
        }
    }
}
