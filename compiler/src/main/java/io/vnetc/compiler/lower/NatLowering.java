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
import io.vnetc.dsl.value.Cidr;
import io.vnetc.dsl.value.IpFamily;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** Whose packets leave with the host's address, of one family. */
final class NatLowering {
    /** What never leaves the link: 224.0.0.0/24 (RFC 5771 section 4), the limited broadcast, ff02::/16 (RFC 4291). */
    private static final List<Cidr> LOCAL =
            List.of(Cidr.parse("224.0.0.0/24"), Cidr.parse("255.255.255.255/32"), Cidr.parse("ff02::/16"));

    private NatLowering() {}

    /** The table; absent where no network needs it. */
    static Optional<FirewallTable> lower(HostNetworks networks, IpFamily family) {
        TreeMap<String, List<ChainLine>> chains = new TreeMap<>();
        for (Network network : networks.ours()) {
            if (network.forwarding() instanceof Forwarding.Nat nat && HostNetworks.speaks(network, family)) {
                String chain = Chains.nat(network.bridge().name());
                for (Cidr prefix : HostNetworks.prefixes(network, family)) {
                    chains.computeIfAbsent(Chains.POSTROUTING, absent -> new ArrayList<>())
                            .add(Rule.jump(chain).from(prefix));
                }
                chains.put(chain, rules(network, nat, family));
            }
        }
        return chains.isEmpty()
                ? Optional.empty()
                : Optional.of(new FirewallTable(family, FirewallTable.Table.NAT, chains, List.of("POSTROUTING")));
    }

    private static List<ChainLine> rules(Network network, Forwarding.Nat nat, IpFamily family) {
        List<ChainLine> rules = new ArrayList<>();
        for (Cidr prefix : HostNetworks.prefixes(network, family)) {
            rules.add(Rule.to(new Target.Return()).into(prefix));
        }
        for (Cidr local : LOCAL) {
            if (local.family() == family) {
                rules.add(Rule.to(new Target.Return()).into(local));
            }
        }
        if (nat.via().isEmpty()) {
            masquerade(nat, UnaryOperator.identity(), rules);
        }
        nat.via().forEach(uplink -> masquerade(nat, rule -> rule.out(uplink.link()), rules));
        return rules;
    }

    private static void masquerade(Forwarding.Nat nat, UnaryOperator<Rule> by, List<ChainLine> rules) {
        nat.ports().ifPresent(ports -> {
            for (Protocol protocol : List.of(Protocol.TCP, Protocol.UDP)) {
                rules.add(by.apply(Rule.accept().protocol(protocol).target(new Target.Masquerade(Optional.of(ports)))));
            }
        });
        rules.add(by.apply(Rule.to(new Target.Masquerade(Optional.empty()))));
    }
}
