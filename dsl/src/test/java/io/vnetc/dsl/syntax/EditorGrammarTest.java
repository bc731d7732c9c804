// SPDX-License-Identifier: Apache-2.0
package io.vnetc.dsl.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.vnetc.dsl.VnetStandaloneSetup;
import io.vnetc.dsl.services.VnetGrammarAccess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.eclipse.xtext.GrammarUtil;
import org.junit.jupiter.api.Test;

/** The editor's grammar is written by hand; this keeps it in step with the language. */
class EditorGrammarTest {
    private static final Path GRAMMAR = Path.of("../vscode-extension/syntaxes/vnet.tmLanguage.json");

    private static JsonObject repository() throws Exception {
        return JsonParser.parseString(Files.readString(GRAMMAR))
                .getAsJsonObject()
                .getAsJsonObject("repository");
    }

    @Test
    void everyKeywordOfTheLanguageIsHighlighted() throws Exception {
        List<Pattern> keywords = new ArrayList<>();
        for (JsonElement pattern : repository().getAsJsonObject("keywords").getAsJsonArray("patterns")) {
            keywords.add(Pattern.compile(pattern.getAsJsonObject().get("match").getAsString()));
        }
        Set<String> words = GrammarUtil.getAllKeywords(new VnetStandaloneSetup()
                .createInjectorAndDoEMFRegistration()
                .getInstance(VnetGrammarAccess.class)
                .getGrammar());

        assertThat(words).hasSizeGreaterThan(50);
        assertThat(words)
                .filteredOn(word -> Character.isLetter(word.charAt(0)))
                .allSatisfy(word -> assertThat(keywords)
                        .as("highlighting of %s", word)
                        .anyMatch(keyword -> keyword.matcher(word).matches()));
    }

    @Test
    void whatIsPutIntoAStringIsHighlightedThere() throws Exception {
        JsonArray inStrings = repository().getAsJsonObject("strings").getAsJsonArray("patterns");
        assertThat(inStrings).anySatisfy(pattern -> {
            JsonObject each = pattern.getAsJsonObject();
            assertThat(each.has("begin")).isTrue();
            assertThat("${").matches(each.get("begin").getAsString());
            assertThat("}").matches(each.get("end").getAsString());
        });
    }
}
