// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.qemu.importing;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.vnetc.compiler.lower.Lowering;
import io.vnetc.compiler.lower.Surroundings;
import io.vnetc.compiler.model.Model;
import io.vnetc.compiler.render.qemu.QemuArguments;
import io.vnetc.compiler.resolve.Resolver;
import io.vnetc.dsl.Frontend;
import io.vnetc.dsl.ParsedSources;
import io.vnetc.dsl.diagnostic.Diagnostic;
import io.vnetc.dsl.diagnostic.Diagnostics;
import io.vnetc.dsl.diagnostic.Severity;
import io.vnetc.dsl.source.InMemorySourceTree;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Short ways from command lines to the language and back. */
final class Imports {
    static final String HOST = "lab";

    private Imports() {}

    /** What came of an import. */
    record Imported(Optional<String> text, Diagnostics diagnostics) {
        List<Diagnostic> of(Severity severity) {
            return diagnostics.all().stream()
                    .filter(diagnostic -> diagnostic.severity() == severity)
                    .toList();
        }

        /** The text, which there has to be. */
        String vnet() {
            assertThat(text).as(diagnostics.all().toString()).isPresent();
            return text.orElseThrow();
        }
    }

    /** The import of a script. */
    static Imported script(String script, boolean lenient) {
        Diagnostics diagnostics = new Diagnostics();
        CommandText text = CommandText.read("start.sh", script, diagnostics);
        return new Imported(
                QemuImport.of(text.lines(), new QemuImport.Options(HOST, lenient), diagnostics), diagnostics);
    }

    static Imported script(String script) {
        return script(script, false);
    }

    /** The import of a command line, word by word. */
    static Imported words(List<String> words) {
        return words(words, HostKnowledge.NONE, false);
    }

    static Imported words(List<String> words, HostKnowledge host, boolean lenient) {
        Diagnostics diagnostics = new Diagnostics();
        CommandText text = CommandText.of("arguments", words, host);
        return new Imported(
                QemuImport.of(text.lines(), new QemuImport.Options(HOST, lenient), diagnostics), diagnostics);
    }

    /** The arguments of a guest of a source, which has to compile. */
    static List<String> arguments(String vnet, String guest) {
        ParsedSources sources = Frontend.parse(new InMemorySourceTree().with("main.vnet", vnet), "main.vnet");
        Optional<Model> model = sources.diagnostics().hasErrors() ? Optional.empty() : Resolver.resolve(sources);
        assertThat(sources.diagnostics().all().stream().filter(each -> each.severity() == Severity.ERROR))
                .as(vnet)
                .isEmpty();
        return Lowering.lower(model.orElseThrow(), HOST, Surroundings.ASSUMED).guests().stream()
                .filter(each -> each.guest().equals(guest))
                .map(QemuArguments::arguments)
                .findFirst()
                .orElseThrow();
    }

    /** All objects of arguments in JSON, flat: the names with dots, the values as texts. */
    static List<Map<String, String>> flat(List<String> arguments) {
        List<Map<String, String>> all = new ArrayList<>();
        for (String argument : arguments) {
            if (argument.startsWith("{")) {
                Map<String, String> map = new TreeMap<>();
                flatten("", JsonParser.parseString(argument), map);
                all.add(map);
            } else if (!argument.startsWith("-")) {
                Map<String, String> map = new TreeMap<>();
                Arrays.stream(argument.split("(?<!,),(?!,)", -1))
                        .map(pair -> pair.split("=", 2))
                        .forEach(pair -> map.put(pair[0], pair.length < 2 ? "" : pair[1]));
                all.add(map);
            }
        }
        return all;
    }

    private static void flatten(String name, JsonElement element, Map<String, String> map) {
        if (element instanceof JsonObject object) {
            object.entrySet()
                    .forEach(entry -> flatten(
                            name.isEmpty() ? entry.getKey() : name + "." + entry.getKey(), entry.getValue(), map));
        } else if (element instanceof JsonArray array) {
            for (int i = 0; i < array.size(); i++) {
                map.put(
                        name + "." + i,
                        array.get(i).getAsJsonObject().get("str").getAsString());
            }
        } else {
            map.put(name, element.getAsString());
        }
    }
}
