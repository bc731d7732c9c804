// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.lab;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Sorts what {@code lab/snapshot-namespace} prints into items, without what is volatile. */
final class SnapshotReader {
    private static final String MARK = "@@ ";

    private final SortedMap<String, SortedMap<String, String>> sections = new TreeMap<>();

    private SnapshotReader() {}

    static NamespaceSnapshot read(String output) {
        SnapshotReader reader = new SnapshotReader();
        String title = "";
        List<String> body = new ArrayList<>();
        for (String line : output.lines().toList()) {
            if (line.startsWith(MARK)) {
                reader.section(title, body);
                title = line.substring(MARK.length());
                body.clear();
            } else if (!line.isBlank()) {
                body.add(line);
            }
        }
        reader.section(title, body);
        return new NamespaceSnapshot(reader.sections);
    }

    private void section(String title, List<String> body) {
        String[] words = title.split(" ", 2);
        String rest = words.length == 2 ? words[1] : "";
        switch (words[0]) {
            case "" -> {}
            case "link" -> objects(body).forEach(link -> add("link", name(link), VolatileAttributes.ofLink(link)));
            case "address" -> objects(body).forEach(this::addresses);
            case "route4", "route6" -> objects(body).forEach(route -> route(words[0], route));
            case "rule4", "rule6" ->
                objects(body).forEach(rule -> add(words[0], text(rule, "priority"), VolatileAttributes.ofOther(rule)));
            case "neighbour" ->
                objects(body)
                        .forEach(neighbour -> add(
                                "neighbour",
                                text(neighbour, "dev") + " " + text(neighbour, "dst"),
                                VolatileAttributes.ofOther(neighbour)));
            case "port" -> objects(body).forEach(port -> add("port", name(port), VolatileAttributes.ofLink(port)));
            case "vlan" -> objects(body).forEach(vlan -> add("vlan", name(vlan), VolatileAttributes.ofOther(vlan)));
            case "fdb" -> objects(body).forEach(this::forwarding);
            case "qdisc" -> objects(body).forEach(this::qdisc);
            case "filter" -> objects(body).forEach(filter -> filter(rest, filter));
            case "class" -> body.forEach(line -> trafficClass(rest, line));
            case "sysctl" -> body.forEach(this::sysctl);
            case "process" -> body.forEach(line -> add("process", line.strip(), "runs"));
            default -> {
                if (!words[0].contains("tables")) {
                    throw new IllegalStateException("unknown section " + title);
                }
                RuleSet.parse(body).forEach((key, rules) -> add(words[0], key, rules));
            }
        }
    }

    private void addresses(JsonObject link) {
        for (JsonElement element : link.getAsJsonArray("addr_info")) {
            JsonObject address = element.getAsJsonObject();
            // The kernel makes and takes these by itself, a moment after a link goes up or down.
            boolean automatic = text(address, "family").equals("inet6")
                    && text(address, "scope").equals("link");
            if (!automatic) {
                String key = "%s %s/%s".formatted(name(link), text(address, "local"), text(address, "prefixlen"));
                add("address", key, VolatileAttributes.ofAddress(address));
            }
        }
    }

    private void route(String section, JsonObject route) {
        if (!text(route, "protocol").equals("kernel")) {
            String table = route.has("table") ? text(route, "table") : "main";
            String device = route.has("dev") ? " dev " + text(route, "dev") : "";
            String metric = route.has("metric") ? " metric " + text(route, "metric") : "";
            add(section, text(route, "dst") + device + metric + " table " + table, VolatileAttributes.ofOther(route));
        }
    }

    private void forwarding(JsonObject entry) {
        String state = text(entry, "state");
        String mac = text(entry, "mac");
        boolean group = (Integer.parseInt(mac.substring(0, 2), 16) & 1) == 1;
        // Groups that the host itself listens to come and go with its addresses.
        if (Set.of("permanent", "static").contains(state)
                && !(group && entry.get("flags").toString().contains("self"))) {
            String vlan = entry.has("vlan") ? " vlan " + text(entry, "vlan") : "";
            String where = entry.has("master") ? " master" : " self";
            add("fdb", name(entry) + " " + mac + vlan + where, VolatileAttributes.ofOther(entry));
        }
    }

    private void qdisc(JsonObject qdisc) {
        // Handle 0: is what the kernel attaches where nobody asked for anything.
        if (!text(qdisc, "handle").equals("0:")) {
            add("qdisc", text(qdisc, "dev") + " " + text(qdisc, "handle"), VolatileAttributes.ofTraffic(qdisc));
        }
    }

    private void filter(String place, JsonObject filter) {
        JsonElement options = filter.get("options");
        String handle = options == null || !options.isJsonObject()
                ? ""
                : options.getAsJsonObject().has("fh")
                        ? " " + text(options.getAsJsonObject(), "fh")
                        : " " + text(options.getAsJsonObject(), "handle");
        String key = "%s %s %s%s".formatted(place, text(filter, "pref"), text(filter, "protocol"), handle);
        add("filter", key, VolatileAttributes.ofTraffic(filter));
    }

    private void trafficClass(String place, String line) {
        String[] words = line.split(" ", -1);
        String device = place.substring(0, place.indexOf(' '));
        add("class", device + " " + words[2], line.strip());
    }

    private void sysctl(String line) {
        int colon = line.lastIndexOf(':');
        // An interface may have a colon in its name; no value that is looked at here has one, but stable_secret.
        int end = line.contains("/stable_secret:") ? line.indexOf("/stable_secret:") + 14 : colon;
        add("sysctl", line.substring(0, end), line.substring(end + 1));
    }

    private void add(String section, String key, String text) {
        sections.computeIfAbsent(section, name -> new TreeMap<>())
                .merge(key, text, (first, second) -> first + "\n" + second);
    }

    private static List<JsonObject> objects(List<String> body) {
        List<JsonObject> objects = new ArrayList<>();
        if (!body.isEmpty()) {
            for (JsonElement element :
                    JsonParser.parseString(String.join("\n", body)).getAsJsonArray()) {
                // Some kinds of link leave an empty object where they are filtered out.
                if (!element.getAsJsonObject().isEmpty()) {
                    objects.add(element.getAsJsonObject());
                }
            }
        }
        return objects;
    }

    private static String name(JsonObject object) {
        return text(object, "ifname");
    }

    private static String text(JsonObject object, String name) {
        return object.has(name) ? object.get(name).getAsString() : "";
    }
}
