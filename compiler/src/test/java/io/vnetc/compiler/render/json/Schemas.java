// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.render.json;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The published schemas, and what they say of a document. */
final class Schemas {
    private Schemas() {}

    /** What is wrong with the document by {@code plan-1.schema.json} or {@code state-1.schema.json}. */
    static List<String> errors(String schema, String document) {
        try (InputStream text = StateJson.class.getResourceAsStream("/io/vnetc/compiler/schema/" + schema)) {
            Schema rules = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(new String(text.readAllBytes(), StandardCharsets.UTF_8), InputFormat.JSON);
            return rules.validate(document, InputFormat.JSON).stream()
                    .map(Error::toString)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
