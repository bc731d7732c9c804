// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.lower;

import io.vnetc.compiler.model.Endpoint;
import io.vnetc.compiler.model.Host;
import io.vnetc.compiler.model.Network;
import io.vnetc.compiler.model.Nic;
import io.vnetc.compiler.model.Uplink;
import io.vnetc.dsl.value.Cidr;
import io.vnetc.dsl.value.InterfaceName;
import io.vnetc.dsl.value.IpAddress;
import io.vnetc.dsl.value.IpFamily;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What packets show of the two sides of rules, of one family. */
final class Sides {
    private final HostNetworks networks;
    private final IpFamily family;

    Sides(HostNetworks networks, IpFamily family) {
        this.networks = networks;
        this.family = family;
    }

    /**
     * Of who opens connections. A guest that is let through has to show its MAC and the address that is reserved for it;
     * one that is not is known by either.
     */
    List<Side> from(Endpoint side, Endpoint other, boolean allow) {
        if (isOfGuests(side)) {
            return nics(side, other).flatMap(nic -> sent(nic, allow)).toList();
        }
        return to(side, other);
    }

    /** Of who is reached. */
    List<Side> to(Endpoint side, Endpoint other) {
        if (side instanceof Endpoint.OfNetwork named) {
            return Stream.ofNullable(networks.byName().get(named.network()))
                    .filter(HostNetworks::isOurs)
                    .flatMap(network -> HostNetworks.prefixes(network, family).stream()
                            .map(prefix -> Side.behind(bridge(network), prefix)))
                    .toList();
        }
        if (isOfGuests(side)) {
            return nics(side, other)
                    .flatMap(nic -> addresses(nic).map(address -> Side.behind(bridge(network(nic)), alone(address))))
                    .toList();
        }
        if (side instanceof Endpoint.OfUplink uplink) {
            return uplinks()
                    .filter(declared -> declared.role().equals(uplink.uplink()))
                    .map(declared -> Side.link(declared.link()))
                    .toList();
        }
        if (side instanceof Endpoint.OfAddresses some) {
            return some.addresses().family() == family ? List.of(Side.addresses(some.addresses())) : List.of();
        }
        return side instanceof Endpoint.Internet ? outside(other) : List.of();
    }

    private Stream<Side> sent(Nic nic, boolean allow) {
        InterfaceName bridge = bridge(network(nic));
        List<Side> known = addresses(nic)
                .map(address -> Side.behind(bridge, alone(address)))
                .toList();
        if (allow && !known.isEmpty()) {
            return known.stream().map(side -> side.sentBy(nic.mac()));
        }
        Stream<Side> sender = allow
                ? HostNetworks.prefixes(network(nic), family).stream()
                        .map(prefix -> Side.behind(bridge, prefix).sentBy(nic.mac()))
                : Stream.of(Side.link(bridge).sentBy(nic.mac()));
        return Stream.concat(known.stream(), sender);
    }

    /** Over the uplinks that the other side's network is bound to, else all that are declared, else any link. */
    private List<Side> outside(Endpoint other) {
        List<Uplink> bound = networks.networksOf(other).stream()
                .flatMap(name -> HostNetworks.via(networks.byName().get(name)).stream())
                .distinct()
                .toList();
        List<Uplink> all = bound.isEmpty() ? uplinks().toList() : bound;
        return all.isEmpty()
                ? List.of(Side.OUTSIDE)
                : all.stream().map(uplink -> Side.link(uplink.link())).toList();
    }

    private Stream<Uplink> uplinks() {
        return networks.host().map(Host::uplinks).orElse(List.of()).stream();
    }

    private static boolean isOfGuests(Endpoint side) {
        return side instanceof Endpoint.OfPortgroup
                || side instanceof Endpoint.OfGuest
                || side instanceof Endpoint.OfNic;
    }

    /** But for those on the bridge of the other side: what is between them does not pass the host. */
    private Stream<Nic> nics(Endpoint side, Endpoint other) {
        Set<String> others = networks.networksOf(other);
        return networks.nics().stream()
                .filter(side::holds)
                .filter(nic -> !(others.size() == 1
                        && nic.network().filter(others::contains).isPresent()))
                .filter(nic -> HostNetworks.isOurs(network(nic)) && HostNetworks.speaks(network(nic), family));
    }

    private Stream<IpAddress> addresses(Nic nic) {
        return network(nic).addressesOf(nic).stream().filter(address -> address.family() == family);
    }

    private Network network(Nic nic) {
        return networks.network(nic).orElseThrow();
    }

    private static InterfaceName bridge(Network network) {
        return network.bridge().name();
    }

    private static Cidr alone(IpAddress address) {
        return new Cidr(address, address.family().bits());
    }
}
