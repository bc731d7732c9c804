// SPDX-License-Identifier: Apache-2.0
package io.vnetc.dsl.expansion;

import static org.assertj.core.api.Assertions.assertThat;

import io.vnetc.dsl.Frontend;
import io.vnetc.dsl.ParsedSources;
import io.vnetc.dsl.Randomness;
import io.vnetc.dsl.diagnostic.Diagnostic;
import io.vnetc.dsl.diagnostic.DiagnosticCode;
import io.vnetc.dsl.diagnostic.DiagnosticPrinter;
import io.vnetc.dsl.source.InMemorySourceTree;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class ExpansionPropertiesTest {
    private static ParsedSources parse(String text) {
        return Frontend.parse(new InMemorySourceTree().with("a.vnet", text), "a.vnet");
    }

    private static String expanded(String text) {
        ParsedSources sources = parse(text);
        String expanded = ExpandedText.of(sources);
        assertThat(new DiagnosticPrinter(sources::file, false).print(sources.diagnostics()))
                .as(text)
                .isEmpty();
        return expanded;
    }

    @Test
    void isTheSameAsWrittenOutByHand() {
        Randomness.check(100, random -> {
            RandomLab lab = new RandomLab(random);
            assertThat(expanded(lab.written())).as(lab.written()).isEqualTo(expanded(lab.byHand()));
        });
    }

    /** Templates that use one another at random: a circle is found, and whatever is made is less than the limit. */
    @Test
    void endsWhateverUsesWhatever() {
        Randomness.check(60, random -> {
            String text = templates(random);
            ParsedSources sources = parse(text);
            assertThat(sources.declarations().size()).isLessThan(Expander.MOST + 100);
            assertThat(sources.diagnostics().all())
                    .as(text)
                    .extracting(Diagnostic::code)
                    .isSubsetOf(
                            DiagnosticCode.TEMPLATE_CYCLE,
                            DiagnosticCode.EXPANSION_LIMIT,
                            DiagnosticCode.DUPLICATE_NAME);
        });
    }

    private static String templates(Random random) {
        int count = 2 + random.nextInt(20);
        boolean circles = random.nextInt(3) == 0;
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append("template t").append(i).append(" {\n");
            for (int use = random.nextInt(4); use > 0; use--) {
                int other = circles ? random.nextInt(count) : i == 0 ? -1 : random.nextInt(i);
                if (other >= 0) {
                    boolean loop = random.nextBoolean();
                    text.append(loop ? "  for i in 1.." + (1 + random.nextInt(6)) + " { use t" : "  use t")
                            .append(other)
                            .append(loop ? " }\n" : "\n");
                }
            }
            text.append(random.nextBoolean() ? "  silence VN1601 \"random\"\n}\n" : "}\n");
        }
        return text.append("use t").append(count - 1).append('\n').toString();
    }

    @Test
    void doublingUsesStopAtTheLimitAndAreToldWhere() {
        StringBuilder text = new StringBuilder("template t0 { }\n");
        for (int i = 1; i < 40; i++) {
            text.append("template t%d { use t%d  use t%d }\n".formatted(i, i - 1, i - 1));
        }
        ParsedSources sources = parse(text + "use t39\n");
        assertThat(sources.diagnostics().all())
                .extracting(Diagnostic::code)
                .containsExactly(DiagnosticCode.EXPANSION_LIMIT);
        assertThat(sources.diagnostics().all().get(0).related())
                .last()
                .satisfies(use -> assertThat(use.range()).hasToString("a.vnet:41:5"));
    }

    @Test
    void doublingStringsStopAtTheirLimit() {
        StringBuilder text = new StringBuilder("let s0 = \"ab\"\n");
        for (int i = 1; i < 60; i++) {
            text.append("let s%d = \"${s%d}${s%d}\"\n".formatted(i, i - 1, i - 1));
        }
        ParsedSources sources = parse(text + "network n { title \"${s59}\" }\n");
        assertThat(sources.diagnostics().all())
                .extracting(Diagnostic::code)
                .containsExactly(DiagnosticCode.BAD_INTERPOLATION);
    }

    @Test
    void aLoopBesideWhatCannotBeExpandedStaysAsItIsWritten() {
        ParsedSources sources = parse("""
                let base = 10.0.0.0/8
                for i in 1..2 {
                  let net = base.subnet(24, i)
                  network "n${i}" { subnet net { } }
                }
                template t(number i) { for i in 1..2 { } }
                """);
        assertThat(ExpandedText.of(sources)).isEmpty();
        assertThat(sources.diagnostics().all())
                .extracting(Diagnostic::code)
                .containsExactly(DiagnosticCode.SHADOWED_NAME);
    }

    /** Whatever is wrong is said at a place that exists; nothing is thrown. */
    @Test
    void answersAnyMutation() {
        Randomness.check(300, random -> {
            StringBuilder text = new StringBuilder(new RandomLab(random).written());
            for (int i = 1 + random.nextInt(5); i > 0; i--) {
                int from = random.nextInt(text.length());
                int to = Math.min(text.length(), from + random.nextInt(12));
                int at = random.nextInt(text.length());
                switch (random.nextInt(3)) {
                    case 0 -> text.delete(from, to);
                    case 1 -> text.insert(at, text.substring(from, to));
                    default -> text.replace(from, to, PIECES[random.nextInt(PIECES.length)]);
                }
                text.append(' ');
            }
            ParsedSources sources = parse(text.toString());
            ExpandedText.of(sources);
            assertThat(new DiagnosticPrinter(sources::file, false).print(sources.diagnostics()))
                    .isNotNull();
        });
    }

    private static final String[] PIECES = {
        "${i}",
        "\"",
        "{",
        "}",
        "for",
        "use t",
        "from lan1",
        "(",
        ")",
        "[1, 2]",
        "[0]",
        " - 1",
        " / 0",
        "..",
        "net",
        "\"${net}\"",
        "not",
        "true",
        "size",
        "private let x = ",
        "template vm t(text x = \"a\") ",
        "9999999999",
        "i",
        "if i > 1 { } else",
        ".host(1)",
        "=",
        ","
    };
}
