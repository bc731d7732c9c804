// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.cli;

import com.google.gson.JsonObject;
import io.vnetc.applier.apply.Progress;
import io.vnetc.compiler.plan.Step;
import java.io.PrintStream;
import java.util.Locale;

/** What an apply does, as one JSON object a line on stdout (NDJSON). */
final class EventStream implements Progress {
    private final PrintStream out;

    EventStream(PrintStream out) {
        this.out = out;
    }

    @Override
    public void phase(String name) {
        JsonObject event = event("phase");
        event.addProperty("name", name);
        write(event);
    }

    @Override
    public void done(Step step) {
        write(event("step_done", step));
    }

    @Override
    public void failed(Step step, String why) {
        JsonObject event = event("step_failed", step);
        event.addProperty("why", why);
        write(event);
    }

    @Override
    public void undone(Step inverse) {
        write(event("step_undone", inverse));
    }

    /** The last line. */
    void result(ExitCode exit) {
        JsonObject event = event("result");
        event.addProperty("exit", exit.code());
        event.addProperty("meaning", exit.meaning());
        write(event);
    }

    private static JsonObject event(String name) {
        JsonObject event = new JsonObject();
        event.addProperty("event", name);
        return event;
    }

    private static JsonObject event(String name, Step step) {
        JsonObject event = event(name);
        event.addProperty("address", step.address().toString());
        event.addProperty("action", step.action().name().toLowerCase(Locale.ROOT));
        return event;
    }

    private void write(JsonObject event) {
        out.println(event);
        out.flush();
    }
}
