// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.kinds.firewall;

import io.vnetc.applier.host.HostContext;
import io.vnetc.applier.host.Programs;
import io.vnetc.applier.kinds.Change;
import io.vnetc.applier.kinds.Driver;
import io.vnetc.applier.kinds.DriverException;
import io.vnetc.applier.kinds.Observation;
import io.vnetc.applier.kinds.Requirement;
import io.vnetc.applier.kinds.StateBuilder;
import io.vnetc.applier.netlink.NetlinkException;
import io.vnetc.applier.netlink.conntrack.ConntrackSocket;
import io.vnetc.applier.netlink.conntrack.FlowInfo;
import io.vnetc.compiler.kind.FirewallTable;
import io.vnetc.compiler.kind.FirewallTable.Table;
import io.vnetc.compiler.kind.LostFlows;
import io.vnetc.compiler.kind.RuleFamily;
import io.vnetc.compiler.state.Kind;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Moves our part of a table in one commit of iptables-restore(8), which swaps the rules without losing a packet, and ends
 * the established flows of what is no longer allowed: connection tracking would let them go on.
 */
public final class FirewallDriver implements Driver<FirewallTable> {
    @Override
    public Kind<FirewallTable> kind() {
        return FirewallTable.KIND;
    }

    @Override
    public void observe(Observation observation, StateBuilder into) throws DriverException {
        for (RuleFamily family : RuleFamily.values()) {
            Optional<SavedRules> saved = save(family, observation.host().programs());
            for (Table table : family.tables()) {
                saved.flatMap(rules -> rules.table(table)).ifPresent(seen -> {
                    if (isOurs(seen)) {
                        into.owned(seen);
                    } else {
                        into.foreign(seen);
                    }
                });
            }
        }
    }

    /**
     * A table is ours when a built-in chain jumps to our chains, which both come in one commit, or when these lead on as
     * ours do, so that a jump that was flushed is mended. Chains of our names that do neither are somebody else's.
     */
    private static boolean isOurs(FirewallTable seen) {
        return !seen.jumps().isEmpty() || seen.hasOurShape();
    }

    /** Without the program there are no rules of it; that steps want it is their requirement. */
    private static Optional<SavedRules> save(RuleFamily family, Programs programs) throws DriverException {
        String program = family.saveCommand();
        if (programs.find(program).isEmpty()) {
            return Optional.empty();
        }
        String text = programs.succeed(Programs.Call.of(program), "cannot read the " + family + " rules");
        return Optional.of(SavedRules.parse(family, text));
    }

    @Override
    public void move(Change<FirewallTable> change, HostContext host) throws DriverException {
        FirewallTable table = change.resource();
        List<String> text = FirewallTable.restoreText(change.before(), change.after());
        if (!text.isEmpty()) {
            host.programs()
                    .succeed(
                            restore(table.family()).withInput(String.join("\n", text) + "\n"),
                            "cannot change the " + table.family() + " " + table.table() + " table");
        }
        List<LostFlows> closed = FirewallTable.closed(change.before(), change.after());
        if (!closed.isEmpty()) {
            endFlows(closed, host);
        }
    }

    private static Programs.Call restore(RuleFamily family) {
        return Programs.Call.of(family.restoreCommand(), family.restoreOptions().toArray(String[]::new));
    }

    private static void endFlows(List<LostFlows> closed, HostContext host) throws DriverException {
        try {
            ConntrackSocket conntrack = host.connection(ConntrackSocket.class, FirewallDriver::openConntrack);
            List<FlowInfo> ending = conntrack.flows().stream()
                    .filter(flow -> closed.stream().anyMatch(lost -> holds(lost, flow)))
                    .toList();
            conntrack.end(ending);
        } catch (NetlinkException e) {
            throw new DriverException(
                    "cannot end the connections that are no longer allowed",
                    e.getMessage(),
                    "The kernel needs CONFIG_NF_CT_NETLINK (module nf_conntrack_netlink).",
                    e);
        }
    }

    /** As it is seen where packets are filtered: before its source is translated, after its destination is. */
    private static boolean holds(LostFlows lost, FlowInfo flow) {
        return lost.hold(
                flow.original().protocol(),
                new LostFlows.End(flow.original().source(), flow.original().sourcePort()),
                new LostFlows.End(flow.reply().source(), flow.reply().sourcePort()));
    }

    private static ConntrackSocket openConntrack() throws DriverException {
        try {
            return ConntrackSocket.open();
        } catch (NetlinkException e) {
            throw new DriverException("cannot open the connection tracking table", e.getMessage(), "", e);
        }
    }

    @Override
    public Set<Requirement> requirements(List<Change<FirewallTable>> changes) {
        Set<Requirement> wanted = new HashSet<>(Driver.super.requirements(changes));
        for (Change<FirewallTable> change : changes) {
            RuleFamily family = change.resource().family();
            wanted.add(Requirement.program(family.saveCommand(), family.debianPackage()));
            wanted.add(Requirement.program(family.restoreCommand(), family.debianPackage()));
        }
        return wanted;
    }
}
