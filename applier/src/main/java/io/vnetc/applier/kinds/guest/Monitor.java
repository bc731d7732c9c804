// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.kinds.guest;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.vnetc.applier.qmp.QmpConnection;
import io.vnetc.applier.qmp.QmpException;
import io.vnetc.dsl.value.SocketPath;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What is asked of a QEMU, and told to it, about its devices. */
final class Monitor implements AutoCloseable {
    /** A guest that is emulated on a busy host answers slowly; one that does not answer holds up all others. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final String PERIPHERAL = "/machine/peripheral";
    private static final String OBJECTS = "/objects";

    private final QmpConnection connection;

    private Monitor(QmpConnection connection) {
        this.connection = connection;
    }

    static Monitor open(SocketPath socket) throws QmpException {
        return new Monitor(QmpConnection.open(socket, PATIENCE));
    }

    /**
     * A device.
     *
     * @param path in QEMU's tree of objects
     * @param type the name of its driver
     */
    record Device(String path, String type) {}

    /** The devices that have names, by these. */
    Map<String, Device> devices() throws QmpException {
        return children(PERIPHERAL);
    }

    /** Those that have none. */
    List<Device> namelessDevices() throws QmpException {
        return List.copyOf(children("/machine/peripheral-anon").values());
    }

    private Map<String, Device> children(String path) throws QmpException {
        Map<String, Device> children = new TreeMap<>();
        for (JsonElement child : connection.list("qom-list", arguments("path", path))) {
            String type = text(child, "type");
            if (type.startsWith("child<") && type.endsWith(">")) {
                String name = text(child, "name");
                children.put(name, new Device(path + "/" + name, type.substring(6, type.length() - 1)));
            }
        }
        return children;
    }

    /** A property of an object, where it has it. */
    Optional<JsonPrimitive> property(String path, String name) throws QmpException {
        JsonObject arguments = arguments("path", path);
        arguments.addProperty("property", name);
        try {
            return connection.execute("qom-get", arguments) instanceof JsonPrimitive value
                    ? Optional.of(value)
                    : Optional.empty();
        } catch (QmpException e) {
            if (e.reason() == QmpException.Reason.REFUSED) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** What a driver's properties are where nothing is said of them. */
    Map<String, JsonElement> defaults(String driver) throws QmpException {
        Map<String, JsonElement> defaults = new TreeMap<>();
        for (JsonElement property : connection.list("device-list-properties", arguments("typename", driver))) {
            if (property instanceof JsonObject known && known.has("default-value")) {
                defaults.put(text(known, "name"), known.get("default-value"));
            }
        }
        return defaults;
    }

    /** The places of the root bus that are taken. */
    long placesTaken() throws QmpException {
        List<Long> places = new ArrayList<>();
        for (JsonElement bus : connection.list("query-pci", new JsonObject())) {
            if (bus instanceof JsonObject root && root.get("devices") instanceof JsonArray devices) {
                for (JsonElement device : devices) {
                    if (device instanceof JsonObject known
                            && known.get("slot") instanceof JsonPrimitive slot
                            && slot.isNumber()) {
                        places.add(slot.getAsLong());
                    }
                }
                break;
            }
        }
        return places.stream().distinct().count();
    }

    /** QEMU tells of the host's ends to people only. */
    String network() throws QmpException {
        JsonElement text = connection.execute("human-monitor-command", arguments("command-line", "info network"));
        return text instanceof JsonPrimitive lines ? lines.getAsString() : "";
    }

    /** Whether it has an object of this name. */
    boolean hasObject(String name) throws QmpException {
        return children(OBJECTS).containsKey(name);
    }

    boolean isRunning() throws QmpException {
        return connection.execute("query-status") instanceof JsonObject status
                && status.get("running") instanceof JsonPrimitive running
                && running.getAsBoolean();
    }

    void tell(String command, JsonObject arguments) throws QmpException {
        connection.execute(command, arguments);
    }

    void tell(String command, String id) throws QmpException {
        connection.execute(command, arguments("id", id));
    }

    /** Waits until a device is gone. */
    boolean awaitDeleted(String id, Duration atMost) throws QmpException {
        return connection
                .await(
                        event -> "DEVICE_DELETED".equals(text(event, "event"))
                                && event.get("data") instanceof JsonObject data
                                && id.equals(text(data, "device")),
                        atMost)
                .isPresent();
    }

    static JsonObject arguments(String name, String value) {
        JsonObject arguments = new JsonObject();
        arguments.addProperty(name, value);
        return arguments;
    }

    private static String text(JsonElement object, String name) {
        return object instanceof JsonObject known && known.get(name) instanceof JsonPrimitive value
                ? value.getAsString()
                : "";
    }

    @Override
    public void close() {
        connection.close();
    }
}
