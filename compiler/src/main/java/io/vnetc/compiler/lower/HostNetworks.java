// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.lower;

import io.vnetc.compiler.model.Attachment;
import io.vnetc.compiler.model.Endpoint;
import io.vnetc.compiler.model.Forwarding;
import io.vnetc.compiler.model.Guest;
import io.vnetc.compiler.model.Host;
import io.vnetc.compiler.model.Model;
import io.vnetc.compiler.model.Network;
import io.vnetc.compiler.model.Nic;
import io.vnetc.compiler.model.Permission;
import io.vnetc.compiler.model.Pool;
import io.vnetc.compiler.model.Subnet;
import io.vnetc.compiler.model.Uplink;
import io.vnetc.dsl.value.Cidr;
import io.vnetc.dsl.value.InterfaceName;
import io.vnetc.dsl.value.IpFamily;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the model has for one host.
 *
 * @param host that was declared; absent where the source names no hosts
 * @param networks of the host, by the name of their bridge
 * @param byName the same
 * @param pools of the host, by name
 * @param nics that are plugged into the networks
 * @param guests of the host, by name
 * @param permissions of rules that are about one of them, or its guests
 */
record HostNetworks(
        Optional<Host> host,
        List<Network> networks,
        Map<String, Network> byName,
        Map<String, Pool> pools,
        List<Nic> nics,
        Set<String> guests,
        List<Permission> permissions) {
    static HostNetworks of(Model model, String hostName) {
        List<Network> networks = model.networks().stream()
                .filter(network -> network.host().map(hostName::equals).orElse(true))
                .sorted(Comparator.<Network, InterfaceName>comparing(
                                network -> network.bridge().name())
                        .thenComparing(Network::name))
                .toList();
        Map<String, Network> byName = networks.stream().collect(Collectors.toMap(Network::name, Function.identity()));
        List<Nic> nics = model.guests().stream()
                .flatMap(guest -> guest.nics().stream())
                .filter(nic -> nic.network().filter(byName::containsKey).isPresent())
                .toList();
        return new HostNetworks(
                model.hosts().stream()
                        .filter(host -> host.name().equals(hostName))
                        .findFirst(),
                networks,
                byName,
                model.pools().stream()
                        .filter(pool -> pool.host().map(hostName::equals).orElse(true))
                        .collect(Collectors.toMap(Pool::name, Function.identity())),
                nics,
                model.guests().stream()
                        .filter(guest -> guest.host().map(hostName::equals).orElse(true))
                        .map(Guest::name)
                        .collect(Collectors.toSet()),
                model.permissions().stream()
                        .filter(rule -> Stream.of(rule.from(), rule.to())
                                .anyMatch(
                                        side -> !networksOf(side, byName, nics).isEmpty()))
                        .toList());
    }

    /** Whether the host makes a link of this name itself. */
    boolean makes(String link) {
        return host.stream()
                .flatMap(declared -> declared.links().stream())
                .anyMatch(made -> made.name().text().equals(link)
                        || made.peer().filter(peer -> peer.text().equals(link)).isPresent());
    }

    /** The networks of this host that a side of a rule is in; none where it is outside. */
    Set<String> networksOf(Endpoint side) {
        return networksOf(side, byName, nics);
    }

    private static Set<String> networksOf(Endpoint side, Map<String, Network> byName, List<Nic> nics) {
        if (side instanceof Endpoint.OfNetwork network) {
            return byName.containsKey(network.network()) ? Set.of(network.network()) : Set.of();
        }
        return nics.stream()
                .filter(side::holds)
                .flatMap(nic -> nic.network().stream())
                .collect(Collectors.toSet());
    }

    /** The network that a NIC is plugged into, where it is one of this host. */
    Optional<Network> network(Nic nic) {
        return nic.network().flatMap(name -> Optional.ofNullable(byName.get(name)));
    }

    /** Whether the host has what the NIC is. */
    boolean has(Nic nic) {
        if (nic.network().isPresent()) {
            return network(nic).isPresent();
        }
        return nic.attachment() instanceof Attachment.Function function
                ? pools.containsKey(function.pool())
                : guests.contains(nic.guest());
    }

    /** How packets of a family leave the network. */
    static Forwarding forwarding(Network network, IpFamily family) {
        return family == IpFamily.IPV6 && network.forwarding() instanceof Forwarding.Nat nat && nat.ipv6Routed()
                ? new Forwarding.Routed(nat.via())
                : network.forwarding();
    }

    /** Whether a rule lets something pass from or to an isolated network over the host. */
    private boolean isOpened(Network network) {
        return permissions.stream()
                .filter(Permission::allow)
                .filter(rule -> Stream.of(rule.from(), rule.to()).noneMatch(Endpoint.ThisHost.class::isInstance))
                .anyMatch(rule -> Stream.of(rule.from(), rule.to())
                        .anyMatch(side -> networksOf(side).contains(network.name())));
    }

    /** Networks whose bridge is made by us. */
    List<Network> ours() {
        return networks.stream().filter(HostNetworks::isOurs).toList();
    }

    static boolean isOurs(Network network) {
        return network.forwarding().hasBridge() && !(network.forwarding() instanceof Forwarding.ExistingBridge);
    }

    /** Whether the network has rules: not where somebody else decides what passes. */
    static boolean isGuarded(Network network) {
        return isOurs(network)
                && !(network.forwarding() instanceof Forwarding.Open)
                && !(network.forwarding() instanceof Forwarding.ManagedBridge);
    }

    /** Whether the host has an address of the family in the network. */
    static boolean speaks(Network network, IpFamily family) {
        return addressed(network, family).findAny().isPresent();
    }

    static Stream<Subnet> addressed(Network network, IpFamily family) {
        return network.subnets().stream()
                .filter(subnet ->
                        subnet.gateway().isPresent() && subnet.network().family() == family);
    }

    /** Whether packets of the family go from the network to others. */
    boolean forwards(Network network, IpFamily family) {
        return isOurs(network)
                && speaks(network, family)
                && (!(network.forwarding() instanceof Forwarding.Isolated) || isOpened(network));
    }

    /** What is behind the bridge: the subnets, and what guests route to, but for a default route. */
    static List<Cidr> prefixes(Network network, IpFamily family) {
        return Stream.concat(
                        addressed(network, family).map(Subnet::network),
                        network.routes().stream()
                                .map(route -> route.destination())
                                .filter(destination -> destination.family() == family && destination.length() > 0))
                .distinct()
                .sorted()
                .toList();
    }

    /** The uplinks that the network is bound to; empty: it is not bound. */
    static List<Uplink> via(Network network) {
        if (network.forwarding() instanceof Forwarding.Nat nat) {
            return nat.via();
        }
        return network.forwarding() instanceof Forwarding.Routed routed ? routed.via() : List.of();
    }
}
