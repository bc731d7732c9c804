// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.kinds.rtnetlink;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.vnetc.applier.host.Programs;
import io.vnetc.applier.host.Programs.Call;
import io.vnetc.applier.host.Programs.Result;
import io.vnetc.applier.kinds.DriverException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** What firewalld is told and asked over D-Bus (firewalld.dbus(5)): its runtime configuration. */
final class FirewalldBus {
    private static final Path SOCKET = Path.of("/run/dbus/system_bus_socket");
    private static final String BUSCTL = "busctl";
    private static final String NAME = "org.fedoraproject.FirewallD1";
    private static final String OBJECT = "/org/fedoraproject/FirewallD1";
    private static final String ZONE = NAME + ".zone";
    private static final String CANNOT_READ = "cannot read what firewalld knows";

    private final Programs programs;

    FirewalldBus(Programs programs) {
        this.programs = programs;
    }

    /**
     * Whether firewalld runs, and in the network namespace of this thread: the packet filter that it keeps is that
     * namespace's alone.
     */
    boolean isHere() throws DriverException {
        if (!Files.exists(SOCKET) || programs.find(BUSCTL).isEmpty()) {
            return false;
        }
        Result asked = programs.run(call(
                "org.freedesktop.DBus",
                "/org/freedesktop/DBus",
                "org.freedesktop.DBus",
                "GetConnectionUnixProcessID",
                "s",
                NAME));
        if (!asked.succeeded()) {
            return false;
        }
        try {
            String process = data(asked.stdout()).getAsString();
            return Files.readSymbolicLink(Path.of("/proc", process, "ns", "net"))
                    .equals(Files.readSymbolicLink(Path.of("/proc/thread-self/ns/net")));
        } catch (IOException e) {
            // Who may not look may not change anything there either.
            return false;
        }
    }

    String defaultZone() throws DriverException {
        return data(ask(NAME, "getDefaultZone")).getAsString();
    }

    SortedSet<String> zones() throws DriverException {
        SortedSet<String> zones = new TreeSet<>();
        elements(data(ask(ZONE, "getZones"))).forEach(zone -> zones.add(zone.getAsString()));
        return zones;
    }

    /** The zones of links that are in one, be there such a link or not. */
    Map<String, String> memberships() throws DriverException {
        Map<String, String> zones = new TreeMap<>();
        JsonElement active = data(ask(ZONE, "getActiveZones"));
        try {
            for (Map.Entry<String, JsonElement> zone : active.getAsJsonObject().entrySet()) {
                JsonObject members = zone.getValue().getAsJsonObject();
                if (members.has("interfaces")) {
                    elements(members.get("interfaces")).forEach(link -> zones.put(link.getAsString(), zone.getKey()));
                }
            }
        } catch (IllegalStateException e) {
            throw new DriverException(CANNOT_READ, e.toString(), "", e);
        }
        return zones;
    }

    /** Takes a link from whatever zone it is in to this one. */
    void change(String link, String zone) throws DriverException {
        programs.succeed(
                call(NAME, OBJECT, ZONE, "changeZoneOfInterface", "ss", zone, link),
                "cannot put " + link + " in the firewalld zone " + zone);
    }

    void remove(String link, String zone) throws DriverException {
        programs.succeed(
                call(NAME, OBJECT, ZONE, "removeInterface", "ss", zone, link),
                "cannot take " + link + " out of the firewalld zone " + zone);
    }

    private String ask(String type, String method) throws DriverException {
        return programs.succeed(call(NAME, OBJECT, type, method), CANNOT_READ);
    }

    private static Call call(String... words) {
        List<String> arguments = new ArrayList<>(List.of("--json=short", "--auto-start=no", "--", "call"));
        arguments.addAll(List.of(words));
        return Call.of(BUSCTL, arguments.toArray(String[]::new));
    }

    /** The one value that a method returns. */
    private static JsonElement data(String answer) throws DriverException {
        try {
            return JsonParser.parseString(answer)
                    .getAsJsonObject()
                    .getAsJsonArray("data")
                    .get(0);
        } catch (JsonParseException | IllegalStateException | IndexOutOfBoundsException | NullPointerException e) {
            throw new DriverException(CANNOT_READ, e.toString(), "", e);
        }
    }

    private static JsonArray elements(JsonElement list) throws DriverException {
        if (list instanceof JsonArray array) {
            return array;
        }
        throw new DriverException(CANNOT_READ, "a list was expected, and not " + list, "");
    }
}
