// SPDX-License-Identifier: Apache-2.0
package io.vnetc.dsl.diagnostic;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What programs read: JSON, SARIF, and the codes themselves. */
final class DiagnosticFormatsTest {
    private final Diagnostics diagnostics = new Diagnostics();

    @BeforeEach
    void reportOne() {
        diagnostics.report(Diagnostic.error(
                        DiagnosticCode.DUPLICATE_NAME,
                        new SourceRange("lab nets/a.vnet", 4, 9, 4, 15),
                        "two \"office\"\n")
                .withHint("rename one of them")
                .withRelated(new SourceRange("b.vnet", 1, 9, 1, 15), "the first one is here"));
    }

    @Test
    void jsonHasAllThereIsToSay() {
        JsonObject document =
                JsonParser.parseString(DiagnosticJson.print(diagnostics)).getAsJsonObject();
        assertThat(document.get("format_version").getAsString()).isEqualTo("1.0");
        assertThat(document.get("errors").getAsInt()).isEqualTo(1);
        JsonObject only = document.getAsJsonArray("diagnostics").get(0).getAsJsonObject();
        assertThat(only)
                .hasToString("{\"severity\":\"error\",\"code\":\"VN0302\",\"message\":\"two \\\"office\\\"\\n\","
                        + "\"file\":\"lab nets/a.vnet\",\"line\":4,\"column\":9,\"end_line\":4,\"end_column\":15,"
                        + "\"help\":\"rename one of them\",\"related\":[{\"message\":\"the first one is here\","
                        + "\"file\":\"b.vnet\",\"line\":1,\"column\":9,\"end_line\":1,\"end_column\":15}]}");
    }

    @Test
    void sarifNamesTheRuleTheRegionAndTheRelatedPlace() {
        JsonObject log = JsonParser.parseString(DiagnosticSarif.print(diagnostics, "1.2.3"))
                .getAsJsonObject();
        assertThat(log.get("version").getAsString()).isEqualTo("2.1.0");
        JsonObject run = log.getAsJsonArray("runs").get(0).getAsJsonObject();
        assertThat(run.getAsJsonObject("tool").getAsJsonObject("driver"))
                .hasToString("{\"name\":\"vnetc\",\"version\":\"1.2.3\",\"rules\":[{\"id\":\"VN0302\","
                        + "\"shortDescription\":{\"text\":\"a name that is declared twice\"}}]}");
        assertThat(run.get("columnKind").getAsString()).isEqualTo("unicodeCodePoints");
        assertThat(run.getAsJsonArray("results").get(0))
                .hasToString("{\"ruleId\":\"VN0302\",\"level\":\"error\","
                        + "\"message\":{\"text\":\"two \\\"office\\\"\\n\\nrename one of them\"},\"locations\":[{"
                        + "\"physicalLocation\":{\"artifactLocation\":{\"uri\":\"lab%20nets/a.vnet\"},\"region\":"
                        + "{\"startLine\":4,\"startColumn\":9,\"endLine\":4,\"endColumn\":15}}}],\"relatedLocations\":[{"
                        + "\"physicalLocation\":{\"artifactLocation\":{\"uri\":\"b.vnet\"},\"region\":"
                        + "{\"startLine\":1,\"startColumn\":9,\"endLine\":1,\"endColumn\":15}},"
                        + "\"message\":{\"text\":\"the first one is here\"}}]}");
    }

    @Test
    void codesDifferAndAreInOrder() {
        List<String> ids =
                Arrays.stream(DiagnosticCode.values()).map(DiagnosticCode::id).toList();
        assertThat(ids).doesNotHaveDuplicates().isSorted().allMatch(id -> id.matches("VN[0-9]{4}"));
        assertThat(DiagnosticCode.values())
                .allSatisfy(code -> assertThat(code.summary()).isNotBlank().doesNotEndWith("."));
    }
}
