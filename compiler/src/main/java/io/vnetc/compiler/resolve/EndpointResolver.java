// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.resolve;

import io.vnetc.compiler.model.Endpoint;
import io.vnetc.compiler.model.Guest;
import io.vnetc.compiler.model.Host;
import io.vnetc.compiler.model.Network;
import io.vnetc.compiler.model.Uplink;
import io.vnetc.dsl.diagnostic.DiagnosticCode;
import io.vnetc.dsl.diagnostic.SourceRange;
import io.vnetc.dsl.value.Cidr;
import io.vnetc.dsl.value.IpAddress;
import io.vnetc.dsl.value.LiteralException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the two sides of a rule are. */
final class EndpointResolver {
    private static final String INTERNET = "internet";
    private static final String HOST = "host";

    private final Resolution resolution;
    private final Map<String, Network> networks;
    private final Map<String, Guest> guests;
    private final Set<String> uplinks;

    EndpointResolver(
            Resolution resolution, List<Host> hosts, Map<String, Network> networks, Map<String, Guest> guests) {
        this.resolution = resolution;
        this.networks = networks;
        this.guests = guests;
        this.uplinks = hosts.stream()
                .flatMap(host -> host.uplinks().stream())
                .map(Uplink::role)
                .collect(Collectors.toSet());
    }

    /** Reads a side. */
    Optional<Endpoint> resolve(String text, SourceRange place) {
        List<Endpoint> found = named(text);
        if (found.size() > 1) {
            resolution.error(
                    DiagnosticCode.ENDPOINT_UNKNOWN,
                    place,
                    "`" + text + "` may be "
                            + found.stream().map(EndpointResolver::describe).collect(Collectors.joining(" or ")),
                    "give one of them another name, or name the network by its addresses");
            return Optional.empty();
        }
        if (found.size() == 1) {
            return Optional.of(found.get(0));
        }
        if (text.equals(INTERNET)) {
            return Optional.of(new Endpoint.Internet());
        }
        if (text.equals(HOST)) {
            return Optional.of(new Endpoint.ThisHost());
        }
        if (Character.isDigit(text.charAt(0)) || text.indexOf(':') >= 0) {
            return addresses(text, place);
        }
        resolution.error(
                DiagnosticCode.ENDPOINT_UNKNOWN,
                place,
                "there is no network, guest or uplink `" + text + "`",
                "name a network, a portgroup as NETWORK.GROUP, a guest, a NIC as GUEST.NIC, an uplink, addresses,"
                        + " `internet` or `host`");
        return Optional.empty();
    }

    private List<Endpoint> named(String text) {
        List<Endpoint> found = new ArrayList<>();
        if (networks.containsKey(text)) {
            found.add(new Endpoint.OfNetwork(text));
        }
        if (guests.containsKey(text)) {
            found.add(new Endpoint.OfGuest(text));
        }
        if (uplinks.contains(text)) {
            found.add(new Endpoint.OfUplink(text));
        }
        for (int dot = text.indexOf('.'); dot > 0; dot = text.indexOf('.', dot + 1)) {
            String whole = text.substring(0, dot);
            String part = text.substring(dot + 1);
            Optional.ofNullable(networks.get(whole))
                    .filter(network -> network.ports().groups().stream()
                            .anyMatch(group -> group.name().equals(part)))
                    .ifPresent(network -> found.add(new Endpoint.OfPortgroup(whole, part)));
            Optional.ofNullable(guests.get(whole))
                    .filter(guest ->
                            guest.nics().stream().anyMatch(nic -> nic.name().equals(part)))
                    .ifPresent(guest -> found.add(new Endpoint.OfNic(whole, part)));
        }
        return found;
    }

    private Optional<Endpoint> addresses(String text, SourceRange place) {
        try {
            if (text.indexOf('/') >= 0) {
                return Optional.of(new Endpoint.OfAddresses(Cidr.parse(text)));
            }
            IpAddress address = IpAddress.parse(text);
            return Optional.of(
                    new Endpoint.OfAddresses(new Cidr(address, address.family().bits())));
        } catch (LiteralException e) {
            resolution.error(
                    DiagnosticCode.BAD_ADDRESS,
                    place,
                    e.getMessage(),
                    e.hint().orElse("write an address, or a network"));
            return Optional.empty();
        }
    }

    private static String describe(Endpoint endpoint) {
        if (endpoint instanceof Endpoint.OfNetwork) {
            return "the network";
        }
        if (endpoint instanceof Endpoint.OfGuest) {
            return "the guest";
        }
        return endpoint instanceof Endpoint.OfUplink
                ? "the uplink"
                : endpoint instanceof Endpoint.OfPortgroup ? "the portgroup" : "the NIC";
    }

    /** The NICs that a side stands for; none where it is no guests'. */
    Stream<io.vnetc.compiler.model.Nic> nics(Endpoint endpoint) {
        Stream<io.vnetc.compiler.model.Nic> all = guests.values().stream().flatMap(guest -> guest.nics().stream());
        return all.filter(nic -> endpoint.holds(nic));
    }

    /** The names of the networks that a side is in; none where it is outside of all. */
    Set<String> networks(Endpoint endpoint) {
        if (endpoint instanceof Endpoint.OfNetwork network) {
            return Set.of(network.network());
        }
        if (endpoint instanceof Endpoint.OfPortgroup group) {
            return Set.of(group.network());
        }
        return nics(endpoint).flatMap(nic -> nic.network().stream()).collect(Collectors.toSet());
    }

    Network network(String name) {
        return networks.get(name);
    }
}
