// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.qemu.importing;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What is plugged into what: cards by the names of their backends, and by the numbers of hubs, which older ones call VLANs.
 * A hub of one card and one backend is a direct way.
 */
final class Wiring {
    private final Map<String, Backend> netdevs = new LinkedHashMap<>();
    private final Map<Integer, Hub> hubs = new TreeMap<>();
    private final Set<Backend> used = new HashSet<>();
    private final Set<Integer> named = new TreeSet<>();

    /** What is plugged into one. */
    private static final class Hub {
        private final List<Backend> backends = new ArrayList<>();
        private int cards;
    }

    /** Where a card's plug is. */
    sealed interface Plug {
        /** In a backend of its own. */
        record Direct(Backend backend) implements Plug {}

        /** In a hub. */
        record InHub(int number) implements Plug {}

        /** Nowhere. */
        record Loose() implements Plug {}

        /** In a backend that there is not, or that has a card already. */
        record Missing(String id) implements Plug {}
    }

    void netdev(Backend backend) {
        backend.id().ifPresent(id -> netdevs.putIfAbsent(id, backend));
    }

    /** Joins hubs and backends, once all backends are known. */
    void join() {
        for (Backend port : netdevs.values()) {
            if (port.isHubPort()) {
                int number = number(port);
                named.add(number);
                port.settings()
                        .peek("netdev")
                        .map(Settings.Setting::value)
                        .map(netdevs::get)
                        .ifPresent(leg -> {
                            used.add(port);
                            add(number, leg);
                        });
            }
        }
    }

    void add(int hub, Backend backend) {
        used.add(backend);
        hubs.computeIfAbsent(hub, none -> new Hub()).backends.add(backend);
    }

    void card(int hub) {
        hubs.computeIfAbsent(hub, none -> new Hub()).cards++;
    }

    /** The plug of a card in the backend of an identifier. */
    Plug plug(String id) {
        Backend backend = netdevs.get(id);
        if (backend == null || !used.add(backend)) {
            return new Plug.Missing(id);
        }
        return backend.isHubPort() ? new Plug.InHub(number(backend)) : new Plug.Direct(backend);
    }

    /** The plug of a card in a hub. */
    Plug plug(int number) {
        Hub hub = hubs.get(number);
        if (!isDirect(number)) {
            return new Plug.InHub(number);
        }
        return hub.backends.isEmpty() ? new Plug.Loose() : new Plug.Direct(hub.backends.get(0));
    }

    private boolean isDirect(int number) {
        Hub hub = hubs.get(number);
        return !named.contains(number) && hub.cards == 1 && hub.backends.size() <= 1;
    }

    /** Backends that are in a hub with others, each with its hub's number. */
    Map<Backend, Integer> legs() {
        Map<Backend, Integer> legs = new LinkedHashMap<>();
        hubs.forEach((number, hub) -> {
            boolean alone = !named.contains(number) && hub.cards == 0 && hub.backends.size() == 1;
            if (!isDirect(number) && !alone) {
                hub.backends.forEach(backend -> legs.put(backend, number));
            }
        });
        return legs;
    }

    /** Backends that no card comes to. */
    List<Backend> unused() {
        List<Backend> unused = new ArrayList<>(netdevs.values().stream()
                .filter(backend -> !used.contains(backend))
                .toList());
        hubs.forEach((number, hub) -> {
            if (hub.cards == 0 && hub.backends.size() == 1 && !named.contains(number)) {
                unused.addAll(hub.backends);
            }
        });
        return unused;
    }

    /** The first backend that is QEMU's own network. */
    Optional<Backend> firstUserNetwork(List<Backend> others) {
        List<Backend> all = new ArrayList<>(others);
        hubs.values().forEach(hub -> all.addAll(hub.backends));
        all.addAll(netdevs.values());
        return all.stream().filter(backend -> backend.type().equals("user")).findFirst();
    }

    private static int number(Backend port) {
        return port.settings()
                .peek("hubid")
                .flatMap(Settings.Setting::number)
                .map(Long::intValue)
                .orElse(0);
    }
}
