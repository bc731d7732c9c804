// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.render.json;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.vnetc.compiler.plan.Impact;
import io.vnetc.compiler.plan.Plan;
import io.vnetc.compiler.plan.Step;
import io.vnetc.compiler.plan.Summary;
import io.vnetc.compiler.state.Effect.Severity;
import io.vnetc.compiler.state.KindTable;
import io.vnetc.compiler.state.MalformedStateException;
import io.vnetc.compiler.state.Resource;
import io.vnetc.compiler.state.ResourceAddress;
import io.vnetc.compiler.state.Standing;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Plans, by {@code plan-1.schema.json}. A plan is read only when it says exactly what would be written for it: what was
 * reviewed, commands and summary included, is what runs.
 */
public final class PlanJson {
    private static final String KIND = "plan";

    private final KindTable kinds;
    private final EntryJson entries;

    public PlanJson(KindTable kinds) {
        this.kinds = kinds;
        entries = new EntryJson(kinds);
    }

    /** The whole plan, with an end of line. */
    public String write(Plan plan) {
        return JsonText.print(tree(plan));
    }

    /** The digest that is in the plan's JSON: {@code sha256:} and 64 hexadecimal digits; two plans of one are equal. */
    public String digest(Plan plan) {
        return digest(body(plan));
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws MalformedStateException when it is not a plan, or was changed since it was written
     */
    public Plan read(String text) {
        Members document = Members.of("", JsonText.parse(text));
        document.header(KIND);
        List<Step> steps = new ArrayList<>();
        for (Members step : document.list("steps")) {
            steps.add(step(step));
        }
        Plan plan = new Plan(document.text("host"), steps, document.texts("notices"), document.text("base"));
        document.skip("digest").skip("summary").end();
        if (!tree(plan).equals(document.json())) {
            throw new MalformedStateException(
                    "it was changed since it was written, or another version of vnetc wrote it: make the plan again");
        }
        return plan;
    }

    private JsonObject tree(Plan plan) {
        JsonObject document = body(plan);
        document.addProperty("digest", digest(document));
        return document;
    }

    private static String digest(JsonObject body) {
        try {
            byte[] text = JsonText.printCompact(body).getBytes(StandardCharsets.UTF_8);
            return "sha256:"
                    + HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(text));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }

    private JsonObject body(Plan plan) {
        JsonObject document = new JsonObject();
        document.addProperty("format_version", StateJson.FORMAT_VERSION);
        document.addProperty("kind", KIND);
        document.addProperty("host", plan.host());
        document.addProperty("base", plan.base());
        document.add("summary", write(Summary.of(plan)));
        JsonArray steps = new JsonArray(plan.steps().size());
        plan.steps().forEach(step -> steps.add(write(step)));
        document.add("steps", steps);
        document.add("notices", EntryJson.texts(plan.notices()));
        return document;
    }

    private static JsonObject write(Summary summary) {
        JsonObject object = new JsonObject();
        object.addProperty("add", summary.add());
        object.addProperty("change", summary.change());
        object.addProperty("replace", summary.replace());
        object.addProperty("remove", summary.remove());
        object.addProperty("impact", Members.word(summary.worst()));
        JsonObject guests = new JsonObject();
        summary.guests().forEach((guest, severity) -> guests.addProperty(guest, Members.word(severity)));
        object.add("guests", guests);
        return object;
    }

    private JsonObject write(Step step) {
        JsonObject object = new JsonObject();
        object.addProperty("address", step.address().toString());
        object.addProperty("kind", step.address().kind());
        object.addProperty("action", Members.word(step.action()));
        object.addProperty("standing", Members.word(step.standing()));
        object.addProperty("owner", step.resource().owner().path());
        step.before().ifPresent(before -> object.add("before", AttributesJson.write(before.attributes())));
        step.after().ifPresent(after -> object.add("after", AttributesJson.write(after.attributes())));
        step.origin().ifPresent(origin -> object.add("origin", EntryJson.write(origin)));
        JsonObject impact = new JsonObject();
        impact.addProperty("severity", Members.word(step.impact().severity()));
        impact.add("guests", EntryJson.texts(step.impact().guests()));
        impact.addProperty("why", step.impact().why());
        object.add("impact", impact);
        object.add("commands", EntryJson.texts(kinds.commands(step.before(), step.after())));
        return object;
    }

    private Step step(Members members) {
        ResourceAddress address = EntryJson.address(members);
        Optional<Resource> before = members.optionalMembers("before").map(it -> entries.resource(address, it));
        Optional<Resource> after = members.optionalMembers("after").map(it -> entries.resource(address, it));
        if (before.isEmpty() && after.isEmpty()) {
            throw new MalformedStateException("the step of `" + address + "` has neither `before` nor `after`");
        }
        Members impact = members.members("impact");
        Step step = new Step(
                before,
                after,
                members.word("standing", Standing.class),
                members.optionalMembers("origin").map(EntryJson::origin),
                new Impact(impact.word("severity", Severity.class), impact.texts("guests"), impact.text("why")));
        impact.end();
        members.skip("kind").skip("action").skip("owner").skip("commands").end();
        return step;
    }
}
