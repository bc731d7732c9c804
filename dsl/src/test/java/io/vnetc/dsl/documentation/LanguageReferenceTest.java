// SPDX-License-Identifier: Apache-2.0
package io.vnetc.dsl.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import io.vnetc.dsl.expression.Function;
import io.vnetc.dsl.expression.ParameterType;
import io.vnetc.dsl.machine.MachinePackage;
import io.vnetc.dsl.validation.SettingCounts;
import io.vnetc.dsl.vnet.VnetPackage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.emf.ecore.EClass;
import org.eclipse.emf.ecore.EStructuralFeature;
import org.eclipse.xtext.AbstractElement;
import org.eclipse.xtext.Assignment;
import org.eclipse.xtext.EcoreUtil2;
import org.eclipse.xtext.GrammarUtil;
import org.eclipse.xtext.TypeRef;
import org.junit.jupiter.api.Test;

/**
 * The reference of the language is made of the grammar, which says what can be written, and of {@code language.md}, which
 * says what it means. {@code -Dgolden.update=true} writes it anew; it is then read by a person.
 */
final class LanguageReferenceTest {
    private static final Path MEANINGS = Path.of("src/main/resources/io/vnetc/dsl/language.md");
    private static final Path REFERENCE = Path.of("LANGUAGE.md");
    private static final Pattern SETTING = Pattern.compile("- ([A-Za-z0-9-]+)(?: \\(([^)]*)\\))?: (.*)");

    /** Rules whose settings stand in no section of their own, or are said in the text. */
    private static final List<String> TOLD_ELSEWHERE =
            List.of("Forward", "DnsmasqSetting", "Virtualport", "Sriov", "Test", "Backend");

    private record Section(String rule, String title, List<String> text, Map<String, Setting> settings) {}

    private record Setting(List<String> placeholders, String meaning) {}

    @Test
    void isWhatTheGrammarAndTheMeaningsSay() throws IOException {
        String reference = reference(sections());
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(REFERENCE, reference);
        }
        assertThat(Files.readString(REFERENCE))
                .as("stale? -Dgolden.update=true writes it anew")
                .isEqualTo(reference);
    }

    @Test
    void saysOfEverySettingWhatItMeans() throws IOException {
        Map<String, Section> byRule = new LinkedHashMap<>();
        sections().stream().filter(each -> !each.rule().isEmpty()).forEach(each -> byRule.put(each.rule(), each));
        assertThat(byRule.keySet()).allMatch(GrammarText::has);
        for (String block : GrammarText.blocks()) {
            if (!TOLD_ELSEWHERE.contains(block)) {
                assertThat(byRule).as("section").containsKey(block);
            }
        }
        byRule.forEach((rule, section) -> {
            if (!TOLD_ELSEWHERE.contains(rule) || !section.settings().isEmpty()) {
                assertThat(section.settings().keySet())
                        .as("settings of " + rule)
                        .containsExactlyInAnyOrderElementsOf(
                                GrammarText.settings(rule).keySet());
            }
        });
    }

    @Test
    void namesEveryFunctionAndType() throws IOException {
        String text = Files.readString(MEANINGS);
        for (Function function : Function.values()) {
            assertThat(text).contains("." + word(function) + "(");
        }
        for (ParameterType type : ParameterType.values()) {
            assertThat(text).contains("`" + word(type) + "`");
        }
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static List<Section> sections() throws IOException {
        List<Section> sections = new ArrayList<>();
        for (String line : Files.readAllLines(MEANINGS)) {
            if (line.startsWith("# ")) {
                String[] parts = line.substring(2).split(": ?", 2);
                sections.add(new Section(parts[0], parts[1], new ArrayList<>(), new LinkedHashMap<>()));
                continue;
            }
            Section section = sections.get(sections.size() - 1);
            Matcher setting = SETTING.matcher(line);
            if (setting.matches() && !section.rule().isEmpty()) {
                List<String> placeholders = setting.group(2) == null
                        ? List.of()
                        : List.of(setting.group(2).split(", *"));
                section.settings().put(setting.group(1), new Setting(placeholders, setting.group(3)));
                if (!section.text().contains(TABLE)) {
                    section.text().add(TABLE);
                }
            } else {
                section.text().add(line);
            }
        }
        return sections;
    }

    /** Where the table of settings goes. */
    private static final String TABLE = "\u0000";

    private static String reference(List<Section> sections) {
        StringBuilder text = new StringBuilder("""
                # The language

                This is all of it, made from the grammar; [TOUR.md](TOUR.md) shows it in ten minutes. In what is written
                below, words in capitals stand for something of yours, `[…]` may be left out, `|` parts what there is to
                choose from, and `…` is more of the same, or the settings of a block.

                """);
        sections.forEach(section -> text.append("* [")
                .append(section.title())
                .append("](#")
                .append(section.title().toLowerCase(Locale.ROOT).replace(' ', '-'))
                .append(")\n"));
        for (Section section : sections) {
            text.append("\n## ").append(section.title()).append("\n");
            String syntax = section.rule().isEmpty() ? "" : GrammarText.syntax(section.rule());
            if (!syntax.isEmpty()) {
                text.append("```text\n").append(syntax).append("\n```\n");
            }
            for (String line : String.join("\n", section.text()).strip().split("\n", -1)) {
                text.append(line.equals(TABLE) ? table(section) : line + "\n");
            }
        }
        return text.toString();
    }

    private static String table(Section section) {
        StringBuilder text = new StringBuilder("| setting | meaning | |\n|---|---|---|\n");
        Map<String, AbstractElement> settings = GrammarText.settings(section.rule());
        section.settings().forEach((word, setting) -> {
            AbstractElement element = settings.get(word);
            boolean shared = Character.isUpperCase(word.charAt(0));
            String written = shared
                    ? String.join(
                            ", ",
                            GrammarText.settings(word).keySet().stream()
                                    .map(each -> "`" + each + "`")
                                    .toList())
                    : "`" + GrammarText.setting(element, setting.placeholders()).replace("|", "\\|") + "`";
            text.append("| ")
                    .append(written)
                    .append(" | ")
                    .append(setting.meaning())
                    .append(" | ")
                    .append(shared ? "" : isOnce(section.rule(), element) ? "once" : "any number")
                    .append(" |\n");
        });
        List<String> expansions = List.of("for", "if").stream()
                .filter(word -> GrammarText.mayHave(section.rule(), word))
                .map(word -> word.equals("for") ? "[`for`](#loops)" : "[`if`](#conditions)")
                .toList();
        if (!expansions.isEmpty()) {
            text.append("\nHere ").append(String.join(" and ", expansions)).append(" may stand too.\n");
        }
        return text.toString();
    }

    private static boolean isOnce(String rule, AbstractElement setting) {
        List<Assignment> inside = EcoreUtil2.getAllContentsOfType(setting, Assignment.class);
        if (!(setting instanceof Assignment) && inside.isEmpty()) {
            return false; // One of several kinds of entries, which all may be repeated.
        }
        Assignment assignment = setting instanceof Assignment direct ? direct : inside.get(0);
        TypeRef type = GrammarUtil.containingRule(assignment).getType();
        EStructuralFeature feature = Stream.of(VnetPackage.eINSTANCE, MachinePackage.eINSTANCE)
                .map(each -> (EClass) each.getEClassifier(type.getClassifier().getName()))
                .filter(Objects::nonNull)
                .findFirst()
                .orElseThrow()
                .getEStructuralFeature(assignment.getFeature());
        assertThat(feature).as(rule + "." + assignment.getFeature()).isNotNull();
        return SettingCounts.isOnce(feature);
    }
}
