// SPDX-License-Identifier: Apache-2.0
package io.vnetc.dsl.scoping;

import io.vnetc.dsl.vnet.Declaration;
import io.vnetc.dsl.vnet.Host;
import io.vnetc.dsl.vnet.Network;
import io.vnetc.dsl.vnet.Pool;
import io.vnetc.dsl.vnet.Uplink;
import io.vnetc.dsl.vnet.VnetPackage;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.emf.ecore.EObject;
import org.eclipse.emf.ecore.EReference;
import org.eclipse.xtext.EcoreUtil2;

/** Hosts, networks and pools by their names. Where a name is declared twice, the first counts. */
public final class Declarations {
    private final Map<String, Host> hosts = new LinkedHashMap<>();
    private final Map<String, Network> networks = new LinkedHashMap<>();
    private final Map<String, Pool> pools = new LinkedHashMap<>();

    /** These declarations, after expansion. */
    public Declarations(List<? extends Declaration> all) {
        all.forEach(this::add);
    }

    private void add(Declaration declaration) {
        if (declaration instanceof Host host && host.getName() != null) {
            hosts.putIfAbsent(host.getName(), host);
        } else if (declaration instanceof Network network && network.getName() != null) {
            networks.putIfAbsent(network.getName(), network);
        } else if (declaration instanceof Pool pool && pool.getName() != null) {
            pools.putIfAbsent(pool.getName(), pool);
        }
    }

    /** The hosts by name, in the order of the source. */
    public Map<String, Host> hosts() {
        return Collections.unmodifiableMap(hosts);
    }

    /**
     * What a reference may mean, by name.
     *
     * @param context the object that has the reference
     */
    public Map<String, ? extends EObject> candidates(EObject context, EReference reference) {
        if (reference.getEReferenceType() == VnetPackage.Literals.HOST) {
            return hosts;
        }
        if (reference.getEReferenceType() == VnetPackage.Literals.NETWORK) {
            return networks;
        }
        if (reference.getEReferenceType() == VnetPackage.Literals.POOL) {
            return pools;
        }
        return hostOf(context).map(Declarations::uplinks).orElse(Map.of());
    }

    private static Map<String, Uplink> uplinks(Host host) {
        Map<String, Uplink> byName = new LinkedHashMap<>();
        for (Uplink uplink : host.getUplinks()) {
            byName.putIfAbsent(uplink.getName(), uplink);
        }
        return byName;
    }

    /** The host that a network or pool, or something in one, is on: the one that is named, else the only one. */
    Optional<Host> hostOf(EObject context) {
        Optional<Host> named = namedHost(context);
        if (named.isPresent() || hosts.size() != 1) {
            return named.filter(host -> !host.eIsProxy());
        }
        return Optional.of(hosts.values().iterator().next());
    }

    /** The host that is named with {@code on}, a proxy where that name means nothing. */
    static Optional<Host> namedHost(EObject context) {
        Network network = EcoreUtil2.getContainerOfType(context, Network.class);
        if (network != null) {
            return Optional.ofNullable(network.getHost());
        }
        Pool pool = EcoreUtil2.getContainerOfType(context, Pool.class);
        return pool == null ? Optional.empty() : Optional.ofNullable(pool.getHost());
    }
}
