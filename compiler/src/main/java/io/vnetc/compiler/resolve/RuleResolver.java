// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.resolve;

import io.vnetc.compiler.model.Endpoint;
import io.vnetc.compiler.model.Forwarding;
import io.vnetc.compiler.model.Network;
import io.vnetc.compiler.model.Nic;
import io.vnetc.compiler.model.Permission;
import io.vnetc.dsl.diagnostic.DiagnosticCode;
import io.vnetc.dsl.diagnostic.SourceRange;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Who may reach whom over the host: rules whose sides are not on one bridge. */
final class RuleResolver {
    private final Resolution resolution;
    private final EndpointResolver endpoints;
    private final PermissionResolver permissions;

    RuleResolver(Resolution resolution, EndpointResolver endpoints) {
        this.resolution = resolution;
        this.endpoints = endpoints;
        this.permissions = new PermissionResolver(resolution, endpoints);
    }

    /** In source order. */
    List<Permission> resolve(Collection<io.vnetc.dsl.vnet.Permission> written) {
        return written.stream().flatMap(rule -> resolve(rule).stream()).toList();
    }

    private Optional<Permission> resolve(io.vnetc.dsl.vnet.Permission written) {
        return permissions.resolve(written).filter(rule -> checkSides(written, rule));
    }

    private boolean checkSides(io.vnetc.dsl.vnet.Permission written, Permission rule) {
        Set<String> from = endpoints.networks(rule.from());
        Set<String> to = endpoints.networks(rule.to());
        if (from.isEmpty() && to.isEmpty()) {
            return refuse(
                    resolution.place(written),
                    "neither side is a network or a guest of this source",
                    "leave what is between others to the host's own firewall");
        }
        if (from.equals(to) && from.size() == 1) {
            return refuse(
                    resolution.place(written),
                    "both sides are on the bridge of `" + from.iterator().next()
                            + "`, and what passes there does not pass the host",
                    "write the rule in `guests { … }` of that network");
        }
        Set<String> all = new HashSet<>(from);
        all.addAll(to);
        for (String name : all) {
            Network network = endpoints.network(name);
            if (!reachesHost(network)) {
                return refuse(
                        permissions.place(written, from.contains(name)),
                        "the network `" + name + "` has no address of this host, so nothing of it passes here",
                        "give it a `subnet` with a `gateway`, or rule where its packets are forwarded");
            }
        }
        return checkHosts(written, all, rule)
                && checkAddresses(written, rule.to(), from, false)
                && (!rule.both() || checkAddresses(written, rule.from(), to, true));
    }

    private static boolean reachesHost(Network network) {
        return !(network.forwarding() instanceof Forwarding.ExistingBridge)
                && network.subnets().stream()
                        .anyMatch(subnet -> subnet.gateway().isPresent());
    }

    private boolean checkHosts(io.vnetc.dsl.vnet.Permission written, Set<String> names, Permission rule) {
        Set<Optional<String>> hosts =
                names.stream().map(name -> endpoints.network(name).host()).collect(Collectors.toSet());
        if (hosts.size() > 1) {
            return refuse(
                    resolution.place(written),
                    "the two sides are on different hosts",
                    "write one rule for each host, with the addresses of the other side");
        }
        return Stream.of(rule.from(), rule.to())
                .flatMap(side -> side instanceof Endpoint.OfUplink uplink ? Stream.of(uplink) : Stream.empty())
                .allMatch(uplink -> hasUplink(uplink.uplink(), hosts.iterator().next())
                        || refuse(
                                permissions.place(written, rule.from().equals(uplink)),
                                "the host of the other side has no uplink `" + uplink.uplink() + "`",
                                "name an uplink of the same host"));
    }

    private boolean hasUplink(String role, Optional<String> host) {
        return resolution.sources().declarations(io.vnetc.dsl.vnet.Host.class).stream()
                .filter(declared -> host.filter(declared.getName()::equals).isPresent())
                .anyMatch(declared -> declared.getUplinks().stream()
                        .anyMatch(uplink -> uplink.getName().equals(role)));
    }

    /** What goes to a guest is known by its address only; what comes from it, by its MAC as well. */
    private boolean checkAddresses(
            io.vnetc.dsl.vnet.Permission written, Endpoint side, Set<String> others, boolean from) {
        if (side instanceof Endpoint.OfNetwork) {
            return true;
        }
        List<Nic> unknown = endpoints
                .nics(side)
                .filter(nic -> nic.network()
                        .filter(network -> !others.equals(Set.of(network)))
                        .filter(network ->
                                endpoints.network(network).addressesOf(nic).isEmpty())
                        .isPresent())
                .toList();
        if (unknown.isEmpty()) {
            return true;
        }
        Nic nic = unknown.get(0);
        resolution.error(
                DiagnosticCode.ENDPOINT_ADDRESS,
                permissions.place(written, from),
                "no address is reserved for `" + nic.name() + "` of the guest `" + nic.guest() + "` in the network `"
                        + nic.network().orElseThrow() + "`, so what goes to it cannot be told from the rest",
                "reserve one in its subnet: dhcp { host " + nic.guest() + " { mac " + nic.mac() + "  address … } }");
        return false;
    }

    private boolean refuse(SourceRange place, String message, String hint) {
        resolution.error(DiagnosticCode.RULE_SIDES, place, message, hint);
        return false;
    }
}
