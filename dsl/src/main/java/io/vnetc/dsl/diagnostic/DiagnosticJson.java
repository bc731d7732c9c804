// SPDX-License-Identifier: Apache-2.0
package io.vnetc.dsl.diagnostic;

import com.google.gson.FormattingStyle;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/**
 * Diagnostics as JSON: {@code format_version}, the counts, and {@code diagnostics} by file and line. Lines and columns count
 * from 1, columns in code points, ends are exclusive.
 */
public final class DiagnosticJson {
    private DiagnosticJson() {}

    /** The whole document, with a line end after it. */
    public static String print(Diagnostics diagnostics) {
        StringWriter text = new StringWriter();
        try (JsonWriter json = new JsonWriter(text)) {
            json.setFormattingStyle(FormattingStyle.PRETTY);
            json.beginObject();
            json.name("format_version").value("1.0");
            json.name("errors").value(diagnostics.errors());
            json.name("warnings").value(diagnostics.warnings());
            json.name("diagnostics").beginArray();
            for (Diagnostic diagnostic : diagnostics.all()) {
                write(json, diagnostic);
            }
            json.endArray().endObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.append('\n').toString();
    }

    private static void write(JsonWriter json, Diagnostic diagnostic) throws IOException {
        json.beginObject();
        json.name("severity").value(diagnostic.severity().toString());
        json.name("code").value(diagnostic.code().id());
        json.name("message").value(diagnostic.message());
        write(json, diagnostic.range());
        if (diagnostic.hint().isPresent()) {
            json.name("help").value(diagnostic.hint().get());
        }
        json.name("related").beginArray();
        for (RelatedLocation related : diagnostic.related()) {
            json.beginObject();
            json.name("message").value(related.label());
            write(json, related.range());
            json.endObject();
        }
        json.endArray();
        json.endObject();
    }

    private static void write(JsonWriter json, SourceRange range) throws IOException {
        json.name("file").value(range.file());
        json.name("line").value(range.line());
        json.name("column").value(range.column());
        json.name("end_line").value(range.endLine());
        json.name("end_column").value(range.endColumn());
    }
}
