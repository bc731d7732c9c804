// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.kinds.guest;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import io.vnetc.applier.kinds.guest.Monitor.Device;
import io.vnetc.applier.qmp.QmpException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A device as QEMU would be told of it, from the properties that it has. */
final class Properties {
    /** What is asked of a card of which nothing was said. */
    private static final List<String> USUAL = List.of("mac", "mq", "host_mtu");

    private Properties() {}

    /**
     * Reads a device.
     *
     * @param wanted what is said of it, in JSON: of all of this it is said what it is
     * @param former what was said of it: where it is not the default of its driver
     */
    static JsonObject read(Monitor monitor, String id, Device device, Optional<String> wanted, Optional<String> former)
            throws QmpException {
        JsonObject said = wanted.map(Properties::json).orElseGet(JsonObject::new);
        JsonObject before = former.map(Properties::json).orElseGet(JsonObject::new);
        JsonObject read = new JsonObject();
        if (!said.has("driver")) {
            read.addProperty("driver", device.type());
        }
        for (Map.Entry<String, JsonElement> property : said.entrySet()) {
            value(monitor, id, device, property.getKey(), Optional.of(property.getValue()))
                    .ifPresent(value -> read.add(property.getKey(), value));
        }
        Map<String, JsonElement> defaults = monitor.defaults(device.type());
        for (String name : List.of("netdev", "id")) {
            if (!said.has(name)) {
                value(monitor, id, device, name, Optional.ofNullable(before.get(name)))
                        .filter(value -> !value.equals(new JsonPrimitive("")))
                        .ifPresent(value -> read.add(name, value));
            }
        }
        Iterable<String> others = wanted.isPresent() || former.isPresent() ? before.keySet() : USUAL;
        for (String name : others) {
            if (!read.has(name)) {
                value(monitor, id, device, name, Optional.ofNullable(before.get(name)))
                        .filter(value -> !value.equals(defaults.get(name)))
                        .ifPresent(value -> read.add(name, value));
            }
        }
        return read;
    }

    /** What was said where QEMU tells the same in its own way, or does not tell. */
    private static Optional<JsonElement> value(
            Monitor monitor, String id, Device device, String name, Optional<JsonElement> said) throws QmpException {
        Optional<JsonPrimitive> seen = switch (name) {
            case "driver" -> Optional.of(new JsonPrimitive(device.type()));
            case "id" -> Optional.of(new JsonPrimitive(id));
            case "bus" ->
                monitor.property(device.path(), "parent_bus")
                        .map(path -> new JsonPrimitive(
                                path.getAsString().substring(path.getAsString().lastIndexOf('/') + 1)));
            default -> monitor.property(device.path(), name);
        };
        if (seen.isEmpty()
                || said.filter(text -> isSame(name, text, seen.get())).isPresent()) {
            return said;
        }
        return Optional.of(seen.get());
    }

    private static boolean isSame(String name, JsonElement said, JsonPrimitive seen) {
        if (!(said instanceof JsonPrimitive text)) {
            return true;
        }
        if (name.equals("addr") && seen.isNumber()) {
            return place(text.getAsString()) == seen.getAsLong();
        }
        if (seen.isBoolean()) {
            return seen.getAsBoolean() == text.getAsString().matches("true|on|yes|y");
        }
        if (text.isBoolean()) {
            return seen.getAsString().equals(text.getAsBoolean() ? "on" : "off");
        }
        return seen.getAsString().equalsIgnoreCase(text.getAsString());
    }

    /** A place on a bus, SLOT or SLOT.FUNCTION in hexadecimal digits, as QEMU counts it; -1 where it is none. */
    private static long place(String text) {
        String[] parts = text.replaceFirst("^0[xX]", "").split("\\.", -1);
        try {
            long slot = Long.parseLong(parts[0], 16);
            return slot * 8 + (parts.length > 1 ? Long.parseLong(parts[1], 16) : 0);
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    private static JsonObject json(String text) {
        return JsonParser.parseString(text).getAsJsonObject();
    }
}
