// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.render.json;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.vnetc.compiler.state.Entry;
import io.vnetc.compiler.state.Firewalld;
import io.vnetc.compiler.state.HostFacts;
import io.vnetc.compiler.state.HostFacts.Feature;
import io.vnetc.compiler.state.HostState;
import io.vnetc.compiler.state.KindTable;
import io.vnetc.compiler.state.MalformedStateException;
import io.vnetc.compiler.state.ObservedHost;
import io.vnetc.compiler.state.RunningGuest;
import io.vnetc.dsl.value.InterfaceName;
import io.vnetc.dsl.value.SocketPath;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** States of hosts, by {@code state-1.schema.json}. */
public final class StateJson {
    /** Of states and plans; another first number is another format. */
    public static final String FORMAT_VERSION = "1.0";

    private static final String KIND = "state";

    private final EntryJson entries;

    public StateJson(KindTable kinds) {
        entries = new EntryJson(kinds);
    }

    /** A host as it was seen. */
    public String write(ObservedHost host) {
        JsonObject document = header();
        document.add("host", write(host.facts()));
        document.add("resources", write(host.state().entries().values()));
        return JsonText.print(document);
    }

    /** What a host is to be, or had. */
    public String write(HostState state) {
        JsonObject document = header();
        document.add("resources", write(state.entries().values()));
        return JsonText.print(document);
    }

    /**
     * Reads a host as it was seen.
     *
     * @throws MalformedStateException when it is none
     */
    public ObservedHost readObserved(String text) {
        Members document = Members.of("", JsonText.parse(text));
        document.header(KIND);
        HostFacts facts = facts(document.members("host"));
        HostState state = state(document);
        document.end();
        return new ObservedHost(state, facts);
    }

    /**
     * Reads a state without what was seen beside it.
     *
     * @throws MalformedStateException when it is none
     */
    public HostState readState(String text) {
        Members document = Members.of("", JsonText.parse(text));
        document.header(KIND);
        HostState state = state(document);
        document.end();
        return state;
    }

    private static JsonObject header() {
        JsonObject document = new JsonObject();
        document.addProperty("format_version", FORMAT_VERSION);
        document.addProperty("kind", KIND);
        return document;
    }

    private JsonArray write(Iterable<Entry> resources) {
        JsonArray array = new JsonArray();
        resources.forEach(entry -> array.add(entries.write(entry)));
        return array;
    }

    private static JsonObject write(HostFacts facts) {
        JsonObject object = new JsonObject();
        object.addProperty("name", facts.hostName());
        object.addProperty("kernel", facts.kernel());
        object.add(
                "held_links",
                EntryJson.texts(facts.heldLinks().stream()
                        .sorted()
                        .map(InterfaceName::text)
                        .toList()));
        JsonObject holders = new JsonObject();
        facts.holders().forEach((link, holder) -> holders.addProperty(link.text(), holder));
        object.add("holders", holders);
        object.add(
                "features",
                EntryJson.texts(
                        facts.features().stream().sorted().map(Members::word).toList()));
        facts.firewalld().ifPresent(firewalld -> object.add("firewalld", write(firewalld)));
        if (!facts.guests().isEmpty()) {
            JsonObject guests = new JsonObject();
            facts.guests().forEach((name, guest) -> guests.add(name, write(guest)));
            object.add("guests", guests);
        }
        return object;
    }

    private static JsonObject write(RunningGuest guest) {
        JsonObject object = new JsonObject();
        object.addProperty("socket", guest.socket().text());
        guest.silence().ifPresent(why -> object.addProperty("silence", why));
        if (guest.room() > 0) {
            object.addProperty("room", guest.room());
        }
        return object;
    }

    private static JsonObject write(Firewalld firewalld) {
        JsonObject object = new JsonObject();
        object.addProperty("default_zone", firewalld.defaultZone());
        object.add("zones", EntryJson.texts(List.copyOf(firewalld.zones())));
        JsonObject permanent = new JsonObject();
        firewalld.permanent().forEach(permanent::addProperty);
        object.add("permanent", permanent);
        return object;
    }

    private HostState state(Members document) {
        List<Entry> found = new ArrayList<>();
        for (Members resource : document.list("resources")) {
            found.add(entries.read(resource));
        }
        try {
            return HostState.of(found);
        } catch (IllegalArgumentException e) {
            throw new MalformedStateException(e.getMessage());
        }
    }

    private static HostFacts facts(Members members) {
        TreeMap<InterfaceName, String> holders = new TreeMap<>();
        Members named = members.members("holders");
        for (String link : named.json().keySet()) {
            holders.put(link(link), named.text(link));
        }
        Set<InterfaceName> held = new HashSet<>();
        members.texts("held_links").forEach(link -> held.add(link(link)));
        Set<Feature> features = new HashSet<>();
        for (String word : members.texts("features")) {
            features.add(feature(word));
        }
        HostFacts facts = new HostFacts(
                members.text("name"),
                members.text("kernel"),
                held,
                holders,
                features,
                members.optionalMembers("firewalld").map(StateJson::firewalld),
                members.optionalMembers("guests").map(StateJson::guests).orElseGet(TreeMap::new));
        members.end();
        return facts;
    }

    private static SortedMap<String, RunningGuest> guests(Members members) {
        TreeMap<String, RunningGuest> guests = new TreeMap<>();
        for (String name : members.json().keySet()) {
            Members guest = members.members(name);
            try {
                guests.put(
                        name,
                        new RunningGuest(
                                new SocketPath(guest.text("socket")),
                                guest.json().has("silence") ? Optional.of(guest.text("silence")) : Optional.empty(),
                                guest.json().has("room") ? guest.count("room") : 0));
            } catch (IllegalArgumentException e) {
                throw new MalformedStateException("the guest `" + name + "`: " + e.getMessage());
            }
            guest.end();
        }
        return guests;
    }

    private static Firewalld firewalld(Members members) {
        TreeMap<String, String> permanent = new TreeMap<>();
        Members zones = members.members("permanent");
        zones.json().keySet().forEach(link -> permanent.put(link, zones.text(link)));
        Firewalld firewalld =
                new Firewalld(members.text("default_zone"), new TreeSet<>(members.texts("zones")), permanent);
        members.end();
        return firewalld;
    }

    private static Feature feature(String word) {
        for (Feature feature : Feature.values()) {
            if (Members.word(feature).equals(word)) {
                return feature;
            }
        }
        throw new MalformedStateException("the feature `" + word + "` is not known to this version");
    }

    private static InterfaceName link(String text) {
        try {
            return new InterfaceName(text);
        } catch (IllegalArgumentException e) {
            throw new MalformedStateException(e.getMessage());
        }
    }
}
