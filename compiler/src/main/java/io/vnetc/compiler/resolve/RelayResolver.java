// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.resolve;

import io.vnetc.dsl.diagnostic.DiagnosticCode;
import io.vnetc.dsl.value.Cidr;
import io.vnetc.dsl.value.IpAddress;
import io.vnetc.dsl.value.IpFamily;
import io.vnetc.dsl.vnet.Dhcp;
import io.vnetc.dsl.vnet.Expression;
import io.vnetc.dsl.vnet.Subnet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The servers that clients' questions are passed on to. */
final class RelayResolver {
    private final Resolution resolution;

    RelayResolver(Resolution resolution) {
        this.resolution = resolution;
    }

    List<IpAddress> resolve(Subnet subnet, Cidr network, Optional<IpAddress> gateway) {
        List<IpAddress> servers = new ArrayList<>();
        for (Dhcp block : subnet.getDhcp()) {
            for (Expression written : block.getRelays()) {
                if (network.family() == IpFamily.IPV6) {
                    refuse(
                            written,
                            "relays are for DHCPv4, and " + network
                                    + " is IPv6: a relay of DHCPv6 would have to take its server's answers at a port that"
                                    + " the DHCPv6 of other networks shares",
                            "give the addresses out here, or let the guests make their own with `advertise`");
                } else {
                    server(written, network, gateway).ifPresent(servers::add);
                }
            }
        }
        if (!servers.isEmpty()) {
            checkAlone(subnet, network);
        }
        return servers;
    }

    private Optional<IpAddress> server(Expression written, Cidr network, Optional<IpAddress> gateway) {
        return resolution.values().address(written, Optional.empty()).filter(address -> {
            if (address.family() != network.family()) {
                refuse(written, "the server " + address + " is IPv6, and " + network + " is IPv4", "name one of IPv4");
                return false;
            }
            if (gateway.filter(address::equals).isPresent() || network.contains(address)) {
                refuse(
                        written,
                        "the server " + address + " is on the network itself, where clients reach it without a relay",
                        "name a server elsewhere, or remove `dhcp`");
                return false;
            }
            if (address.isMulticast() || address.isUnspecified() || address.isLoopback() || address.isLinkLocal()) {
                refuse(written, "no server can be asked at " + address, "name a unicast address, as in 10.0.0.67");
                return false;
            }
            return true;
        });
    }

    /** dnsmasq passes on or answers, on one link never both. */
    private void checkAlone(Subnet subnet, Cidr network) {
        subnet.getDhcp().stream()
                .filter(block -> block.getRange() != null
                        || !block.getReservations().isEmpty()
                        || !block.getOptions().isEmpty()
                        || !block.getBoots().isEmpty())
                .findFirst()
                .ifPresent(block -> resolution.error(
                        DiagnosticCode.RELAY,
                        resolution.place(block),
                        "the clients of " + network
                                + " are answered by another server, so nothing can be given out here",
                        "keep `relay to`, or what is given out here"));
    }

    private void refuse(Expression written, String message, String hint) {
        resolution.error(DiagnosticCode.RELAY, resolution.place(written), message, hint);
    }
}
