// SPDX-License-Identifier: Apache-2.0
package io.vnetc.dsl.diagnostic;

import static org.assertj.core.api.Assertions.assertThat;

import io.vnetc.dsl.source.SourceFile;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class DiagnosticPrinterTest {
    private final Diagnostics diagnostics = new Diagnostics();

    private static String print(String text, Diagnostic diagnostic, boolean colour) {
        SourceFile file = new SourceFile("a.vnet", text);
        return new DiagnosticPrinter(path -> Optional.of(file).filter(any -> path.equals("a.vnet")), colour)
                .print(diagnostic);
    }

    private static Diagnostic at(int line, int column, int endColumn) {
        return Diagnostic.error(
                DiagnosticCode.SYNTAX, new SourceRange("a.vnet", line, column, line, endColumn), "wrong");
    }

    @Test
    void showsTheLineTheMarkAndTheHelp() {
        assertThat(print("one\ntwo three\n", at(2, 5, 10).withHint("write 3"), false))
                .isEqualTo("""
                a.vnet:2:5: error[VN0101]: wrong
                  2 | two three
                    |     ^^^^^
                    = help: write 3
                """);
    }

    @Test
    void showsOtherPlacesWithTheirFileWhereItIsAnother() {
        SourceRange elsewhere = new SourceRange("b.vnet", 7, 1, 7, 4);
        Diagnostic diagnostic = at(1, 1, 4)
                .withRelated(new SourceRange("a.vnet", 1, 5, 1, 8), "this one")
                .withRelated(elsewhere, "and that");
        assertThat(print("one two", diagnostic, false)).isEqualTo("""
                a.vnet:1:1: error[VN0101]: wrong
                  1 | one two
                    | ^^^
                    |     --- this one
                   ::: b.vnet:7:1
                    | and that
                """);
    }

    @Test
    void coloursOnlyWhenAskedTo() {
        assertThat(print("one", at(1, 1, 4), false)).doesNotContain("\u001b");
        assertThat(print("one", at(1, 1, 4), true)).contains("\u001b[1;31merror[VN0101]\u001b[0m");
    }

    @Test
    void letsNothingOfTheSourceSteerTheTerminal() {
        Diagnostic diagnostic = Diagnostic.error(
                        DiagnosticCode.CONTROL_CHARACTER, new SourceRange("a.vnet", 1, 2, 1, 3), "bad \u001b[2J")
                .withHint("\u202eevil")
                .withRelated(new SourceRange("a.vnet", 1, 1, 1, 2), "\u0007");
        String printed = print("a\u001bb\u202ec", diagnostic, false);
        assertThat(printed.chars().filter(c -> c != '\n').allMatch(c -> c >= 0x20 && c < 0x7f))
                .isTrue();
        assertThat(printed).contains("  1 | a<U+001B>b<U+202E>c\n    |  ^^^^^^^^\n");
    }

    @Test
    void marksTheEndOfALineAndAnEmptyFile() {
        assertThat(print("one", at(1, 4, 4), false)).contains("  1 | one\n    |    ^\n");
        assertThat(print("", at(1, 1, 1), false)).contains("  1 | \n    | ^\n");
    }

    @Test
    void marksOnlyTheFirstLineOfALongRange() {
        Diagnostic diagnostic = Diagnostic.error(DiagnosticCode.SYNTAX, new SourceRange("a.vnet", 1, 3, 2, 2), "wrong");
        assertThat(print("a {\n}", diagnostic, false)).contains("  1 | a {\n    |   ^\n");
    }

    @Test
    void showsAHundredAndCountsTheRest() {
        for (int i = 1; i <= 1_500; i++) {
            diagnostics.report(at(i, 1, 2));
        }
        diagnostics.report(at(7, 1, 2));
        String printed = new DiagnosticPrinter(path -> Optional.empty(), false).print(diagnostics);
        assertThat(printed.lines().filter(line -> line.contains("error[VN0101]")))
                .hasSize(100);
        assertThat(printed).endsWith("1500 errors; the first 100 are shown, and 1400 more are not\n");
        assertThat(diagnostics.all()).hasSize(Diagnostics.MOST_KEPT);
        assertThat(diagnostics.all().get(0).range().line()).isEqualTo(1);
    }

    @Test
    void sortsByPlaceAndCountsEachOnce() {
        diagnostics.report(at(2, 1, 2));
        diagnostics.report(at(1, 1, 2));
        diagnostics.report(at(2, 1, 2));
        diagnostics.warning(DiagnosticCode.NOT_YET, new SourceRange("a.vnet", 1, 1, 1, 2), "later");
        assertThat(diagnostics.all()).extracting(each -> each.range().line()).containsExactly(1, 1, 2);
        assertThat(diagnostics.errors()).isEqualTo(2);
        assertThat(diagnostics.warnings()).isEqualTo(1);
        assertThat(new DiagnosticPrinter(path -> Optional.empty(), false).print(diagnostics))
                .endsWith("2 errors, 1 warning\n");
    }

    @Test
    void keepsTheFirstWhereThereAreMoreThanItKeeps() {
        for (int i = 3_000; i > 0; i--) {
            diagnostics.report(at(i, 1, 2));
        }
        assertThat(diagnostics.all().get(0).range().line()).isEqualTo(1);
        assertThat(diagnostics.errors()).isEqualTo(3_000);
    }
}
