// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.cli;

import io.vnetc.applier.host.RemoteSession;
import io.vnetc.compiler.kind.Kinds;
import io.vnetc.compiler.plan.HostMove;
import io.vnetc.compiler.plan.Plan;
import io.vnetc.compiler.state.HostState;
import io.vnetc.dsl.value.IpAddress;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Refuses a plan that moves the way by which the host is reached, unless somebody says that it may. */
final class CutOffOption {
    @Option(
            names = "--yes-cut-me-off",
            description = "Move the way by which this host is reached: its default route, or the address that"
                    + " this session came in by.")
    private boolean agreed;

    /**
     * Ends the command where it has to.
     *
     * @param observed what the plan was made from
     * @param environment variables of this process
     */
    void check(Plan plan, HostState observed, Map<String, String> environment) {
        if (agreed) {
            return;
        }
        Optional<IpAddress> session = RemoteSession.localAddress(environment);
        for (HostMove move : HostMove.of(Kinds.TABLE, plan.steps(), observed)) {
            boolean ofSession = session.filter(move::moves).isPresent();
            if (ofSession || move.movesDefaultRoute()) {
                throw new CommandException(
                        ExitCode.REFUSED,
                        "this moves "
                                + (ofSession
                                        ? session.get() + ", by which this session came in,"
                                        : "the host's default route")
                                + " from " + move.from() + " to " + move.to() + "; nothing was touched",
                        "Connections outlive the move, and if anything fails all is taken back. But should packets not"
                                + " pass " + move.to()
                                + ", nobody reaches this host from outside: have another way in, as a console, and say"
                                + " --yes-cut-me-off");
            }
        }
    }
}
