// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.lab;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.Set;
import java.util.TreeSet;

/** What iproute2 prints of a thing, without what changes by itself, its names in order: one text for one state. */
final class VolatileAttributes {
    private static final Gson PRETTY =
            new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

    /** Entries of {@code flags} that tell of carrier, of duplicate detection, or of hardware. */
    private static final Set<String> FLAGS = Set.of(
            "LOWER_UP", "NO-CARRIER", "RUNNING", "DORMANT", "M-DOWN", "linkdown", "dead", "offload", "rt_offload");

    private static final Set<String> LINK = Set.of(
            "ifindex",
            "link_index",
            "link_netnsid",
            "operstate",
            "qdisc", // has a section of its own; the default one comes when a link is first up
            "promiscuity",
            "allmulti",
            "tso_max_size", // a bridge takes them from its ports
            "tso_max_segs",
            // bridge
            "bridge_id",
            "root_id",
            "root_port",
            "root_path_cost",
            "topology_change",
            "topology_change_detected",
            "hello_timer",
            "tcn_timer",
            "topology_change_timer",
            "gc_timer",
            "fdb_n_learned",
            // bridge port
            "state",
            "id",
            "no",
            "designated_port",
            "designated_bridge",
            "designated_cost",
            "hold_timer",
            "message_age_timer",
            "forward_delay_timer",
            "topology_change_ack",
            "config_pending",
            // tap: follows whoever has it open
            "vnet_hdr",
            "numqueues",
            "numdisabled");

    private static final Set<String> ADDRESS =
            Set.of("valid_life_time", "preferred_life_time", "tentative", "optimistic");

    private static final Set<String> TRAFFIC =
            Set.of("refcnt", "direct_packets_stat", "not_in_hw", "in_hw", "in_hw_count", "index", "ref", "bind");

    private static final Set<String> OTHER = Set.of("expires", "used", "age", "users", "refcnt", "cache");

    private VolatileAttributes() {}

    static String ofLink(JsonObject link) {
        return canonical(link, LINK);
    }

    static String ofAddress(JsonObject address) {
        return canonical(address, ADDRESS);
    }

    static String ofTraffic(JsonObject qdiscOrFilter) {
        return canonical(qdiscOrFilter, TRAFFIC);
    }

    static String ofOther(JsonObject object) {
        return canonical(object, OTHER);
    }

    private static String canonical(JsonObject object, Set<String> left) {
        return PRETTY.toJson(without(object, left));
    }

    private static JsonElement without(JsonElement element, Set<String> left) {
        if (element instanceof JsonObject object) {
            JsonObject kept = new JsonObject();
            for (String name : new TreeSet<>(object.keySet())) {
                if (name.equals("flags") && object.get(name) instanceof JsonArray flags) {
                    kept.add(name, steady(flags));
                } else if (!left.contains(name) && !(name.equals("ageing_time") && runsSpanningTree(object))) {
                    kept.add(name, without(object.get(name), left));
                }
            }
            return kept;
        }
        if (element instanceof JsonArray array) {
            JsonArray kept = new JsonArray();
            array.forEach(one -> kept.add(without(one, left)));
            return kept;
        }
        return element;
    }

    /** After a change of the topology the kernel lets addresses age faster for a while, and shows that. */
    private static boolean runsSpanningTree(JsonObject bridge) {
        return bridge.has("stp_state") && bridge.get("stp_state").getAsInt() != 0;
    }

    private static JsonArray steady(JsonArray flags) {
        JsonArray kept = new JsonArray();
        for (JsonElement flag : flags) {
            if (!FLAGS.contains(flag.getAsString())) {
                kept.add(flag);
            }
        }
        return kept;
    }
}
