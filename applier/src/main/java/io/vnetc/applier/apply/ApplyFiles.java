// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.apply;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.vnetc.applier.host.HostIdentity;
import io.vnetc.applier.host.Paths;
import io.vnetc.applier.host.StateDirectory;
import io.vnetc.compiler.kind.Kinds;
import io.vnetc.compiler.plan.Plan;
import io.vnetc.compiler.render.json.PlanJson;
import io.vnetc.compiler.render.json.StateJson;
import io.vnetc.compiler.state.Entry;
import io.vnetc.compiler.state.HostState;
import io.vnetc.compiler.state.MalformedStateException;
import io.vnetc.compiler.state.Resource;
import io.vnetc.compiler.state.ResourceAddress;
import io.vnetc.compiler.state.Standing;
import java.io.IOException;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * What an instance remembers in its state directory: {@code journal.json}, the plan that is being carried out;
 * {@code ledger.json}, what is borrowed; {@code applied.json}, what the host was last made to be. What only the kernel had is
 * void after a restart of the machine, or of the namespace, and is not handed out.
 */
final class ApplyFiles {
    private static final String JOURNAL = "journal.json";
    private static final String LEDGER = "ledger.json";
    private static final String APPLIED = "applied.json";
    private static final String FORMAT = "1.0";

    private final Paths paths;
    private final PlanJson plans = new PlanJson(Kinds.TABLE);
    private final StateJson states = new StateJson(Kinds.TABLE);

    ApplyFiles(Paths paths) {
        this.paths = paths;
    }

    /** The plan of an apply that did not come to its end. */
    Optional<Plan> journal(HostIdentity identity) throws IOException {
        return read(JOURNAL)
                .filter(json -> isOf(identity, json))
                .map(json -> decode(
                        JOURNAL, () -> plans.read(json.getAsJsonObject("plan").toString())));
    }

    void writeJournal(HostIdentity identity, Plan plan) throws IOException {
        write(JOURNAL, identity, "plan", plans.write(plan));
    }

    void deleteJournal() throws IOException {
        Optional<StateDirectory> directory = StateDirectory.find(paths.state());
        if (directory.isPresent()) {
            directory.get().delete(JOURNAL);
        }
    }

    Ledger ledger(HostIdentity identity) throws IOException {
        return read(LEDGER)
                .filter(json -> isOf(identity, json))
                .map(json -> decode(LEDGER, () -> readLedger(json)))
                .orElse(Ledger.EMPTY);
    }

    void writeLedger(HostIdentity identity, Ledger ledger) throws IOException {
        if (ledger.former().isEmpty()) {
            Optional<StateDirectory> directory = StateDirectory.find(paths.state());
            if (directory.isPresent()) {
                directory.get().delete(LEDGER);
            }
            return;
        }
        HostState former = HostState.of(ledger.former().values().stream()
                .map(resource -> Entry.observed(resource, Standing.BORROWED))
                .toList());
        write(LEDGER, identity, "former", states.write(former));
    }

    Optional<HostState> applied() throws IOException {
        return read(APPLIED)
                .map(json -> decode(
                        APPLIED,
                        () -> states.readState(json.getAsJsonObject("state").toString())));
    }

    void writeApplied(HostIdentity identity, HostState desired) throws IOException {
        write(APPLIED, identity, "state", states.write(desired));
    }

    private Ledger readLedger(JsonObject json) {
        TreeMap<ResourceAddress, Resource> former = new TreeMap<>();
        states.readState(json.getAsJsonObject("former").toString())
                .entries()
                .forEach((address, entry) -> former.put(address, entry.resource()));
        return new Ledger(former);
    }

    private static boolean isOf(HostIdentity identity, JsonObject json) {
        return text(json, "boot_id").equals(identity.bootId())
                && text(json, "namespace_cookie").equals(Long.toUnsignedString(identity.namespaceCookie()));
    }

    private static String text(JsonObject json, String name) {
        JsonElement value = json.get(name);
        return value != null && value.isJsonPrimitive() ? value.getAsString() : "";
    }

    private Optional<JsonObject> read(String name) throws IOException {
        Optional<StateDirectory> directory = StateDirectory.find(paths.state());
        Optional<String> text = directory.isPresent() ? directory.get().read(name) : Optional.empty();
        return text.map(
                present -> decode(name, () -> JsonParser.parseString(present).getAsJsonObject()));
    }

    private <T> T decode(String name, Supplier<T> reader) {
        try {
            return reader.get();
        } catch (JsonParseException | IllegalStateException | NullPointerException e) {
            throw new MalformedStateException(paths.state().resolve(name) + " is damaged: " + e.getMessage());
        } catch (MalformedStateException e) {
            throw new MalformedStateException(paths.state().resolve(name) + ": " + e.getMessage());
        }
    }

    /** The content is JSON already; a plan of thousands of steps is not to be parsed once more for its frame. */
    private void write(String name, HostIdentity identity, String member, String content) throws IOException {
        JsonObject header = new JsonObject();
        header.addProperty("format_version", FORMAT);
        header.addProperty("kind", name.replace(".json", ""));
        header.addProperty("boot_id", identity.bootId());
        // As text: JSON's numbers are doubles to many readers, and cookies have 64 bits.
        header.addProperty("namespace_cookie", Long.toUnsignedString(identity.namespaceCookie()));
        String open = header.toString();
        StateDirectory.prepare(paths.state())
                .write(name, open.substring(0, open.length() - 1) + ",\"" + member + "\":" + content.strip() + "}\n");
    }
}
