// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.render.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.vnetc.compiler.kind.Kinds;
import io.vnetc.compiler.model.Origin;
import io.vnetc.compiler.plan.Conflict;
import io.vnetc.compiler.plan.Conflict.Reason;
import io.vnetc.compiler.plan.Plan;
import io.vnetc.compiler.testing.Golden;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PlanViewsTest {
    private static final Map<String, Plan> PLANS = new TreeMap<>(Map.of(
            "make",
            HomeLab.make(),
            "change",
            HomeLab.change(),
            "destroy",
            HomeLab.destroy(),
            "nothing",
            HomeLab.nothing()));
    private static final String FOLDER = "io/vnetc/compiler/render/plan/";

    private final PlanText text = new PlanText(Kinds.TABLE, false);
    private final PlanMarkdown markdown = new PlanMarkdown(Kinds.TABLE);
    private final PlanShell shell = new PlanShell(Kinds.TABLE);

    @Test
    void plansLookAsTheyWereReviewed() {
        PLANS.forEach((name, plan) -> {
            Golden.check(FOLDER + name + ".txt", text.render(plan));
            Golden.check(FOLDER + name + ".md", markdown.render(plan, 65_000));
        });
    }

    @Test
    void aPlanWithNothingToDoSaysSoInOneLine() {
        assertThat(text.render(HomeLab.nothing())).isEqualTo("Nothing to do: kvm1 is as the source says.\n");
    }

    @Test
    void aPlanFitsATerminal() {
        PLANS.values()
                .forEach(plan -> assertThat(text.render(plan).lines())
                        .allSatisfy(line -> assertThat(line.codePointCount(0, line.length()))
                                .isLessThanOrEqualTo(80)));
    }

    @Test
    void colourIsAllThatColourAdds() {
        PLANS.values().forEach(plan -> {
            String plain = text.render(plan);
            String coloured = new PlanText(Kinds.TABLE, true).render(plan);
            assertThat(plain).doesNotContain("\u001b");
            assertThat(coloured.replaceAll("\u001b\\[[0-9;]*m", "")).isEqualTo(plain);
            assertThat(coloured.contains("\u001b")).isEqualTo(!plan.isEmpty());
        });
    }

    @Test
    void everyStepIsInEveryView() {
        for (Plan plan : PLANS.values()) {
            plan.steps().forEach(step -> {
                String title = Kinds.TABLE.title(step.resource());
                assertThat(text.render(plan)).contains(title);
                assertThat(markdown.render(plan, 65_000)).contains(title);
                assertThat(shell.render(plan)).contains(step.address().toString());
            });
        }
    }

    @Test
    void theShellViewHasTheCommandsOfEachStepInOrder() {
        Plan plan = HomeLab.change();
        List<String> commands = plan.steps().stream()
                .flatMap(step -> Kinds.TABLE.commands(step.before(), step.after()).stream())
                .toList();
        assertThat(shell.render(plan).lines().filter(line -> !line.startsWith("#") && !line.isEmpty()))
                .containsExactlyElementsOf(commands);
        assertThat(shell.render(plan)).contains("# outage for build: its tap is made again");
    }

    @Test
    void markdownIsNeverLongerThanItMayBe() {
        Plan plan = HomeLab.change();
        String whole = markdown.render(plan, 65_000);
        int length = whole.getBytes(StandardCharsets.UTF_8).length;
        for (int most = 400; most < length + 200; most += 37) {
            String cut = markdown.render(plan, most);
            assertThat(cut.getBytes(StandardCharsets.UTF_8).length).isLessThanOrEqualTo(most);
            assertThat(cut).contains("**3 to add");
            assertThat(cut.split("<details>", -1)).hasSameSizeAs(cut.split("</details>", -1));
            assertThat(cut.equals(whole) || cut.contains("did not fit")).isTrue();
        }
    }

    @Test
    void whatATerminalWouldObeyIsWrittenOut() {
        String hostile = "a\u001b[2J\nb\u202ec\u0085`<script>@everyone|";
        Plan plan = new Plan(hostile, List.of(), List.of(hostile), "sha256:0");
        List<String> views =
                new ArrayList<>(List.of(text.render(plan), shell.render(plan), markdown.render(plan, 9_000)));
        views.add(ConflictText.render(List.of(
                new Conflict(Reason.FOREIGN, hostile, hostile, Optional.of(new Origin("a\u001b.vnet", 1, 2))))));
        assertThat(views).allSatisfy(view -> {
            assertThat(view).contains("\\u001b").doesNotContain("\u001b", "\u202e", "\u0085");
            assertThat(view.lines()).noneMatch(line -> line.startsWith("b"));
        });
        assertThat(views.get(2)).doesNotContain("<script>", "@everyone");
        assertThat(views.get(1).lines()).allMatch(line -> line.startsWith("#"));
    }

    @Test
    void aConflictSaysWhereWhatAndWhatToDo() {
        Conflict conflict = new Conflict(
                Reason.MISSING,
                "there is no interface `eno9`",
                "correct it",
                Optional.of(new Origin("lab.vnet", 4, 3)));
        assertThat(ConflictText.render(List.of(conflict)))
                .isEqualTo("lab.vnet:4:3: error: there is no interface `eno9`\n  correct it\n");
    }
}
