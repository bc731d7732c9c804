// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.qemu.importing;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.vnetc.compiler.dnsmasq.ValueType;
import io.vnetc.compiler.model.CardModel;
import io.vnetc.compiler.qemu.CardProperties;
import io.vnetc.compiler.qemu.PropertyKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** A command line in one of the forms that QEMU takes, and what the same is in the form that is printed. */
final class RandomCommandLine {
    private static final List<CardModel> MODELS = List.of(
            CardModel.VIRTIO, CardModel.E1000, CardModel.E1000E, CardModel.RTL8139, CardModel.VMXNET3, CardModel.PCNET);

    private final Random random;
    private final List<String> words =
            new ArrayList<>(List.of("qemu-system-x86_64", "-name", "guest=web", "-nodefaults"));
    private final List<Map<String, String>> expected = new ArrayList<>();
    private int number;

    RandomCommandLine(Random random) {
        this.random = random;
        int cards = 1 + random.nextInt(5);
        for (int i = 0; i < cards; i++) {
            card();
        }
    }

    List<String> words() {
        return words;
    }

    /** All netdevs and devices without their identifiers, each flat. */
    List<Map<String, String>> expected() {
        return expected;
    }

    /** What QEMU is told, and what is printed of it where that is another form. */
    private record Netdev(Map<String, String> said, Map<String, String> printed, int queues) {}

    private void card() {
        number++;
        Netdev netdev = netdev();
        CardModel model = netdev.queues() > 1 ? CardModel.VIRTIO : MODELS.get(random.nextInt(MODELS.size()));
        Map<String, String> device = new LinkedHashMap<>();
        device.put("driver", model.driver());
        device.put("mac", String.format("52:54:00:%02x:%02x:%02x", number, random.nextInt(256), random.nextInt(256)));
        int form = netdev.queues() > 1 ? random.nextInt(2) : random.nextInt(4);
        if (form < 2) {
            properties(model, device, netdev.queues());
        }
        expected.add(new TreeMap<>(netdev.printed()));
        expected.add(printed(device));
        switch (form) {
            case 0 -> pair(netdev.said(), device);
            case 1 -> json(netdev.said(), device);
            case 2 -> shorthand(netdev.said(), device);
            default -> vlan(netdev.said(), device);
        }
    }

    private Netdev netdev() {
        Map<String, String> said = new LinkedHashMap<>();
        int port = 20_000 + 10 * number + random.nextInt(5);
        switch (random.nextInt(9)) {
            case 0 -> {
                said.put("type", "user");
                if (random.nextBoolean()) {
                    said.put("net", "10." + number + ".9.0/24");
                    said.put("host", "10." + number + ".9.2");
                    said.put("dns", "10." + number + ".9.3");
                    said.put("dhcpstart", "10." + number + ".9.50");
                }
                optional(said, "restrict", flag());
                optional(said, "hostname", "we,b " + number);
                optional(said, "domainname", "a.example");
                optional(said, "tftp", "/srv/a,b");
                optional(said, "bootfile", "pxe=linux.0");
                optional(said, "hostfwd.0", "tcp:127.0.0.1:" + port + "-:22");
                return same(said);
            }
            case 1 -> {
                said.put("type", "tap");
                said.put("ifname", "tap" + number);
                said.put("script", "no");
                said.put("downscript", "no");
                int queues = random.nextInt(3) == 0 ? 2 + random.nextInt(3) : 1;
                if (queues > 1) {
                    said.put("queues", "" + queues);
                }
                optional(said, "sndbuf", "1048576");
                return new Netdev(said, new TreeMap<>(said), queues);
            }
            case 2 -> {
                said.put("type", "bridge");
                said.put("br", "br" + number);
                optional(said, "helper", "/usr/lib/qemu/qemu-bridge-helper");
                return same(said);
            }
            case 3 -> {
                said.put("type", "socket");
                boolean any = random.nextBoolean();
                said.put("listen", (any ? "" : "127.0.0.1") + ":" + port);
                return modern(
                        said,
                        Map.of(
                                "type",
                                "stream",
                                "server",
                                "true",
                                "addr.type",
                                "inet",
                                "addr.host",
                                any ? "0.0.0.0" : "127.0.0.1",
                                "addr.port",
                                "" + port));
            }
            case 4 -> {
                said.put("type", "socket");
                said.put("connect", "127.0.0.1:" + port);
                return modern(
                        said,
                        Map.of(
                                "type",
                                "stream",
                                "server",
                                "false",
                                "addr.type",
                                "inet",
                                "addr.host",
                                "127.0.0.1",
                                "addr.port",
                                "" + port));
            }
            case 5 -> {
                said.put("type", "socket");
                said.put("mcast", "239.192.0.1:" + port);
                Map<String, String> printed = new TreeMap<>(Map.of(
                        "type",
                        "dgram",
                        "remote.type",
                        "inet",
                        "remote.host",
                        "239.192.0.1",
                        "remote.port",
                        "" + port));
                if (random.nextBoolean()) {
                    said.put("localaddr", "127.0.0.1");
                    printed.putAll(Map.of("local.type", "inet", "local.host", "127.0.0.1", "local.port", "0"));
                }
                return modern(said, printed);
            }
            case 6 -> {
                said.put("type", "socket");
                said.put("udp", "127.0.0.1:" + port);
                said.put("localaddr", "127.0.0.1:" + (port + 5_000));
                return modern(
                        said,
                        Map.of(
                                "type",
                                "dgram",
                                "local.type",
                                "inet",
                                "local.host",
                                "127.0.0.1",
                                "local.port",
                                "" + (port + 5_000),
                                "remote.type",
                                "inet",
                                "remote.host",
                                "127.0.0.1",
                                "remote.port",
                                "" + port));
            }
            case 7 -> {
                said.put("type", "stream");
                said.put("server", random.nextBoolean() ? "on" : "off");
                said.put("addr.type", "unix");
                said.put("addr.path", "/run/a,b=" + number);
                return same(said);
            }
            default -> {
                said.put("type", "vhost-vdpa");
                said.put("vhostdev", "/dev/vhost-vdpa-" + number);
                return same(said);
            }
        }
    }

    private static Netdev modern(Map<String, String> said, Map<String, String> printed) {
        return new Netdev(said, new TreeMap<>(printed), 1);
    }

    private static Netdev same(Map<String, String> said) {
        return new Netdev(said, printed(said), 1);
    }

    /** Flags are JSON's. */
    private static Map<String, String> printed(Map<String, String> said) {
        Map<String, String> printed = new TreeMap<>();
        said.forEach((name, value) ->
                printed.put(name, value.equals("on") ? "true" : value.equals("off") ? "false" : value));
        return printed;
    }

    private void properties(CardModel model, Map<String, String> device, int queues) {
        if (queues > 1) {
            device.put("mq", "on");
            device.put("vectors", "" + (random.nextBoolean() ? 2 * queues + 2 : 2 * queues + 5));
        }
        for (PropertyKind kind : CardProperties.of(model)) {
            if (random.nextInt(4) != 0
                    || device.containsKey(kind.property())
                    || kind.property().equals("addr")) {
                continue;
            }
            if (kind.property().equals("romfile")) {
                device.put("romfile", random.nextBoolean() ? "" : "/usr/share/a,b.rom");
            } else if (kind.property().equals("rombar")) {
                device.put("rombar", "" + random.nextInt(2));
            } else if (kind.type() == ValueType.FLAG) {
                device.put(kind.property(), flag());
            } else if (kind.form() instanceof PropertyKind.Form.Whole form) {
                device.put(kind.property(), "" + (form.words().isEmpty() ? form.least() + random.nextInt(2) : 512));
            } else if (kind.form() instanceof PropertyKind.Form.Choice choice) {
                device.put(
                        kind.property(),
                        choice.words().stream().sorted().findFirst().orElseThrow());
            } else {
                device.put(kind.property(), "pci.1");
            }
        }
        if (random.nextBoolean()) {
            device.put("addr", "0x" + Integer.toHexString(random.nextInt(32)) + (random.nextBoolean() ? ".0x3" : ""));
        }
    }

    private void pair(Map<String, String> netdev, Map<String, String> device) {
        words.add("-netdev");
        words.add(text(netdev) + ",id=n" + number);
        words.add(random.nextBoolean() ? "-device" : "--device");
        words.add(text(device) + ",netdev=n" + number);
    }

    private void json(Map<String, String> netdev, Map<String, String> device) {
        Map<String, String> own = new LinkedHashMap<>(netdev);
        own.put("id", "n" + number);
        words.add("-netdev");
        words.add(object(own).toString());
        Map<String, String> card = new LinkedHashMap<>(device);
        card.put("netdev", "n" + number);
        words.add("-device");
        words.add(object(card).toString());
    }

    private void shorthand(Map<String, String> netdev, Map<String, String> device) {
        words.add("-nic");
        words.add(text(netdev) + ",model=" + device.get("driver") + ",mac=" + device.get("mac"));
    }

    private void vlan(Map<String, String> netdev, Map<String, String> device) {
        List<List<String>> halves = new ArrayList<>(List.of(
                List.of(
                        "-net",
                        "nic,vlan=" + number + ",model=" + device.get("driver") + ",macaddr=" + device.get("mac")),
                List.of("-net", text(netdev) + ",vlan=" + number)));
        if (random.nextBoolean()) {
            halves.add(0, halves.remove(1));
        }
        halves.forEach(words::addAll);
    }

    private static String text(Map<String, String> settings) {
        StringBuilder text = new StringBuilder();
        settings.forEach((name, value) -> text.append(text.isEmpty() ? "" : ",")
                .append(text.isEmpty() ? "" : name.replaceFirst("\\.0$", "") + "=")
                .append(value.replace(",", ",,")));
        return text.toString();
    }

    private static JsonObject object(Map<String, String> settings) {
        JsonObject object = new JsonObject();
        settings.forEach((name, value) -> {
            int dot = name.indexOf('.');
            if (name.endsWith(".0")) {
                JsonObject string = new JsonObject();
                string.addProperty("str", value);
                JsonArray list = new JsonArray();
                list.add(string);
                object.add(name.substring(0, dot), list);
            } else if (dot > 0) {
                if (!object.has(name.substring(0, dot))) {
                    object.add(name.substring(0, dot), new JsonObject());
                }
                object.getAsJsonObject(name.substring(0, dot)).add(name.substring(dot + 1), primitive(value));
            } else {
                object.add(name, primitive(value));
            }
        });
        return object;
    }

    private static JsonPrimitive primitive(String value) {
        return switch (value) {
            case "on" -> new JsonPrimitive(true);
            case "off" -> new JsonPrimitive(false);
            default -> new JsonPrimitive(value);
        };
    }

    private String flag() {
        return random.nextBoolean() ? "on" : "off";
    }

    private void optional(Map<String, String> map, String name, String value) {
        if (random.nextBoolean()) {
            map.put(name, value);
        }
    }
}
