// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.render.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.vnetc.compiler.kind.Kinds;
import io.vnetc.compiler.plan.Allowances;
import io.vnetc.compiler.plan.Hosts;
import io.vnetc.compiler.plan.Plan;
import io.vnetc.compiler.plan.Planner;
import io.vnetc.compiler.plan.Planning;
import io.vnetc.compiler.plan.RandomNetworks;
import io.vnetc.compiler.state.HostState;
import io.vnetc.compiler.state.MalformedStateException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlanJsonTest {
    private static final String SCHEMA = "plan-1.schema.json";

    private final PlanJson json = new PlanJson(Kinds.TABLE);

    @Test
    void aPlanIsReadAsItWasWrittenAndObeysItsSchema() {
        for (long seed = 0; seed < 20; seed++) {
            Plan plan = plan(seed);
            String text = json.write(plan);
            assertThat(json.read(text)).as("seed %d", seed).isEqualTo(plan);
            assertThat(json.write(json.read(text))).as("seed %d", seed).isEqualTo(text);
            assertThat(Schemas.errors(SCHEMA, text)).as("seed %d", seed).isEmpty();
            assertThat(text).endsWith("}\n").contains("\"digest\": \"" + json.digest(plan) + "\"");
        }
    }

    @Test
    void aPlanThatWasCutIsRefused() {
        String text = json.write(plan(1));
        Random random = new Random(1);
        for (int i = 0; i < 50; i++) {
            String cut = text.substring(0, random.nextInt(text.length() - 2));
            assertThatThrownBy(() -> json.read(cut)).isInstanceOf(MalformedStateException.class);
        }
    }

    @Test
    void aPlanInWhichAnythingWasChangedIsRefused() {
        JsonElement whole = JsonText.parse(json.write(plan(1)));
        List<Runnable> edits = new ArrayList<>();
        collect(whole, edits);
        assertThat(edits).hasSizeGreaterThan(100);
        for (long seed = 0; seed < 400; seed++) {
            JsonElement copy = whole.deepCopy();
            List<Runnable> choices = new ArrayList<>();
            collect(copy, choices);
            choices.get(new Random(seed).nextInt(choices.size())).run();
            String edited = JsonText.print(copy);
            assertThatThrownBy(() -> json.read(edited))
                    .as("seed %d", seed)
                    .isInstanceOf(MalformedStateException.class)
                    .hasMessageMatching("(?s).+");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "3",
                "{}",
                "{\"format_version\":\"1.0\"}",
                "{\"format_version\":\"2.0\",\"kind\":\"plan\"}",
                "{\"format_version\":\"1.0\",\"kind\":\"state\",\"resources\":[]}",
                "{\"format_version\":1,\"kind\":\"plan\"}",
                "{'format_version':'1.0'}",
                "{\"format_version\":\"1.0\",\"format_version\":\"1.0\"}",
                "{\"format_version\":\"1.0\",\"kind\":\"plan\",\"steps\":[null]}",
                "{\"format_version\":\"1.0\",\"kind\":\"plan\",\"steps\":[{\"address\":\"bridge\"}]}",
                "{\"format_version\":\"1.0\",\"kind\":\"plan\",\"steps\":[{\"address\":\"bridge/x\",\"after\":{\"mtu\":1e3}}]}",
                "{\"format_version\":\"1.0\",\"kind\":\"plan\",\"steps\":[{\"address\":\"bridge/x\",\"after\":{\"mtu\":99999999999999999999}}]}",
                "{\"format_version\":\"1.0\",\"kind\":\"plan\",\"steps\":[{\"address\":\"nothing/x\",\"after\":{}}]}",
                "{\"format_version\":\"1.0\",\"kind\":\"plan\",\"steps\":[{\"address\":\"bridge/x\",\"before\":7}]}"
            })
    void whatIsNoPlanIsRefused(String text) {
        assertThatThrownBy(() -> json.read(text)).isInstanceOf(MalformedStateException.class);
        if (text.startsWith("{\"")) {
            assertThat(Schemas.errors(SCHEMA, text)).isNotEmpty();
        }
    }

    @Test
    void aPlanThatNeverEndsToOpenIsRefused() {
        assertThatThrownBy(() -> json.read("[".repeat(10_000_000))).isInstanceOf(MalformedStateException.class);
        assertThatThrownBy(() -> json.read("{\"a\":".repeat(1_000_000))).isInstanceOf(MalformedStateException.class);
    }

    @Test
    void theSchemaRefusesWhatItDoesNotDescribe() {
        String text = json.write(plan(1));
        assertThat(Schemas.errors(SCHEMA, text.replaceFirst("\"standing\": \"owned\"", "\"standing\": \"mine\"")))
                .isNotEmpty();
        assertThat(Schemas.errors(SCHEMA, text.replaceFirst("\"severity\": \"none\"", "\"severity\": 0")))
                .isNotEmpty();
        assertThat(Schemas.errors(SCHEMA, text.replaceFirst("\"action\": \"create\"", "\"action\": \"delete\"")))
                .isNotEmpty();
        assertThat(Schemas.errors(SCHEMA, text.replaceFirst("\"host\"", "\"hosts\"")))
                .isNotEmpty();
        assertThat(Schemas.errors(SCHEMA, text.replaceFirst("sha256:", "md5:"))).isNotEmpty();
    }

    private static Plan plan(long seed) {
        Random random = new Random(seed);
        HostState first = RandomNetworks.wish(random);
        return ((Planning.Ready) new Planner(Kinds.TABLE)
                        .plan(
                                "kvm1",
                                RandomNetworks.wish(random),
                                Hosts.after(first, RandomNetworks.bareHost(), "vt-vm0-eth0", "vt-vm1-eth0"),
                                Allowances.ALL))
                .plan();
    }

    /** All the ways to change one value, to drop one member, and to add one. */
    private static void collect(JsonElement tree, List<Runnable> edits) {
        if (tree instanceof JsonObject object) {
            edits.add(() -> object.addProperty("extra", true));
            object.entrySet().forEach(member -> {
                String name = member.getKey();
                edits.add(() -> object.remove(name));
                if (member.getValue() instanceof JsonPrimitive value) {
                    edits.add(() -> object.add(name, other(value)));
                }
                collect(member.getValue(), edits);
            });
        } else if (tree instanceof JsonArray array) {
            edits.add(() -> array.add("extra"));
            for (int i = 0; i < array.size(); i++) {
                int at = i;
                edits.add(() -> array.remove(at));
                collect(array.get(i), edits);
            }
        }
    }

    private static JsonPrimitive other(JsonPrimitive value) {
        return value.isBoolean()
                ? new JsonPrimitive(!value.getAsBoolean())
                : value.isNumber()
                        ? new JsonPrimitive(value.getAsLong() + 1)
                        : new JsonPrimitive(value.getAsString() + "x");
    }
}
