// SPDX-License-Identifier: Apache-2.0
package io.vnetc.dsl.scoping;

import io.vnetc.dsl.vnet.Declaration;
import io.vnetc.dsl.vnet.Host;
import io.vnetc.dsl.vnet.Let;
import io.vnetc.dsl.vnet.Network;
import io.vnetc.dsl.vnet.Pool;
import io.vnetc.dsl.vnet.Source;
import io.vnetc.dsl.vnet.Uplink;
import io.vnetc.dsl.vnet.VnetPackage;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.emf.common.notify.impl.AdapterImpl;
import org.eclipse.emf.ecore.EObject;
import org.eclipse.emf.ecore.EReference;
import org.eclipse.emf.ecore.resource.Resource;
import org.eclipse.emf.ecore.resource.ResourceSet;
import org.eclipse.xtext.EcoreUtil2;

/** What is declared in files that belong together, by kind and name. Where a name is declared twice, the first counts. */
public final class Declarations {
    private final Map<String, Host> hosts = new LinkedHashMap<>();
    private final Map<String, Network> networks = new LinkedHashMap<>();
    private final Map<String, Pool> pools = new LinkedHashMap<>();
    private final Map<String, Let> lets = new LinkedHashMap<>();

    /** The declarations of these files. */
    public Declarations(List<Source> sources) {
        for (Source source : sources) {
            for (Declaration declaration : source.getDeclarations()) {
                add(declaration);
            }
        }
    }

    private void add(Declaration declaration) {
        if (declaration instanceof Host host && host.getName() != null) {
            hosts.putIfAbsent(host.getName(), host);
        } else if (declaration instanceof Network network && network.getName() != null) {
            networks.putIfAbsent(network.getName(), network);
        } else if (declaration instanceof Pool pool && pool.getName() != null) {
            pools.putIfAbsent(pool.getName(), pool);
        } else if (declaration instanceof Let let && let.getName() != null) {
            lets.putIfAbsent(let.getName(), let);
        }
    }

    /** Keeps these declarations with the set of files that they are of, where the linker finds them. */
    public void attachTo(ResourceSet set) {
        set.eAdapters().removeIf(Holder.class::isInstance);
        set.eAdapters().add(new Holder(this));
    }

    /** The declarations that the file of this object sees. */
    static Declarations seenFrom(EObject context) {
        Resource resource = context.eResource();
        for (Object adapter : resource.getResourceSet().eAdapters()) {
            if (adapter instanceof Holder holder) {
                return holder.declarations;
            }
        }
        return new Declarations(resource.getContents().stream()
                .filter(Source.class::isInstance)
                .map(Source.class::cast)
                .toList());
    }

    /** The let of this name. */
    public Optional<Let> let(String name) {
        return Optional.ofNullable(lets.get(name));
    }

    /** The names of all lets, in the order of the source. */
    public Iterable<String> letNames() {
        return lets.keySet();
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
    Map<String, ? extends EObject> candidates(EObject context, EReference reference) {
        if (reference.getEReferenceType() == VnetPackage.Literals.HOST) {
            return hosts;
        }
        if (reference.getEReferenceType() == VnetPackage.Literals.NETWORK) {
            return networks;
        }
        if (reference.getEReferenceType() == VnetPackage.Literals.POOL) {
            return pools;
        }
        if (reference.getEReferenceType() == VnetPackage.Literals.LET) {
            return lets;
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

    private static final class Holder extends AdapterImpl {
        private final Declarations declarations;

        Holder(Declarations declarations) {
            this.declarations = declarations;
        }
    }
}
