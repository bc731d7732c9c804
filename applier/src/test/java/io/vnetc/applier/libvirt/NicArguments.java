// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.libvirt;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.vnetc.dsl.value.Cidr;
import io.vnetc.dsl.value.IpAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What QEMU's arguments mean for a guest's NICs, in the order of the guest. Left out of it is what two who mean the same
 * may do in ways of their own: identifiers, whether a tap is handed over open or named, what moves its packets, and where a
 * card is whose place nobody said.
 *
 * @param device the card's properties
 * @param netdev what it is plugged into
 */
record NicArguments(SortedMap<String, String> device, SortedMap<String, String> netdev) {
    private static final Set<String> HOST_DEVICES = Set.of("vfio-pci", "usb-host");
    private static final Set<String> OWN_WAY_OF_TAPS =
            Set.of("id", "fd", "fds", "ifname", "script", "downscript", "vhost", "vhostfd", "vhostfds");

    /** Those of a command line, one word in each line. */
    static List<NicArguments> of(List<String> words) {
        Map<String, JsonObject> netdevs = new LinkedHashMap<>();
        Map<String, String> chardevs = new LinkedHashMap<>();
        List<JsonObject> devices = new ArrayList<>();
        for (int i = 0; i + 1 < words.size(); i++) {
            String value = words.get(i + 1);
            switch (words.get(i)) {
                case "-netdev" -> {
                    JsonObject netdev = object(value);
                    netdevs.put(netdev.get("id").getAsString(), netdev);
                }
                case "-chardev" ->
                    chardevs.put(value.replaceFirst(".*\\bid=([^,]*).*", "$1"), value.replaceFirst("id=[^,]*,", ""));
                case "-device" -> devices.add(object(value));
                default -> {}
            }
        }
        return devices.stream()
                .filter(device -> device.has("mac")
                        || HOST_DEVICES.contains(device.get("driver").getAsString()))
                .map(device -> new NicArguments(
                        device(device, devices),
                        device.has("netdev")
                                ? netdev(netdevs.get(device.get("netdev").getAsString()), chardevs)
                                : new TreeMap<>()))
                .toList();
    }

    private static JsonObject object(String text) {
        return JsonParser.parseString(text).getAsJsonObject();
    }

    private static SortedMap<String, String> device(JsonObject device, List<JsonObject> devices) {
        SortedMap<String, String> properties = new TreeMap<>();
        device.entrySet().forEach(entry -> properties.put(entry.getKey(), text(entry.getValue())));
        properties.remove("id");
        properties.remove("netdev");
        // It names a card by its identifier.
        properties.computeIfPresent(
                "failover_pair_id",
                (key, id) -> devices.stream()
                        .filter(other -> text(other.get("id")).equals(id))
                        .findFirst()
                        .map(other -> text(other.get("mac")))
                        .orElse("none"));
        return properties;
    }

    private static String text(JsonElement element) {
        return element.isJsonPrimitive() ? element.getAsString() : element.toString();
    }

    private static SortedMap<String, String> netdev(JsonObject netdev, Map<String, String> chardevs) {
        SortedMap<String, String> meaning = new TreeMap<>();
        netdev.entrySet().forEach(entry -> meaning.put(entry.getKey(), text(entry.getValue())));
        switch (meaning.get("type")) {
            case "tap" -> tap(meaning);
            case "user" -> user(meaning);
            case "socket" -> socket(meaning);
            case "stream" -> {
                JsonObject place = netdev.getAsJsonObject("addr");
                // Whoever starts passt chooses its socket.
                meaning.put("addr", place.has("host") ? place(place) : "file");
            }
            case "dgram" -> {
                meaning.computeIfPresent("local", (key, place) -> place(object(place)));
                meaning.put("remote", place(netdev.getAsJsonObject("remote")));
            }
            case "vhost-user" ->
                meaning.computeIfPresent(
                        "chardev", (key, id) -> chardevs.get(id).replaceFirst(",reconnect=0$", ""));
            // libvirt is the bridge's helper itself, and hands its tap over open.
            case "bridge" -> {
                meaning.clear();
                meaning.put("type", "tap");
            }
            // libvirt hands it over open.
            case "vhost-vdpa" -> meaning.remove("vhostdev");
            default -> {}
        }
        meaning.remove("id");
        return meaning;
    }

    private static String place(JsonObject place) {
        return text(place.get("host")) + ":" + text(place.get("port"));
    }

    private static void tap(SortedMap<String, String> meaning) {
        String open = meaning.get("fds");
        if (open != null) {
            meaning.put("queues", Integer.toString(open.split(":").length));
        }
        meaning.keySet().removeAll(OWN_WAY_OF_TAPS);
    }

    /** With the network's own address, and in IPv6 the length that QEMU takes as read. */
    private static void user(SortedMap<String, String> meaning) {
        meaning.computeIfPresent("net", (key, text) -> {
            String[] parts = text.split("/", -1);
            return masked(parts[0], Integer.parseInt(parts[1]));
        });
        meaning.computeIfPresent(
                "ipv6-prefix",
                (key, text) -> masked(text, Integer.parseInt(meaning.getOrDefault("ipv6-prefixlen", "64"))));
        meaning.remove("ipv6-prefixlen");
    }

    private static String masked(String address, int length) {
        return new Cidr(IpAddress.parse(address).masked(length), length).toString();
    }

    /** As what QEMU has in its place. */
    private static void socket(SortedMap<String, String> meaning) {
        SortedMap<String, String> modern = new TreeMap<>();
        if (meaning.containsKey("mcast")) {
            modern.put("type", "dgram");
            modern.put("remote", meaning.get("mcast"));
        } else if (meaning.containsKey("udp")) {
            modern.put("type", "dgram");
            modern.put("remote", meaning.get("udp"));
            modern.put("local", meaning.get("localaddr"));
        } else {
            boolean listens = meaning.containsKey("listen");
            String place = meaning.get(listens ? "listen" : "connect");
            modern.put("type", "stream");
            modern.put("server", Boolean.toString(listens));
            modern.put("addr", place.startsWith(":") ? "0.0.0.0" + place : place);
        }
        meaning.clear();
        meaning.putAll(modern);
    }

    /** The same without the place of the card where another, that means the same, says none. */
    NicArguments placedAs(NicArguments other) {
        SortedMap<String, String> kept = new TreeMap<>(device);
        for (String place : List.of("bus", "addr")) {
            if (!other.device.containsKey(place)) {
                kept.remove(place);
            }
        }
        return new NicArguments(kept, netdev);
    }
}
