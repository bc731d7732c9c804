// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.resolve.lint;

import io.vnetc.compiler.model.Dhcp;
import io.vnetc.compiler.model.Forwarding;
import io.vnetc.compiler.model.Model;
import io.vnetc.compiler.model.Network;
import io.vnetc.compiler.model.Nic;
import io.vnetc.compiler.model.Subnet;
import io.vnetc.dsl.ParsedSources;
import io.vnetc.dsl.diagnostic.Diagnostic;
import io.vnetc.dsl.diagnostic.DiagnosticCode;
import io.vnetc.dsl.value.Cidr;
import io.vnetc.dsl.value.IpFamily;
import io.vnetc.dsl.value.MacAddress;
import io.vnetc.dsl.vnet.VnetPackage.Literals;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Addresses that are too few, or somebody else's. */
final class AddressLint {
    /** What may stand behind address translation: RFC 1918, RFC 6598, RFC 5737, RFC 2544, RFC 3927, RFC 4193, RFC 3849. */
    private static final List<Cidr> PRIVATE = Stream.of(
                    "10.0.0.0/8",
                    "172.16.0.0/12",
                    "192.168.0.0/16",
                    "100.64.0.0/10",
                    "192.0.2.0/24",
                    "198.51.100.0/24",
                    "203.0.113.0/24",
                    "198.18.0.0/15",
                    "169.254.0.0/16",
                    "fc00::/7",
                    "2001:db8::/32")
            .map(Cidr::parse)
            .toList();

    private final ParsedSources sources;
    private final Model model;
    private final Map<String, io.vnetc.dsl.vnet.Network> blocks = new HashMap<>();

    AddressLint(ParsedSources sources, Model model) {
        this.sources = sources;
        this.model = model;
        sources.declarations(io.vnetc.dsl.vnet.Network.class)
                .forEach(network -> blocks.put(network.getName(), network));
    }

    void check() {
        Map<String, List<Nic>> nics = model.nicsByNetwork();
        for (Network network : model.networks()) {
            fewAddresses(network, nics.getOrDefault(network.name(), List.of()));
            if (network.forwarding() instanceof Forwarding.Nat) {
                publicAddresses(network);
            }
        }
    }

    private void fewAddresses(Network network, List<Nic> nics) {
        List<Dhcp> services = network.subnets().stream()
                .filter(subnet -> subnet.network().family() == IpFamily.IPV4)
                .flatMap(subnet -> subnet.dhcp().stream())
                .toList();
        if (services.stream().allMatch(service -> service.ranges().isEmpty())) {
            return;
        }
        Set<MacAddress> reserved = new HashSet<>();
        services.stream().flatMap(service -> service.reservations().stream()).forEach(reservation -> {
            if (reservation.identity() instanceof Dhcp.Identity.ByMac known) {
                reserved.add(known.mac());
            }
        });
        long wanted = nics.stream().filter(nic -> !reserved.contains(nic.mac())).count();
        long there = services.stream()
                .flatMap(service -> service.ranges().stream())
                .mapToLong(range -> range.addresses().size())
                .sum();
        if (wanted > there) {
            sources.diagnostics()
                    .report(Diagnostic.warning(
                                    DiagnosticCode.TOO_FEW_ADDRESSES,
                                    sources.nameOf(blocks.get(network.name())),
                                    "the network `" + network.name() + "` has " + wanted
                                            + " guests' cards without a reservation, and " + there
                                            + (there == 1 ? " address" : " addresses") + " to give out")
                            .withHint("make the DHCP range larger, or reserve addresses"));
        }
    }

    private void publicAddresses(Network network) {
        List<Subnet> subnets = network.subnets();
        for (io.vnetc.dsl.vnet.Subnet block : blocks.get(network.name()).getSubnets()) {
            subnets.stream()
                    .filter(subnet ->
                            sources.rangeOf(block).line() == subnet.origin().line()
                                    && PRIVATE.stream().noneMatch(range -> range.contains(subnet.network())))
                    .findFirst()
                    .ifPresent(subnet -> sources.diagnostics()
                            .report(Diagnostic.warning(
                                            DiagnosticCode.PUBLIC_ADDRESSES,
                                            sources.rangeOf(block, Literals.SUBNET__NETWORK),
                                            subnet.network() + " are somebody's addresses in the internet, which guests"
                                                    + " behind address translation could not reach any more")
                                    .withHint("take private ones, as 10.20.1.0/24 or fd00:20:1::/64; or, if they are"
                                            + " yours, `forward route`")));
        }
    }
}
