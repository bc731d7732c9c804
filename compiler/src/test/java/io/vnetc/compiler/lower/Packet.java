// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.lower;

import io.vnetc.compiler.kind.ChainLine;
import io.vnetc.compiler.kind.FirewallTable;
import io.vnetc.compiler.kind.Rule;
import io.vnetc.compiler.kind.Rule.ConnectionState;
import io.vnetc.compiler.kind.Target;
import io.vnetc.dsl.value.IpAddress;
import java.util.Optional;

/** A forwarded packet, and what becomes of it in a table: the kernel's way through the rules, spelled out. */
record Packet(String in, String out, IpAddress source, IpAddress destination, ConnectionState state) {
    enum Fate {
        ACCEPTED,
        REFUSED,
        /** No rule decided: the policy of the host does. */
        LEFT
    }

    Fate in(Optional<FirewallTable> table) {
        return table.filter(rules -> rules.jumps().contains("FORWARD"))
                .map(rules -> walk(rules, "VNET-FORWARD"))
                .orElse(Fate.LEFT);
    }

    private Fate walk(FirewallTable table, String chain) {
        for (ChainLine line : table.chains().get(chain)) {
            Rule rule = (Rule) line;
            if (meets(rule)) {
                if (rule.target() instanceof Target.Accept) {
                    return Fate.ACCEPTED;
                }
                if (rule.target() instanceof Target.Reject) {
                    return Fate.REFUSED;
                }
                if (rule.target() instanceof Target.Return) {
                    return Fate.LEFT;
                }
                if (rule.target() instanceof Target.Jump jump) {
                    Fate fate = walk(table, jump.chain());
                    if (fate != Fate.LEFT) {
                        return fate;
                    }
                }
            }
        }
        return Fate.LEFT;
    }

    private boolean meets(Rule rule) {
        return rule.in().filter(link -> !link.text().equals(in)).isEmpty()
                && rule.out().filter(link -> !link.text().equals(out)).isEmpty()
                && rule.source().filter(network -> !network.contains(source)).isEmpty()
                && rule.destination()
                        .filter(network -> !network.contains(destination))
                        .isEmpty()
                && (rule.states().isEmpty() || rule.states().contains(state));
    }
}
