// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.cli;

import io.vnetc.compiler.kind.Kinds;
import io.vnetc.compiler.plan.Plan;
import io.vnetc.compiler.render.json.PlanJson;
import io.vnetc.compiler.render.plan.PlanMarkdown;
import io.vnetc.compiler.render.plan.PlanShell;
import io.vnetc.compiler.render.plan.PlanText;
import io.vnetc.compiler.state.MalformedStateException;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Plans on stdout and in files. */
final class PlanOutput {
    /** A comment on GitHub may have 65,536 characters; the rest is for whoever wraps it. */
    private static final int MOST_COMMENT_BYTES = 65_000;

    private PlanOutput() {}

    static void print(Session session, Plan plan, PlanFormat format) {
        session.io()
                .out()
                .print(
                        switch (format) {
                            case TEXT ->
                                new PlanText(Kinds.TABLE, session.paint().on()).render(plan);
                            case JSON -> new PlanJson(Kinds.TABLE).write(plan);
                            case MARKDOWN -> new PlanMarkdown(Kinds.TABLE).render(plan, MOST_COMMENT_BYTES);
                            case SHELL -> new PlanShell(Kinds.TABLE).render(plan);
                        });
    }

    static void save(Path file, Plan plan) throws IOException {
        Files.writeString(file, new PlanJson(Kinds.TABLE).write(plan));
    }

    /** A saved plan, as it was written. */
    static Plan load(Path file) throws IOException {
        try {
            return new PlanJson(Kinds.TABLE).read(Files.readString(file));
        } catch (MalformedStateException e) {
            throw new MalformedStateException(file + ": " + e.getMessage());
        }
    }

    /** Whether a path is a saved plan and no source: a plan is a JSON object, and no source begins with a brace. */
    static boolean isSavedPlan(Path path) throws IOException {
        if (!Files.isRegularFile(path)) {
            return false;
        }
        try (Reader reader = Files.newBufferedReader(path, StandardCharsets.ISO_8859_1)) {
            return reader.read() == '{';
        }
    }
}
