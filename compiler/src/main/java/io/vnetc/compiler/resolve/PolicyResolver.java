// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.resolve;

import static io.vnetc.compiler.resolve.Resolution.only;

import io.vnetc.compiler.model.Endpoint;
import io.vnetc.compiler.model.Network;
import io.vnetc.compiler.model.Permission;
import io.vnetc.compiler.model.Policy;
import io.vnetc.compiler.model.Publication;
import io.vnetc.compiler.model.Uplink;
import io.vnetc.dsl.diagnostic.DiagnosticCode;
import io.vnetc.dsl.vnet.Between;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What may pass to the guests of a network and between them. */
final class PolicyResolver {
    private final Resolution resolution;
    private final EndpointResolver endpoints;
    private final PermissionResolver permissions;
    private final PublicationResolver publications;

    PolicyResolver(
            Resolution resolution,
            Claims claims,
            EndpointResolver endpoints,
            Map<io.vnetc.dsl.vnet.Uplink, Uplink> uplinks) {
        this.resolution = resolution;
        this.endpoints = endpoints;
        this.permissions = new PermissionResolver(resolution, endpoints);
        this.publications = new PublicationResolver(resolution, claims, endpoints, uplinks);
    }

    Policy resolve(io.vnetc.dsl.vnet.Network written, Network network, Optional<Placement.Scope> host) {
        List<Publication> published = publications.resolve(written, network, host);
        Optional<Between> between = only(written.getBetween());
        boolean guestIpv6 = only(written.getGuestIpv6())
                .map(toggle -> toggle.getState() != io.vnetc.dsl.vnet.Switch.OFF)
                .orElse(true);
        return new Policy(
                published,
                between.filter(block -> !block.getBlocked().isEmpty()).isPresent(),
                between.stream()
                        .flatMap(block -> block.getRules().stream())
                        .flatMap(rule -> between(rule, network).stream())
                        .toList(),
                guestIpv6);
    }

    private Optional<Permission> between(io.vnetc.dsl.vnet.Permission written, Network network) {
        if (written.getRate() != null) {
            resolution.error(
                    DiagnosticCode.RULE_SETTING,
                    resolution.place(written.getRate()),
                    "a bridge counts frames and not their bytes",
                    "write a `limit` of packets, or give the NIC a `qos`");
            return Optional.empty();
        }
        return permissions
                .resolve(written)
                .filter(rule ->
                        isHere(written, rule.from(), network, true) && isHere(written, rule.to(), network, false));
    }

    private boolean isHere(io.vnetc.dsl.vnet.Permission written, Endpoint side, Network network, boolean from) {
        if (side.equals(new Endpoint.OfNetwork(network.name()))
                || endpoints.nics(side).anyMatch(nic -> nic.isOn(network.name()))
                || (side instanceof Endpoint.OfPortgroup group
                        && group.network().equals(network.name()))) {
            return true;
        }
        resolution.error(
                DiagnosticCode.RULE_SIDES,
                permissions.place(written, from),
                "this is no guest of the network `" + network.name() + "`",
                "name a guest, a NIC or a portgroup of it, or write the rule outside of the network");
        return false;
    }
}
