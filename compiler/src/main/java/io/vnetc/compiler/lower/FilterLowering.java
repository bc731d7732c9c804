// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.lower;

import io.vnetc.compiler.kind.ChainLine;
import io.vnetc.compiler.kind.Chains;
import io.vnetc.compiler.kind.FirewallTable;
import io.vnetc.compiler.kind.Rule;
import io.vnetc.compiler.kind.Rule.Protocol;
import io.vnetc.compiler.kind.Target;
import io.vnetc.compiler.model.Forwarding;
import io.vnetc.compiler.model.Network;
import io.vnetc.compiler.model.Subnet;
import io.vnetc.compiler.model.Uplink;
import io.vnetc.compiler.render.dnsmasq.DnsmasqText;
import io.vnetc.dsl.value.Cidr;
import io.vnetc.dsl.value.InterfaceName;
import io.vnetc.dsl.value.IpFamily;
import io.vnetc.dsl.value.PortRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What is let through, of one family. From other networks a network is reached only where it is routed, or open, and not
 * bound to uplinks; the network they come from may be translated. Guests of one bridge are let through to each other, which
 * matters where bridged traffic is filtered (br_netfilter) by a host that drops what it does not know.
 */
final class FilterLowering {
    private static final PortRange DNS = new PortRange(53, 53);
    private static final PortRange DHCP = new PortRange(67, 67);
    private static final PortRange DHCPV6 = new PortRange(547, 547);
    private static final PortRange TFTP = new PortRange(69, 69);

    private final IpFamily family;
    private final Rule refuse;
    private final TreeMap<String, List<ChainLine>> chains = new TreeMap<>();

    private FilterLowering(IpFamily family) {
        this.family = family;
        this.refuse = Rule.to(Target.Reject.of(family));
    }

    /** The table; absent where no network has rules. */
    static Optional<FirewallTable> lower(HostNetworks networks, Carriers carriers, IpFamily family) {
        List<Network> guarded =
                networks.ours().stream().filter(HostNetworks::isGuarded).toList();
        Map<String, List<ChainLine>> rules = RuleLowering.lower(networks, family);
        if (guarded.isEmpty() && rules.isEmpty()) {
            return Optional.empty();
        }
        FilterLowering filter = new FilterLowering(family);
        rules.forEach((name, lines) -> filter.chain(name).addAll(lines));
        if (rules.containsKey(Chains.RULES)) {
            filter.add(Chains.FORWARD, Rule.jump(Chains.RULES));
        }
        List<ChainLine> published = PublicationLowering.permission(networks, family);
        if (!published.isEmpty()) {
            filter.add(Chains.FORWARD, Rule.jump(Chains.PUBLISHED));
            filter.chain(Chains.PUBLISHED).addAll(published);
        }
        filter.add(Chains.FORWARD, Rule.jump(Chains.OUT));
        filter.add(Chains.FORWARD, Rule.jump(Chains.IN));
        filter.chain(Chains.OUT);
        filter.chain(Chains.IN);
        guarded.forEach(filter::lower);
        if (guarded.stream().anyMatch(network -> filter.staysApart(network))) {
            // Said of each bridge, so that while links change what is new decides for all that stay.
            networks.ours()
                    .forEach(network -> filter.add(
                            Chains.APART,
                            (filter.isOpenToAll(network) || carriers.isOutward(network)
                                            ? Rule.to(new Target.Return())
                                            : filter.refuse)
                                    .out(network.bridge().name())));
        }
        // After what the networks' own DNS and DHCP want.
        if (rules.containsKey(Chains.RULES_IN)) {
            filter.add(Chains.INPUT, Rule.jump(Chains.RULES_IN));
        }
        if (rules.containsKey(Chains.RULES_OUT)) {
            filter.add(Chains.OUTPUT, Rule.jump(Chains.RULES_OUT));
        }
        List<String> jumps = Stream.of("FORWARD", "INPUT", "OUTPUT")
                .filter(builtIn -> filter.chains.containsKey(FirewallTable.baseChain(builtIn)))
                .toList();
        return Optional.of(new FirewallTable(family, FirewallTable.Table.FILTER, filter.chains, jumps));
    }

    /** Whether anybody comes in from any link: so the guests of a network that is translated do as well. */
    private boolean isOpenToAll(Network network) {
        Forwarding forwarding = HostNetworks.forwarding(network, family);
        return forwarding instanceof Forwarding.Open
                || (forwarding instanceof Forwarding.Routed routed
                        && routed.via().isEmpty()
                        && HostNetworks.speaks(network, family));
    }

    /** Whether it may go out by any link but the bridges of networks that nobody comes into. */
    private boolean staysApart(Network network) {
        return HostNetworks.forwarding(network, family) instanceof Forwarding.Nat nat
                && nat.via().isEmpty()
                && HostNetworks.speaks(network, family);
    }

    private void lower(Network network) {
        InterfaceName bridge = network.bridge().name();
        if (!HostNetworks.speaks(network, family)) {
            if (family == IpFamily.IPV4 || network.policy().guestIpv6()) {
                add(Chains.OUT, Rule.accept().in(bridge).out(bridge));
            }
            return;
        }
        add(Chains.OUT, Rule.jump(Chains.out(bridge)).in(bridge));
        add(Chains.IN, Rule.jump(Chains.in(bridge)).out(bridge));
        add(Chains.out(bridge), Rule.accept().out(bridge));
        chain(Chains.in(bridge));
        for (Cidr prefix : HostNetworks.prefixes(network, family)) {
            out(network, prefix);
            in(network, prefix);
        }
        add(Chains.out(bridge), refuse);
        add(Chains.in(bridge), refuse);
        host(network);
    }

    private void out(Network network, Cidr prefix) {
        String chain = Chains.out(network.bridge().name());
        if (network.forwarding() instanceof Forwarding.Isolated) {
            return;
        }
        for (Uplink uplink : HostNetworks.via(network)) {
            add(chain, Rule.accept().from(prefix).out(uplink.link()));
        }
        if (HostNetworks.via(network).isEmpty()) {
            if (staysApart(network)) {
                // Answers go where answers may go; whatever begins something stays apart.
                add(chain, Rule.jump(Chains.IN).from(prefix).answering());
                add(chain, Rule.jump(Chains.APART).from(prefix));
            } else {
                add(chain, Rule.jump(Chains.IN).from(prefix));
            }
            add(chain, Rule.accept().from(prefix));
        }
    }

    private void in(Network network, Cidr prefix) {
        String chain = Chains.in(network.bridge().name());
        if (network.forwarding() instanceof Forwarding.Isolated) {
            return;
        }
        Rule accept = Rule.accept().into(prefix);
        Rule rule = HostNetworks.forwarding(network, family) instanceof Forwarding.Nat ? accept.answering() : accept;
        for (Uplink uplink : HostNetworks.via(network)) {
            add(chain, rule.in(uplink.link()));
        }
        if (HostNetworks.via(network).isEmpty()) {
            add(chain, rule);
        }
    }

    /** What guests may ask the host's dnsmasq, on a host that drops what it does not know. */
    private void host(Network network) {
        if (!DnsmasqText.isNeeded(network)) {
            return;
        }
        InterfaceName bridge = network.bridge().name();
        List<Rule> rules = new ArrayList<>();
        if (HostNetworks.addressed(network, family).map(Subnet::dhcp).anyMatch(Optional::isPresent)) {
            rules.add(Rule.accept().protocol(Protocol.UDP, family == IpFamily.IPV4 ? DHCP : DHCPV6));
        }
        if (network.dns().enabled()) {
            rules.add(Rule.accept().protocol(Protocol.UDP, DNS));
            rules.add(Rule.accept().protocol(Protocol.TCP, DNS));
        }
        if (HostNetworks.addressed(network, family).map(Subnet::tftp).anyMatch(Optional::isPresent)) {
            rules.add(Rule.accept().protocol(Protocol.UDP, TFTP));
        }
        if (!rules.isEmpty()) {
            add(Chains.INPUT, Rule.jump(Chains.host(bridge)).in(bridge));
            rules.forEach(rule -> add(Chains.host(bridge), rule));
        }
    }

    private List<ChainLine> chain(String name) {
        return chains.computeIfAbsent(name, absent -> new ArrayList<>());
    }

    private void add(String chain, Rule rule) {
        chain(chain).add(rule);
    }
}
