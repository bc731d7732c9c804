// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.cli;

import io.vnetc.applier.host.Paths;
import io.vnetc.applier.host.Programs;
import io.vnetc.applier.host.Programs.Call;
import io.vnetc.applier.kinds.DriverException;
import io.vnetc.compiler.kind.Bridge;
import io.vnetc.compiler.kind.ForeignLink;
import io.vnetc.compiler.kind.Route;
import io.vnetc.compiler.kind.Setting;
import io.vnetc.compiler.kind.UplinkPort;
import io.vnetc.compiler.lower.Accounts;
import io.vnetc.compiler.lower.Surroundings;
import io.vnetc.compiler.lower.UplinkSight;
import io.vnetc.compiler.model.Model;
import io.vnetc.compiler.state.Entry;
import io.vnetc.compiler.state.HostState;
import io.vnetc.compiler.state.ObservedHost;
import io.vnetc.compiler.state.Resource;
import io.vnetc.dsl.value.InterfaceName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What lowering has to know of a host, from what was seen of it. */
final class HostSurroundings {
    private static final Path VHOST = Path.of("/dev/vhost-net");

    private HostSurroundings() {}

    /** Of the host that this runs on. */
    static Surroundings of(ObservedHost observed, Model model, Paths paths, Programs programs) throws DriverException {
        return of(
                observed,
                new Accounts(
                        numbers("passwd", Accounts.userNames(model), programs),
                        numbers("group", Accounts.groupNames(model), programs)),
                paths);
    }

    /** Of a namespace that is thrown away: where there is only one user in it, taps belong to that one. */
    static Surroundings ofTrial(ObservedHost observed, Model model, Paths paths, Programs programs)
            throws DriverException {
        return hasAllUsers()
                ? of(observed, model, paths, programs)
                : of(
                        observed,
                        new Accounts(allRoot(Accounts.userNames(model)), allRoot(Accounts.groupNames(model))),
                        paths);
    }

    private static Map<String, Long> allRoot(Set<String> names) {
        return names.stream().collect(Collectors.toMap(name -> name, name -> 0L));
    }

    private static Surroundings of(ObservedHost observed, Accounts accounts, Paths paths) {
        return of(observed, accounts, hasVhost(), compilerPaths(paths));
    }

    /** Whether the kernel moves packets of guests, and lets QEMU ask it to. */
    static boolean hasVhost() {
        return Files.exists(VHOST);
    }

    /** Of another host, of which only the observation is here. */
    static Surroundings ofRecorded(ObservedHost observed) {
        return of(observed, Accounts.NONE, false, Surroundings.ASSUMED.paths());
    }

    private static Surroundings of(
            ObservedHost observed, Accounts accounts, boolean vhost, io.vnetc.compiler.lower.Paths paths) {
        Set<String> defaultRoutes = new HashSet<>();
        Set<String> advertised = new HashSet<>();
        SortedMap<InterfaceName, UplinkSight> uplinks = new TreeMap<>();
        for (Entry entry : observed.state().entries().values()) {
            // What is borrowed counts as it was, or the second plan would be another one.
            Resource resource = entry.former().orElse(entry.resource());
            if (entry.resource() instanceof UplinkPort port) {
                uplinks.put(port.link(), sight(port, observed.state()));
            }
            if (resource instanceof Route route && route.destination().length() == 0) {
                defaultRoutes.add(route.link().text());
            }
            if (resource instanceof Setting setting
                    && setting.key() == Setting.Key.IPV6_ACCEPT_RA
                    && setting.value() == 1) {
                advertised.add(setting.link());
            }
        }
        return new Surroundings(
                true,
                observed.facts().features(),
                observed.facts().firewalld(),
                defaultRoutes,
                uplinks,
                advertised,
                Optional.empty(),
                vhost,
                accounts,
                paths);
    }

    private static UplinkSight sight(UplinkPort port, HostState state) {
        return new UplinkSight(
                state.find(ForeignLink.address(port.link()))
                        .map(Entry::resource)
                        .filter(ForeignLink.class::isInstance)
                        .flatMap(link -> ((ForeignLink) link).mac()),
                port.carried(),
                port.bridge()
                        .flatMap(bridge -> state.find(Bridge.address(bridge)))
                        .map(Entry::resource)
                        .filter(Bridge.class::isInstance)
                        .filter(bridge -> ((Bridge) bridge).carries().equals(Optional.of(port.link())))
                        .flatMap(bridge -> port.bridge()));
    }

    static io.vnetc.compiler.lower.Paths compilerPaths(Paths paths) {
        return new io.vnetc.compiler.lower.Paths(
                paths.run().toString(), paths.state().toString());
    }

    /** getent(1) prints a line for each that it finds; what it does not find is for lowering to complain about. */
    private static Map<String, Long> numbers(String database, Set<String> names, Programs programs)
            throws DriverException {
        Map<String, Long> numbers = new HashMap<>();
        if (names.isEmpty()) {
            return numbers;
        }
        List<String> arguments = new ArrayList<>(List.of("--", database));
        arguments.addAll(names);
        String[] words = arguments.toArray(String[]::new);
        for (String line : programs.run(Call.of("getent", words)).stdout().split("\n", -1)) {
            String[] fields = line.split(":", -1);
            if (fields.length > 2 && names.contains(fields[0]) && fields[2].matches("[0-9]{1,10}")) {
                numbers.put(fields[0], Long.parseLong(fields[2]));
            }
        }
        return numbers;
    }

    private static boolean hasAllUsers() {
        try {
            // "0 0 4294967295" outside of user namespaces (user_namespaces(7)).
            String[] first = Files.readAllLines(Path.of("/proc/self/uid_map"))
                    .get(0)
                    .strip()
                    .split("\\s+", -1);
            return Long.parseLong(first[2]) > 65536;
        } catch (IOException e) {
            return true;
        }
    }
}
