// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.lower;

import io.vnetc.compiler.model.Forwarding;
import io.vnetc.compiler.model.Host;
import io.vnetc.compiler.model.Model;
import io.vnetc.compiler.model.Network;
import io.vnetc.compiler.model.Subnet;
import io.vnetc.compiler.model.Uplink;
import io.vnetc.dsl.value.Cidr;
import io.vnetc.dsl.value.IpFamily;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the model has for one host.
 *
 * @param host that was declared; absent where the source names no hosts
 * @param networks of the host, by the name of their bridge
 * @param byName the same
 */
record HostNetworks(Optional<Host> host, List<Network> networks, Map<String, Network> byName) {
    static HostNetworks of(Model model, String hostName) {
        List<Network> networks = model.networks().stream()
                .filter(network -> network.host().map(hostName::equals).orElse(true))
                .sorted(Comparator.comparing(network -> network.bridge().name()))
                .toList();
        return new HostNetworks(
                model.hosts().stream()
                        .filter(host -> host.name().equals(hostName))
                        .findFirst(),
                networks,
                networks.stream().collect(Collectors.toMap(Network::name, Function.identity())));
    }

    /** Networks whose bridge is made by us. */
    List<Network> ours() {
        return networks.stream().filter(HostNetworks::isOurs).toList();
    }

    static boolean isOurs(Network network) {
        return !(network.forwarding() instanceof Forwarding.ExistingBridge);
    }

    /** Whether the network has rules: not where somebody else decides what passes. */
    static boolean isGuarded(Network network) {
        return isOurs(network) && !(network.forwarding() instanceof Forwarding.Open);
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
    static boolean forwards(Network network, IpFamily family) {
        return isOurs(network) && !(network.forwarding() instanceof Forwarding.Isolated) && speaks(network, family);
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
