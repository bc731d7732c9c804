// SPDX-License-Identifier: Apache-2.0
package io.vnetc.dsl.diagnostic;

import com.google.gson.FormattingStyle;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;

/** Diagnostics as SARIF 2.1.0 (OASIS), which code hosts show beside the lines of a change. */
public final class DiagnosticSarif {
    private DiagnosticSarif() {}

    /**
     * The whole log, with a line end after it.
     *
     * @param toolVersion the version of this program
     */
    public static String print(Diagnostics diagnostics, String toolVersion) {
        StringWriter text = new StringWriter();
        List<Diagnostic> all = diagnostics.all();
        try (JsonWriter json = new JsonWriter(text)) {
            json.setFormattingStyle(FormattingStyle.PRETTY);
            json.beginObject();
            json.name("$schema")
                    .value(
                            "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json");
            json.name("version").value("2.1.0");
            json.name("runs").beginArray().beginObject();
            json.name("tool").beginObject().name("driver").beginObject();
            json.name("name").value("vnetc");
            json.name("version").value(toolVersion);
            rules(json, all.stream().map(Diagnostic::code).distinct().sorted().toList());
            json.endObject().endObject();
            json.name("columnKind").value("unicodeCodePoints");
            json.name("results").beginArray();
            for (Diagnostic diagnostic : all) {
                result(json, diagnostic);
            }
            json.endArray();
            json.endObject().endArray().endObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.append('\n').toString();
    }

    private static void rules(JsonWriter json, List<DiagnosticCode> codes) throws IOException {
        json.name("rules").beginArray();
        for (DiagnosticCode code : codes) {
            json.beginObject();
            json.name("id").value(code.id());
            message(json, "shortDescription", code.summary());
            json.endObject();
        }
        json.endArray();
    }

    private static void result(JsonWriter json, Diagnostic diagnostic) throws IOException {
        json.beginObject();
        json.name("ruleId").value(diagnostic.code().id());
        json.name("level").value(diagnostic.severity().toString());
        message(
                json,
                "message",
                diagnostic
                        .hint()
                        .map(hint -> diagnostic.message() + "\n" + hint)
                        .orElse(diagnostic.message()));
        json.name("locations").beginArray().beginObject();
        location(json, diagnostic.range());
        json.endObject().endArray();
        if (!diagnostic.related().isEmpty()) {
            json.name("relatedLocations").beginArray();
            for (RelatedLocation related : diagnostic.related()) {
                json.beginObject();
                location(json, related.range());
                message(json, "message", related.label());
                json.endObject();
            }
            json.endArray();
        }
        json.endObject();
    }

    private static void location(JsonWriter json, SourceRange range) throws IOException {
        json.name("physicalLocation").beginObject();
        json.name("artifactLocation")
                .beginObject()
                .name("uri")
                .value(uri(range.file()))
                .endObject();
        json.name("region").beginObject();
        json.name("startLine").value(range.line());
        json.name("startColumn").value(range.column());
        json.name("endLine").value(range.endLine());
        json.name("endColumn").value(range.endColumn());
        json.endObject();
        json.endObject();
    }

    private static String uri(String path) {
        try {
            return path.contains(":") ? path : new URI(null, null, path, null).toASCIIString();
        } catch (URISyntaxException e) {
            return path;
        }
    }

    private static void message(JsonWriter json, String name, String text) throws IOException {
        json.name(name).beginObject().name("text").value(text).endObject();
    }
}
