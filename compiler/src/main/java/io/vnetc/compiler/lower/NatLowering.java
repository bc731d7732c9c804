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
import io.vnetc.compiler.model.Permission;
import io.vnetc.dsl.value.AddressRange;
import io.vnetc.dsl.value.Cidr;
import io.vnetc.dsl.value.IpFamily;
import io.vnetc.dsl.value.PortRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Whose packets leave with the host's address, of one family. */
final class NatLowering {
    /** What never leaves the link: 224.0.0.0/24 (RFC 5771 section 4), the limited broadcast, ff02::/16 (RFC 4291). */
    private static final List<Cidr> LOCAL =
            List.of(Cidr.parse("224.0.0.0/24"), Cidr.parse("255.255.255.255/32"), Cidr.parse("ff02::/16"));

    private NatLowering() {}

    /** The table; absent where no network needs it. */
    static Optional<FirewallTable> lower(HostNetworks networks, IpFamily family) {
        TreeMap<String, List<ChainLine>> chains = new TreeMap<>(PublicationLowering.translation(networks, family));
        if (!chains.isEmpty()) {
            chains.put(Chains.PREROUTING, List.of(Rule.jump(Chains.PUBLISH)));
            chains.put(Chains.OUTPUT, List.of(Rule.jump(Chains.PUBLISH_OWN)));
            chains.put(Chains.POSTROUTING, new ArrayList<>(List.of(Rule.jump(Chains.HAIRPIN))));
        }
        for (Network network : networks.ours()) {
            if (HostNetworks.forwarding(network, family) instanceof Forwarding.Nat nat
                    && HostNetworks.speaks(network, family)) {
                String chain = Chains.nat(network.bridge().name());
                for (Cidr prefix : HostNetworks.prefixes(network, family)) {
                    chains.computeIfAbsent(Chains.POSTROUTING, absent -> new ArrayList<>())
                            .add(Rule.jump(chain).from(prefix));
                }
                chains.put(chain, rules(networks, network, nat, family));
            }
        }
        List<String> jumps = Stream.of("OUTPUT", "POSTROUTING", "PREROUTING")
                .filter(builtIn -> chains.containsKey(FirewallTable.baseChain(builtIn)))
                .toList();
        return chains.isEmpty()
                ? Optional.empty()
                : Optional.of(new FirewallTable(family, FirewallTable.Table.NAT, chains, jumps));
    }

    private static List<ChainLine> rules(HostNetworks networks, Network network, Forwarding.Nat nat, IpFamily family) {
        List<ChainLine> rules = new ArrayList<>();
        for (Cidr prefix : HostNetworks.prefixes(network, family)) {
            rules.add(Rule.to(new Target.Return()).into(prefix));
        }
        for (Cidr local : LOCAL) {
            if (local.family() == family) {
                rules.add(Rule.to(new Target.Return()).into(local));
            }
        }
        allowed(networks, network, family).forEach(rules::add);
        if (nat.via().isEmpty()) {
            translate(nat, family, UnaryOperator.identity(), rules);
        }
        nat.via().forEach(uplink -> translate(nat, family, rule -> rule.out(uplink.link()), rules));
        return rules;
    }

    /** Networks that rules lead to see who it is that reaches them. */
    private static Stream<Rule> allowed(HostNetworks networks, Network network, IpFamily family) {
        Sides sides = new Sides(networks, family);
        return networks.permissions().stream()
                .filter(Permission::allow)
                .flatMap(rule -> Stream.of(List.of(rule.from(), rule.to()), List.of(rule.to(), rule.from()))
                        .limit(rule.both() ? 2 : 1))
                .filter(pair -> networks.networksOf(pair.get(0)).contains(network.name()))
                .flatMap(pair -> sides.to(pair.get(1), pair.get(0)).stream())
                .filter(side -> side.link().isPresent() && side.addresses().isPresent())
                .map(side -> side.to(Rule.to(new Target.Return())))
                .distinct();
    }

    private static void translate(Forwarding.Nat nat, IpFamily family, UnaryOperator<Rule> by, List<ChainLine> rules) {
        Optional<AddressRange> addresses = nat.addresses().stream()
                .filter(range -> range.family() == family)
                .findFirst();
        nat.ports().ifPresent(ports -> {
            for (Protocol protocol : List.of(Protocol.TCP, Protocol.UDP)) {
                rules.add(by.apply(Rule.accept().protocol(protocol).target(target(addresses, Optional.of(ports)))));
            }
        });
        rules.add(by.apply(Rule.to(target(addresses, Optional.empty()))));
    }

    private static Target target(Optional<AddressRange> addresses, Optional<PortRange> ports) {
        return addresses
                .<Target>map(range -> new Target.SourceTo(range, ports))
                .orElseGet(() -> new Target.Masquerade(ports));
    }
}
