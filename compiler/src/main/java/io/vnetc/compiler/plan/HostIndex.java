// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.plan;

import io.vnetc.compiler.state.Claim;
import io.vnetc.compiler.state.Entry;
import io.vnetc.compiler.state.ObservedHost;
import io.vnetc.compiler.state.Reach;
import io.vnetc.compiler.state.Resource;
import io.vnetc.compiler.state.Standing;
import io.vnetc.dsl.value.Cidr;
import io.vnetc.dsl.value.InterfaceName;
import io.vnetc.dsl.value.IpAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** An observed host, with everything in it found by what it holds, needs, serves or reaches. */
final class HostIndex {
    private final ObservedHost host;
    private final Map<Claim, List<Entry>> holders = new HashMap<>();
    private final Map<Claim, List<Entry>> needers = new HashMap<>();
    private final Map<InterfaceName, List<InterfaceName>> heldPorts = new HashMap<>();
    private final Map<Cidr, List<Entry>> foreignReach = new HashMap<>();
    private final TreeMap<IpAddress, List<Entry>> foreignReachByBase = new TreeMap<>();
    private final Set<Integer> foreignLengths = new TreeSet<>();

    HostIndex(ObservedHost host) {
        this.host = host;
        for (Entry entry : host.state().entries().values()) {
            Resource resource = entry.resource();
            resource.claims().forEach(claim -> add(holders, claim, entry));
            Set<Claim> needs = new TreeSet<>(resource.needs());
            // A port stays on nothing when its bridge goes, be it ours or not.
            resource.master().ifPresent(bridge -> needs.add(Claim.interfaceName(bridge.text())));
            needs.forEach(claim -> add(needers, claim, entry));
            if (entry.standing() == Standing.FOREIGN) {
                resource.reach().ifPresent(reach -> {
                    add(foreignReach, reach.network(), entry);
                    add(foreignReachByBase, reach.network().base(), entry);
                    foreignLengths.add(reach.network().length());
                });
            }
        }
        for (InterfaceName held : host.facts().heldLinks()) {
            for (Entry entry : holders(Claim.interfaceName(held.text()))) {
                entry.resource().master().ifPresent(bridge -> add(heldPorts, bridge, held));
            }
        }
    }

    ObservedHost host() {
        return host;
    }

    /** What has the claim now, by address. */
    List<Entry> holders(Claim claim) {
        return holders.getOrDefault(claim, List.of());
    }

    /** What needs the claim now, by address. */
    List<Entry> needers(Claim claim) {
        return needers.getOrDefault(claim, List.of());
    }

    /** The taps that a process has open among the link itself and its ports. */
    Set<InterfaceName> heldOn(InterfaceName link) {
        Set<InterfaceName> held = new TreeSet<>(heldPorts.getOrDefault(link, List.of()));
        if (host.facts().heldLinks().contains(link)) {
            held.add(link);
        }
        return held;
    }

    /**
     * Foreign things on other links whose addresses are those of {@code wanted}. A route to a wider network is none: the
     * narrower one is preferred, as it should be.
     */
    List<Entry> clashes(Reach wanted) {
        List<Entry> found = new ArrayList<>();
        Cidr network = wanted.network();
        foreignReachByBase
                .subMap(network.first(), true, network.last(), true)
                .values()
                .forEach(found::addAll);
        for (int length : foreignLengths) {
            // Those that begin at the same base were found above.
            if (length < network.length() && !network.base().masked(length).equals(network.base())) {
                found.addAll(foreignReach.getOrDefault(new Cidr(network.base().masked(length), length), List.of()));
            }
        }
        found.removeIf(entry -> {
            Reach reach = entry.resource().reach().orElseThrow();
            boolean wider = reach.network().length() < network.length();
            return reach.link().equals(wanted.link())
                    || !reach.network().overlaps(network)
                    || (wider && !(reach.connected() && wanted.connected()))
                    || (!wider && !wanted.connected() && !reach.network().equals(network));
        });
        return found;
    }

    private static <K> void add(Map<K, List<Entry>> map, K key, Entry entry) {
        map.computeIfAbsent(key, absent -> new ArrayList<>(2)).add(entry);
    }

    private static void add(Map<InterfaceName, List<InterfaceName>> map, InterfaceName key, InterfaceName held) {
        map.computeIfAbsent(key, absent -> new ArrayList<>(2)).add(held);
    }
}
