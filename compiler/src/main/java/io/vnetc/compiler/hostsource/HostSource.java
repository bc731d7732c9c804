// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.hostsource;

import io.vnetc.compiler.kind.Bridge;
import io.vnetc.compiler.kind.BridgeAddress;
import io.vnetc.compiler.kind.ForeignLink;
import io.vnetc.compiler.kind.Route;
import io.vnetc.compiler.kind.Tap;
import io.vnetc.compiler.state.Entry;
import io.vnetc.compiler.state.ObservedHost;
import io.vnetc.compiler.state.Resource;
import io.vnetc.compiler.state.Standing;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The source of a host. A bridge of ours becomes the network that it was made for; one that somebody else made becomes a
 * network that uses it and leaves it alone. What no source can say is a comment at its place. Whether the plan of the
 * result is empty the caller finds out: it has the planner.
 */
public final class HostSource {
    private static final String TYPE_OF_BRIDGES = "bridge";
    /** A type that is empty is that of hardware; the others lead out as well where they have the default route. */
    private static final String HARDWARE = "";

    private final ObservedHost host;
    private final HostFinds finds;
    private final SourceText text = new SourceText();
    private final Map<String, String> uplinks = new LinkedHashMap<>();

    private HostSource(ObservedHost host, HostFinds finds) {
        this.host = host;
        this.finds = finds;
    }

    /**
     * The source, which ends with a line feed.
     *
     * @param host as it was seen
     * @param finds what else was found there
     */
    public static String of(ObservedHost host, HostFinds finds) {
        return new HostSource(host, finds).write();
    }

    private String write() {
        String name = text.name(host.facts().hostName(), "host");
        text.comment(List.of("The networks of " + host.facts().hostName()
                + ", as `vnetc import host` found them. Nothing was changed there."));
        text.line("");
        uplinks();
        if (!uplinks.isEmpty()) {
            text.open("host " + name);
            uplinks.forEach((link, role) -> {
                text.comment(remarks(link));
                text.line("uplink " + role + " = " + quoted(link));
            });
            text.close().line("");
        }
        Map<String, String> networks = new TreeMap<>();
        owned(Bridge.class).forEach(bridge -> {
            String path = bridge.owner().path();
            networks.put(bridge.name().text(), text.name(path.substring(path.indexOf('/') + 1), "network"));
        });
        owned(Bridge.class)
                .forEach(bridge -> new OwnedNetwork(host.state(), bridge, uplinks, text)
                        .write(networks.get(bridge.name().text())));
        bridges().forEach(bridge -> foreign(bridge, networks));
        guests(networks);
        return text.toString();
    }

    /** Links that lead out: those of the default routes, and hardware that is no port of a bridge. */
    private void uplinks() {
        Set<String> leading = new TreeSet<>();
        seen(Route.class)
                .filter(route -> route.destination().length() == 0)
                .map(route -> route.link().text())
                .forEach(leading::add);
        seen(ForeignLink.class)
                .filter(link -> link.type().equals(HARDWARE) && link.master().isEmpty())
                .map(ForeignLink::name)
                .forEach(leading::add);
        Set<String> foreign = seen(ForeignLink.class).map(ForeignLink::name).collect(Collectors.toSet());
        leading.stream()
                .filter(link -> foreign.contains(link) && isUsable(link))
                .forEach(link -> uplinks.put(link, text.name(link, "uplink")));
    }

    private void foreign(ForeignLink bridge, Map<String, String> networks) {
        if (!isUsable(bridge.name())) {
            text.comment(List.of("The bridge " + bridge.name() + " has a name that cannot be written here."))
                    .line("");
            return;
        }
        String name = text.name(bridge.name(), "network");
        networks.put(bridge.name(), name);
        List<String> remarks =
                new ArrayList<>(List.of("Somebody else made this bridge; it is used, and left as it is."));
        remarks.addAll(remarks(bridge.name()));
        String ports = seen(ForeignLink.class)
                .filter(link -> link.master()
                        .filter(master -> master.text().equals(bridge.name()))
                        .isPresent())
                .map(ForeignLink::name)
                .collect(Collectors.joining(", "));
        if (!ports.isEmpty()) {
            remarks.add("ports: " + ports);
        }
        text.comment(remarks)
                .open("network " + name)
                .line("forward bridge")
                .line("bridge " + quoted(bridge.name()))
                .close()
                .line("");
    }

    /** Addresses, routes and what else is known of a link that is not ours. */
    private List<String> remarks(String link) {
        List<String> remarks = new ArrayList<>();
        List<String> addresses = foreign(BridgeAddress.class)
                .filter(address -> address.link().text().equals(link))
                .map(address -> address.inet().toString())
                .toList();
        if (!addresses.isEmpty()) {
            remarks.add("addresses: " + String.join(", ", addresses));
        }
        foreign(Route.class)
                .filter(route -> route.link().text().equals(link))
                .forEach(route -> remarks.add("route: " + route.destination() + " via " + route.gateway()));
        remarks.addAll(finds.of(link));
        return remarks;
    }

    private void guests(Map<String, String> networks) {
        Map<String, List<Tap>> byGuest = new TreeMap<>();
        owned(Tap.class).forEach(tap -> {
            String[] path = tap.owner().path().split("/", -1);
            if (path.length == 3) {
                byGuest.computeIfAbsent(path[1], none -> new ArrayList<>()).add(tap);
            }
        });
        byGuest.forEach((guest, taps) -> {
            text.open("vm " + text.name(guest, "vm"));
            taps.stream().sorted(Comparator.comparing(Tap::name)).forEach(tap -> nic(tap, networks));
            text.close().line("");
        });
    }

    private void nic(Tap tap, Map<String, String> networks) {
        String path = tap.owner().path();
        text.open("nic \"" + path.substring(path.lastIndexOf('/') + 1) + "\"");
        tap.bridge()
                .flatMap(bridge -> Optional.ofNullable(networks.get(bridge.text())))
                .ifPresent(network -> text.line("network " + network));
        text.line("tap " + quoted(tap.name().text()));
        text.line("mtu " + tap.mtu());
        if (tap.multiQueue()) {
            text.line("queues 2").comment(List.of("the number of queues is QEMU's, and not kept on the host"));
        }
        tap.user().ifPresent(user -> text.line("owner " + user));
        tap.group().ifPresent(group -> text.line("group " + group));
        text.close();
    }

    private Stream<ForeignLink> bridges() {
        return seen(ForeignLink.class).filter(link -> link.type().equals(TYPE_OF_BRIDGES));
    }

    private <R extends Resource> Stream<R> owned(Class<R> kind) {
        return entries(kind, Set.of(Standing.OWNED));
    }

    private <R extends Resource> Stream<R> foreign(Class<R> kind) {
        return entries(kind, Set.of(Standing.FOREIGN));
    }

    private <R extends Resource> Stream<R> seen(Class<R> kind) {
        return entries(kind, Set.of(Standing.values()));
    }

    private <R extends Resource> Stream<R> entries(Class<R> kind, Set<Standing> standings) {
        return host.state().entries().values().stream()
                .filter(entry -> standings.contains(entry.standing()))
                .map(Entry::resource)
                .filter(kind::isInstance)
                .map(kind::cast);
    }

    /** What the language takes for a link's name. */
    private static boolean isUsable(String link) {
        return link.matches("[A-Za-z0-9_.-]{1,15}") && !link.matches("\\.\\.?|all|default|lo");
    }

    static String quoted(String name) {
        return "\"" + name + "\"";
    }
}
