// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.kinds.guest;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import io.vnetc.compiler.kind.Plug;
import io.vnetc.dsl.value.InterfaceName;
import io.vnetc.dsl.value.LiteralException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The host's ends of cards, read from {@code info network}: what QEMU tells of them is their type, and a tap's name. */
record HostEnds(Map<String, End> ends) {
    /** One by itself, on a card, or on a port of a hub. */
    private static final Pattern LINE = Pattern.compile(
            "(?: \\\\ )?(?:hub-[^:]+: )?(" + Plug.NETDEV_PREFIX + "[^:]+): index=([0-9]{1,4}),type=([a-z0-9-]+),(.*)");

    /** One that is a port of a hub itself, with or without what is in it. */
    private static final Pattern PORT = Pattern.compile(" \\\\ (" + Plug.NETDEV_PREFIX + "[^:]+)(?:: .*)?");

    private static final Pattern TAP = Pattern.compile("ifname=([^,]*),.*");

    /** How many queues one has at least to say so. */
    private static final int SEVERAL = 2;

    /**
     * One of them.
     *
     * @param tap its name, where it is one that was opened by its name
     */
    record End(String type, Optional<String> tap, int queues) {}

    static HostEnds parse(String lines) {
        Map<String, End> ends = new TreeMap<>();
        for (String text : lines.lines().map(String::stripTrailing).toList()) {
            Matcher line = LINE.matcher(text);
            Matcher port = PORT.matcher(text);
            if (line.matches()) {
                Matcher tap = TAP.matcher(line.group(4));
                ends.merge(
                        line.group(1),
                        new End(type(line), tap.matches() ? link(tap.group(1)) : Optional.empty(), 1),
                        (one, other) -> new End(one.type, one.tap, one.queues + 1));
            } else if (port.matches()) {
                ends.put(port.group(1), new End("hubport", Optional.empty(), 1));
            }
        }
        return new HostEnds(ends);
    }

    /** One that no link of ours could be called is none of ours. */
    private static Optional<String> link(String name) {
        try {
            return Optional.of(new InterfaceName(name).text());
        } catch (LiteralException e) {
            return Optional.empty();
        }
    }

    /** What QEMU's bridge helper made is a tap to QEMU, and is told of by its bridge. */
    private static String type(Matcher line) {
        return line.group(4).startsWith("helper=") ? "bridge" : line.group(3);
    }

    /**
     * One as QEMU would be told of it: what it does not tell is taken to be as it was said.
     *
     * @param said what was said of the end of this card
     */
    Optional<JsonObject> of(String id, Optional<String> said) {
        return Optional.ofNullable(ends.get(id)).map(end -> {
            JsonObject known = said.map(text -> JsonParser.parseString(text).getAsJsonObject())
                    .filter(json -> new JsonPrimitive(end.type).equals(json.get("type")))
                    .orElseGet(() -> bare(id, end));
            end.tap.ifPresent(tap -> known.addProperty("ifname", tap));
            if (end.tap.isPresent() && end.queues < SEVERAL) {
                known.remove("queues");
            } else if (end.tap.isPresent()) {
                known.addProperty("queues", end.queues);
            }
            return known;
        });
    }

    private static JsonObject bare(String id, End end) {
        JsonObject bare = new JsonObject();
        bare.addProperty("type", end.type);
        bare.addProperty("id", id);
        end.tap.ifPresent(tap -> {
            bare.addProperty("ifname", tap);
            bare.addProperty("script", "no");
            bare.addProperty("downscript", "no");
        });
        return bare;
    }
}
