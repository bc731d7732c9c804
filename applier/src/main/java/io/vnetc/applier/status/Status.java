// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.status;

import io.vnetc.applier.apply.HostAccess;
import io.vnetc.applier.host.Paths;
import io.vnetc.applier.host.StateDirectory;
import io.vnetc.applier.status.NetworkStatus.GuestPort;
import io.vnetc.applier.status.NetworkStatus.Service;
import io.vnetc.compiler.kind.Bridge;
import io.vnetc.compiler.kind.BridgeAddress;
import io.vnetc.compiler.kind.Dnsmasq;
import io.vnetc.compiler.kind.FirewallTable;
import io.vnetc.compiler.kind.Kinds;
import io.vnetc.compiler.kind.Macvtap;
import io.vnetc.compiler.kind.Route;
import io.vnetc.compiler.kind.Setting;
import io.vnetc.compiler.kind.Tap;
import io.vnetc.compiler.plan.Allowances;
import io.vnetc.compiler.plan.Conflict;
import io.vnetc.compiler.plan.Planning;
import io.vnetc.compiler.plan.Step;
import io.vnetc.compiler.state.Entry;
import io.vnetc.compiler.state.HostState;
import io.vnetc.compiler.state.ObservedHost;
import io.vnetc.compiler.state.Resource;
import io.vnetc.compiler.state.RunningGuest;
import io.vnetc.compiler.state.Standing;
import io.vnetc.dsl.value.InterfaceName;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What is owned on a host.
 *
 * @param host its name
 * @param networks that run
 * @param guests that listen for commands, by name
 * @param rules how many rules of the packet filter are vnetc's
 * @param borrowed settings of others' links, as {@code eno1 ipv4.forwarding 1 (was 0)}
 * @param isApplied whether something was ever applied
 * @param differences between what is there and what was last applied, a line each
 */
public record Status(
        String host,
        List<NetworkStatus> networks,
        SortedMap<String, RunningGuest> guests,
        int rules,
        List<String> borrowed,
        boolean isApplied,
        List<String> differences) {
    private static final String NETWORK = "network/";
    private static final String GUEST = "vm/";

    public Status {
        networks = List.copyOf(networks);
        guests = Collections.unmodifiableSortedMap(new TreeMap<>(guests));
        borrowed = List.copyOf(borrowed);
        differences = List.copyOf(differences);
    }

    /** Puts it together. Files of dnsmasq are read; the host is not looked at again. */
    public static Status of(ObservedHost observed, HostAccess access) throws IOException {
        Optional<HostState> applied = access.applied();
        return new Status(
                observed.facts().hostName(),
                networks(observed, access.context().paths()),
                observed.facts().guests(),
                rules(observed.state()),
                borrowed(observed.state()),
                applied.isPresent(),
                applied.map(wanted -> differences(wanted, observed, access)).orElse(List.of()));
    }

    private static List<NetworkStatus> networks(ObservedHost observed, Paths paths) throws IOException {
        TreeMap<String, Optional<Bridge>> bridges = new TreeMap<>();
        owned(observed.state(), Bridge.class)
                .forEach(bridge -> bridges.put(bridge.name().text(), Optional.of(bridge)));
        owned(observed.state(), Tap.class)
                .flatMap(tap -> tap.bridge().stream())
                .forEach(bridge -> bridges.putIfAbsent(bridge.text(), Optional.empty()));
        List<NetworkStatus> networks = new ArrayList<>();
        for (var bridge : bridges.entrySet()) {
            networks.add(network(bridge.getKey(), bridge.getValue(), observed, paths));
        }
        networks.addAll(onLinks(observed));
        return networks;
    }

    /** Guests that are on links of the host, with no bridge between. */
    private static List<NetworkStatus> onLinks(ObservedHost observed) {
        TreeMap<String, List<GuestPort>> ports = new TreeMap<>();
        owned(observed.state(), Macvtap.class)
                .forEach(macvtap -> ports.computeIfAbsent(macvtap.lower().text(), absent -> new ArrayList<>())
                        .add(port(macvtap.owner().path(), macvtap.name(), observed)));
        List<NetworkStatus> networks = new ArrayList<>();
        ports.forEach((link, guests) -> networks.add(
                new NetworkStatus(link, link, false, List.of(), List.of(), Optional.empty(), List.of(), guests)));
        return networks;
    }

    private static NetworkStatus network(String link, Optional<Bridge> bridge, ObservedHost observed, Paths paths)
            throws IOException {
        HostState state = observed.state();
        Optional<Dnsmasq> dnsmasq = owned(state, Dnsmasq.class)
                .filter(service -> service.bridge().text().equals(link))
                .findFirst();
        String name = bridge.map(owned -> owned.owner().path())
                .filter(path -> path.startsWith(NETWORK))
                .map(path -> path.substring(NETWORK.length()))
                .orElse(link);
        return new NetworkStatus(
                name,
                link,
                bridge.isPresent(),
                owned(state, BridgeAddress.class)
                        .filter(address -> address.link().text().equals(link))
                        .map(address -> address.inet().toString())
                        .toList(),
                owned(state, Route.class)
                        .filter(route -> route.link().text().equals(link))
                        .map(route -> route.destination() + " via " + route.gateway())
                        .toList(),
                dnsmasq.isPresent() ? Optional.of(service(dnsmasq.get(), paths)) : Optional.empty(),
                dnsmasq.isPresent() ? leases(dnsmasq.get(), paths) : List.of(),
                owned(state, Tap.class)
                        .filter(tap -> tap.bridge().map(InterfaceName::text).equals(Optional.of(link)))
                        .map(tap -> port(tap.owner().path(), tap.name(), observed))
                        .toList());
    }

    private static Service service(Dnsmasq dnsmasq, Paths paths) throws IOException {
        Optional<StateDirectory> directory = StateDirectory.find(paths.dnsmasq(dnsmasq.network()));
        Optional<String> process = directory.isPresent() ? directory.get().read(Dnsmasq.PID_FILE) : Optional.empty();
        return new Service(
                dnsmasq.running(),
                process.map(String::strip)
                        .filter(text -> text.matches("[0-9]{1,9}") && dnsmasq.running())
                        .map(Long::parseLong));
    }

    private static List<Lease> leases(Dnsmasq dnsmasq, Paths paths) throws IOException {
        Optional<StateDirectory> directory =
                StateDirectory.find(paths.leases(dnsmasq.network()).getParent());
        return directory.isPresent()
                ? directory
                        .get()
                        .read(paths.leases(dnsmasq.network()).getFileName().toString())
                        .map(Lease::parse)
                        .orElse(List.of())
                : List.of();
    }

    private static GuestPort port(String path, InterfaceName link, ObservedHost observed) {
        return new GuestPort(
                path.startsWith(GUEST) ? path.substring(GUEST.length()).replace('/', '.') : path,
                link.text(),
                observed.facts().heldLinks().contains(link),
                Optional.ofNullable(observed.facts().holders().get(link)));
    }

    private static int rules(HostState state) {
        return owned(state, FirewallTable.class)
                .flatMap(table -> table.chains().values().stream())
                .mapToInt(List::size)
                .sum();
    }

    private static List<String> borrowed(HostState state) {
        return state.entries().values().stream()
                .filter(entry -> entry.standing() == Standing.BORROWED)
                .map(Status::borrowed)
                .toList();
    }

    private static String borrowed(Entry entry) {
        if (entry.resource() instanceof Setting setting) {
            String was = entry.former()
                    .map(former -> " (was " + ((Setting) former).value() + ")")
                    .orElse("");
            return setting.link() + " " + setting.key() + " " + setting.value() + was;
        }
        return entry.resource().address().toString();
    }

    private static List<String> differences(HostState applied, ObservedHost observed, HostAccess access) {
        Planning planning = access.planner().plan(observed.facts().hostName(), applied, observed, Allowances.ALL);
        if (planning instanceof Planning.Refused refused) {
            return refused.conflicts().stream().map(Conflict::message).toList();
        }
        return ((Planning.Ready) planning)
                .plan().steps().stream().map(Status::words).toList();
    }

    private static String words(Step step) {
        String title = Kinds.TABLE.title(step.resource());
        return switch (step.action()) {
            case CREATE -> title + " is not there";
            case CHANGE -> title + " is not as it was applied";
            case DELETE -> title + " was not applied";
        };
    }

    private static <R extends Resource> Stream<R> owned(HostState state, Class<R> type) {
        return state.entries().values().stream()
                .filter(entry -> entry.standing() == Standing.OWNED)
                .map(Entry::resource)
                .filter(type::isInstance)
                .map(type::cast);
    }
}
