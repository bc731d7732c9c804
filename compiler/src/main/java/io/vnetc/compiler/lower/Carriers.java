// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.lower;

import io.vnetc.compiler.kind.Carried;
import io.vnetc.compiler.model.Forwarding;
import io.vnetc.compiler.model.Network;
import io.vnetc.compiler.model.Uplink;
import io.vnetc.dsl.value.InterfaceName;
import io.vnetc.dsl.value.IpFamily;
import io.vnetc.dsl.value.MacAddress;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Uplinks that bring addresses of the host along into a bridge of ours: one to a bridge, the first that has any. Once the
 * bridge says that it has those of an uplink it keeps them for that one.
 *
 * @param byBridge the uplink that each bridge has addresses of
 * @param sights of the host's links
 */
record Carriers(SortedMap<InterfaceName, InterfaceName> byBridge, SortedMap<InterfaceName, UplinkSight> sights) {
    Carriers {
        byBridge = Collections.unmodifiableSortedMap(byBridge);
        sights = Collections.unmodifiableSortedMap(sights);
    }

    static Carriers of(HostNetworks networks, Surroundings surroundings) {
        SortedMap<InterfaceName, InterfaceName> byBridge = new TreeMap<>();
        for (Network network : networks.networks()) {
            if (network.forwarding() instanceof Forwarding.ManagedBridge managed) {
                InterfaceName bridge = network.bridge().name();
                managed.via().stream()
                        .map(Uplink::link)
                        .filter(link -> brings(surroundings.uplinks().get(link), bridge))
                        .min((one, other) -> Boolean.compare(
                                isKept(surroundings.uplinks().get(other), bridge),
                                isKept(surroundings.uplinks().get(one), bridge)))
                        .ifPresent(link -> byBridge.put(bridge, link));
            }
        }
        return new Carriers(byBridge, surroundings.uplinks());
    }

    private static boolean brings(UplinkSight sight, InterfaceName bridge) {
        return isKept(sight, bridge) || (sight != null && !sight.carried().isEmpty());
    }

    private static boolean isKept(UplinkSight sight, InterfaceName bridge) {
        return sight != null && sight.carrier().equals(Optional.of(bridge));
    }

    /** The uplink whose addresses a bridge has. */
    Optional<InterfaceName> of(InterfaceName bridge) {
        return Optional.ofNullable(byBridge.get(bridge));
    }

    /** What an uplink brings along into a bridge. */
    Carried carried(InterfaceName link, InterfaceName bridge) {
        return of(bridge).equals(Optional.of(link)) ? sights.get(link).carried() : Carried.NONE;
    }

    /** Whether a bridge has addresses of a family that an uplink brings along. */
    boolean speaks(InterfaceName bridge, IpFamily family) {
        return of(bridge).stream()
                .flatMap(link -> sights.get(link).carried().addresses().stream())
                .anyMatch(address -> address.inet().family() == family);
    }

    /** The MAC that packets for those addresses are sent to: that of the uplink, or neighbours would have to learn another. */
    Optional<MacAddress> mac(InterfaceName bridge) {
        return of(bridge).flatMap(link -> sights.get(link).mac());
    }

    /** Whether the host's own way out leads over the bridge of a network. */
    boolean isOutward(Network network) {
        return of(network.bridge().name()).isPresent();
    }

    /** The link that packets leave by which would leave by this one, were it no port. */
    String outward(String link) {
        return byBridge.entrySet().stream()
                .filter(entry -> entry.getValue().text().equals(link))
                .map(entry -> entry.getKey().text())
                .findFirst()
                .orElse(link);
    }
}
