// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.hostsource;

import io.vnetc.compiler.kind.Bridge;
import io.vnetc.compiler.kind.BridgeAddress;
import io.vnetc.compiler.kind.ChainLine;
import io.vnetc.compiler.kind.Chains;
import io.vnetc.compiler.kind.Dnsmasq;
import io.vnetc.compiler.kind.FirewallTable;
import io.vnetc.compiler.kind.Route;
import io.vnetc.compiler.kind.Rule;
import io.vnetc.compiler.kind.Target;
import io.vnetc.compiler.kind.ZoneMembership;
import io.vnetc.compiler.state.Entry;
import io.vnetc.compiler.state.HostState;
import io.vnetc.compiler.state.Resource;
import io.vnetc.dsl.value.Cidr;
import io.vnetc.dsl.value.InterfaceAddress;
import io.vnetc.dsl.value.IpFamily;
import io.vnetc.dsl.value.PortRange;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The block of a network that vnetc made, from what it made. */
final class OwnedNetwork {
    private static final Cidr LINK_LOCAL = Cidr.parse("fe80::/10");

    private final HostState state;
    private final Bridge bridge;
    private final Map<String, String> uplinks;
    private final SourceText text;

    OwnedNetwork(HostState state, Bridge bridge, Map<String, String> uplinks, SourceText text) {
        this.state = state;
        this.bridge = bridge;
        this.uplinks = uplinks;
        this.text = text;
    }

    void write(String name) {
        Optional<Dnsmasq> service = all(Dnsmasq.class)
                .filter(daemon -> daemon.bridge().equals(bridge.name()))
                .findFirst();
        Optional<DnsmasqSource> dnsmasq = service.map(DnsmasqSource::new);
        text.open("network " + name);
        forward();
        bridge();
        dnsmasq.flatMap(DnsmasqSource::domain).ifPresent(text::line);
        for (InterfaceAddress address : addresses()) {
            subnet(address, dnsmasq);
        }
        all(Route.class)
                .filter(route -> route.link().equals(bridge.name()))
                .forEach(route -> text.line("route " + route.destination() + " via " + route.gateway()
                        + (route.metric()
                                        == Route.defaultMetric(
                                                route.destination().family())
                                ? ""
                                : " metric " + route.metric())));
        dnsmasq.ifPresentOrElse(source -> source.dns(text), () -> {
            if (!addresses().isEmpty()) {
                text.line("dns off");
            }
        });
        text.close().line("");
    }

    private void forward() {
        if (!bridge.ipv4Forwarding() && !bridge.ipv6Forwarding()) {
            return;
        }
        List<Rule> translating = rules(FirewallTable.Table.NAT, Chains.nat(bridge.name()));
        List<Rule> leaving = rules(FirewallTable.Table.FILTER, Chains.out(bridge.name()));
        if (!translating.isEmpty()) {
            Optional<PortRange> ports = translating.stream()
                    .flatMap(rule -> rule.target() instanceof Target.Masquerade target
                            ? target.ports().stream()
                            : Stream.empty())
                    .findFirst();
            text.line("forward nat" + via(translating)
                    + ports.map(range -> " { ports " + range.first() + " .. " + range.last() + " }")
                            .orElse(""));
        } else {
            text.line(leaving.isEmpty() ? "forward open" : "forward route" + via(leaving));
        }
    }

    private String via(List<Rule> rules) {
        TreeSet<String> roles = rules.stream()
                .flatMap(rule -> rule.out().stream())
                .flatMap(link -> Stream.ofNullable(uplinks.get(link.text())))
                .collect(Collectors.toCollection(TreeSet::new));
        return roles.isEmpty() ? "" : " via " + String.join(", ", roles);
    }

    private List<Rule> rules(FirewallTable.Table table, String chain) {
        return Stream.of(IpFamily.values())
                .flatMap(family -> state.find(FirewallTable.address(family, table)).stream())
                .map(Entry::resource)
                .flatMap(resource -> resource instanceof FirewallTable found
                        ? found.chains().getOrDefault(chain, List.<ChainLine>of()).stream()
                        : Stream.empty())
                .flatMap(line -> line instanceof Rule rule ? Stream.of(rule) : Stream.empty())
                .toList();
    }

    private void bridge() {
        text.open("bridge " + HostSource.quoted(bridge.name().text()));
        text.line("mac " + bridge.mac());
        text.line("mtu " + bridge.mtu());
        if (bridge.stp()) {
            text.line("stp on");
        }
        if (bridge.forwardDelay() != 0) {
            text.line("forward-delay " + bridge.forwardDelay() * 10 + "ms");
        }
        all(ZoneMembership.class)
                .filter(membership -> membership.link().equals(bridge.name()))
                .forEach(membership -> text.line("zone " + HostSource.quoted(membership.zone())));
        text.close();
    }

    private List<InterfaceAddress> addresses() {
        return all(BridgeAddress.class)
                .filter(address -> address.link().equals(bridge.name()))
                .map(BridgeAddress::inet)
                .filter(address -> !LINK_LOCAL.contains(address.address()))
                .toList();
    }

    private void subnet(InterfaceAddress address, Optional<DnsmasqSource> dnsmasq) {
        text.open("subnet " + address.network()).line("gateway " + address.address());
        dnsmasq.ifPresent(source -> source.subnet(address.network(), text));
        text.close();
    }

    private <R extends Resource> Stream<R> all(Class<R> kind) {
        return state.entries().values().stream()
                .map(Entry::resource)
                .filter(kind::isInstance)
                .map(kind::cast);
    }
}
