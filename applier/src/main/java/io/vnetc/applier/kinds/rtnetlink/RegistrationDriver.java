// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.kinds.rtnetlink;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.vnetc.applier.host.HostContext;
import io.vnetc.applier.host.Programs;
import io.vnetc.applier.kinds.Change;
import io.vnetc.applier.kinds.Driver;
import io.vnetc.applier.kinds.DriverException;
import io.vnetc.applier.kinds.Observation;
import io.vnetc.applier.kinds.Requirement;
import io.vnetc.applier.kinds.StateBuilder;
import io.vnetc.applier.kinds.rtnetlink.LinkView.Seen;
import io.vnetc.compiler.kind.Registration;
import io.vnetc.compiler.state.HostFacts.Feature;
import io.vnetc.compiler.state.Kind;
import io.vnetc.dsl.value.DomainName;
import io.vnetc.dsl.value.IpAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;

/**
 * What systemd-resolved knows of links of ours. It knows the links of one network namespace, that of the host: in another
 * one it is as if it did not run.
 */
public final class RegistrationDriver implements Driver<Registration> {
    private static final Path SOCKET = Path.of("/run/systemd/resolve/io.systemd.Resolve");
    private static final String NAME = "org.freedesktop.resolve1";

    @Override
    public Kind<Registration> kind() {
        return Registration.KIND;
    }

    @Override
    public void observe(Observation observation, StateBuilder into) throws DriverException {
        if (!runsHere()) {
            return;
        }
        into.feature(Feature.RESOLVED);
        Programs programs = observation.host().programs();
        Map<Integer, List<IpAddress>> servers = new TreeMap<>();
        Map<Integer, List<DomainName>> domains = new TreeMap<>();
        try {
            for (JsonElement entry : property("DNS", programs)) {
                JsonArray fields = entry.getAsJsonArray();
                servers.computeIfAbsent(fields.get(0).getAsInt(), index -> new ArrayList<>())
                        .add(IpAddress.ofBytes(bytes(fields.get(2).getAsJsonArray())));
            }
            for (JsonElement entry : property("Domains", programs)) {
                JsonArray fields = entry.getAsJsonArray();
                String domain = fields.get(1).getAsString();
                if (fields.get(2).getAsBoolean() && !domain.equals(".")) {
                    domains.computeIfAbsent(fields.get(0).getAsInt(), index -> new ArrayList<>())
                            .add(DomainName.parse(domain));
                }
            }
        } catch (JsonParseException | IllegalStateException | IllegalArgumentException e) {
            throw new DriverException("cannot read what systemd-resolved knows", e.toString(), "", e);
        }
        LinkView links = LinkView.of(observation);
        Set<Integer> indexes = new HashSet<>(servers.keySet());
        indexes.addAll(domains.keySet());
        for (int index : indexes) {
            Seen seen = links.find(OptionalInt.of(index)).orElse(null);
            if (seen != null && seen.name().isPresent() && seen.owner().isPresent()) {
                into.owned(new Registration(
                        seen.name().get(),
                        seen.owner().get(),
                        servers.getOrDefault(index, List.of()),
                        domains.getOrDefault(index, List.of())));
            }
        }
    }

    /** Its socket is there, and this thread is in the network namespace of the host's first process. */
    private static boolean runsHere() {
        try {
            return Files.exists(SOCKET)
                    && Files.readSymbolicLink(Path.of("/proc/thread-self/ns/net"))
                            .equals(Files.readSymbolicLink(Path.of("/proc/1/ns/net")));
        } catch (IOException e) {
            // Who may not look may not change anything there either.
            return false;
        }
    }

    /** Of org.freedesktop.resolve1(5): arrays of a link's index and what belongs to it. */
    private static JsonArray property(String name, Programs programs) throws DriverException {
        String text = programs.succeed(
                Programs.Call.of(
                        "busctl",
                        "--json=short",
                        "get-property",
                        NAME,
                        "/org/freedesktop/resolve1",
                        NAME + ".Manager",
                        name),
                "cannot read what systemd-resolved knows");
        return JsonParser.parseString(text).getAsJsonObject().getAsJsonArray("data");
    }

    private static byte[] bytes(JsonArray numbers) {
        byte[] bytes = new byte[numbers.size()];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) numbers.get(i).getAsInt();
        }
        return bytes;
    }

    @Override
    public void move(Change<Registration> change, HostContext host) throws DriverException {
        String link = change.resource().link().text();
        if (change.after().isEmpty()) {
            host.programs()
                    .succeed(
                            Programs.Call.of("resolvectl", "revert", link),
                            "cannot make systemd-resolved forget " + link);
            return;
        }
        for (List<String> call : change.after().get().calls()) {
            host.programs()
                    .succeed(
                            Programs.Call.of("resolvectl", call.toArray(String[]::new)),
                            "cannot tell systemd-resolved of " + link);
        }
    }

    @Override
    public Set<Requirement> requirements(List<Change<Registration>> changes) {
        Set<Requirement> wanted = new HashSet<>(Driver.super.requirements(changes));
        if (!changes.isEmpty()) {
            wanted.add(Requirement.program("resolvectl", "systemd-resolved"));
        }
        return wanted;
    }
}
