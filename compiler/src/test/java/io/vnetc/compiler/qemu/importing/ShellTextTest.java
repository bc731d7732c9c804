// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.qemu.importing;

import static org.assertj.core.api.Assertions.assertThat;

import io.vnetc.dsl.diagnostic.Diagnostics;
import io.vnetc.dsl.source.SourceFile;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A text for the shell, and the words that the shell would make of it. */
class ShellTextTest {
    private static List<List<Word>> commands(String text) {
        Diagnostics diagnostics = new Diagnostics();
        List<List<Word>> commands = ShellText.commands(new SourceFile("x.sh", text), text, diagnostics);
        assertThat(diagnostics.all()).isEmpty();
        return commands;
    }

    private static List<List<String>> words(String text) {
        return commands(text).stream()
                .map(command -> command.stream().map(Word::text).toList())
                .toList();
    }

    @Test
    void quotesAndBackslashesAreTheShells() {
        assertThat(words("a 'b c' \"d \\\"e\\\" \\\\ \\n\" f\\ g 'h'\"i\"j ''"))
                .containsExactly(List.of("a", "b c", "d \"e\" \\ \\n", "f g", "hij", ""));
    }

    @Test
    void aLineGoesOnAfterABackslash() {
        assertThat(words("a \\\n  b\\\r\n c\\\nd")).containsExactly(List.of("a", "b", "cd"));
    }

    @Test
    void commentsEndWithTheirLineAndBeginAWord() {
        assertThat(words("a # b 'c\nd#e # f")).containsExactly(List.of("a"), List.of("d#e"));
    }

    @Test
    void operatorsPartCommands() {
        assertThat(words("a; b && c | d & (e)\nf"))
                .containsExactly(List.of("a"), List.of("b"), List.of("c"), List.of("d"), List.of("e"), List.of("f"));
    }

    @Test
    void redirectionsAreNoWords() {
        assertThat(words("a 3<>/dev/tap7 b >/dev/null 2>&1 c<d")).containsExactly(List.of("a", "b", "c"));
    }

    @Test
    void documentsAreNoCommands() {
        assertThat(words("a <<END\nqemu -nic user\nEND\nb")).containsExactly(List.of("a"), List.of("b"));
    }

    @Test
    void whatTheShellPutsInIsKeptAndMarked() {
        List<Word> words =
                commands("a$B ${C} $(d e) `f g` '$h' \"$i\" \\$j $ 5$").get(0);
        assertThat(words.stream().map(Word::text))
                .containsExactly("a$B", "${C}", "$(d e)", "`f g`", "$h", "$i", "$j", "$", "5$");
        assertThat(words.stream().map(word -> word.expansion().isPresent()))
                .containsExactly(true, true, true, true, false, true, false, false, false);
    }

    @Test
    void placesAreThoseOfTheText() {
        Word word = commands("a \\\n 'x,y=1'").get(0).get(1);
        assertThat(word.place(2, 5).toString()).isEqualTo("x.sh:2:5");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a 'b", "a \"b", "a `b", "a $(b", "a ${b", "a \"$(b\""})
    void whatIsNotClosedIsReportedAtItsBeginning(String text) {
        Diagnostics diagnostics = new Diagnostics();
        ShellText.commands(new SourceFile("x.sh", text), text, diagnostics);
        assertThat(diagnostics.all())
                .allSatisfy(diagnostic -> assertThat(diagnostic.message()).contains("is not closed"))
                .isNotEmpty();
    }
}
