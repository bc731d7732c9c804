// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.plan;

import io.vnetc.compiler.kind.BridgeAddress;
import io.vnetc.compiler.kind.Route;
import io.vnetc.compiler.kind.UplinkPort;
import io.vnetc.compiler.state.Entry;
import io.vnetc.compiler.state.HostState;
import io.vnetc.compiler.state.KindTable;
import io.vnetc.compiler.state.Resource;
import io.vnetc.compiler.state.Standing;
import io.vnetc.dsl.value.InterfaceName;
import io.vnetc.dsl.value.IpAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What of the host's own addresses and routes a step takes to another link.
 *
 * @param from the link that they are on
 * @param to the link that they will be on
 * @param addresses that move
 * @param routes over a gateway that move, in the main table
 */
public record HostMove(InterfaceName from, InterfaceName to, List<BridgeAddress> addresses, List<Route> routes) {
    public HostMove {
        addresses = List.copyOf(addresses);
        routes = List.copyOf(routes);
    }

    /**
     * All of a plan.
     *
     * @param observed what the plan was made from
     */
    public static List<HostMove> of(KindTable kinds, List<Step> steps, HostState observed) {
        List<HostMove> moves = new ArrayList<>();
        for (Step step : steps) {
            Optional<InterfaceName> from = place(step.before());
            Optional<InterfaceName> to = place(step.after());
            if (from.isEmpty() || from.equals(to)) {
                continue;
            }
            List<BridgeAddress> addresses = new ArrayList<>();
            List<Route> routes = new ArrayList<>();
            for (Entry entry : observed.entries().values()) {
                Resource resource = entry.resource();
                if (entry.standing() == Standing.FOREIGN && kinds.takesAlong(step.before(), step.after(), resource)) {
                    if (resource instanceof BridgeAddress address) {
                        addresses.add(address);
                    } else if (resource instanceof Route route) {
                        routes.add(route);
                    }
                }
            }
            if (!addresses.isEmpty() && to.isPresent()) {
                moves.add(new HostMove(from.get(), to.get(), addresses, routes));
            }
        }
        return moves;
    }

    private static Optional<InterfaceName> place(Optional<Resource> side) {
        return side.filter(UplinkPort.class::isInstance).map(port -> ((UplinkPort) port).place());
    }

    /** Whether the host's way to everywhere moves. */
    public boolean movesDefaultRoute() {
        return routes.stream().anyMatch(route -> route.destination().length() == 0);
    }

    /** Whether an address moves. */
    public boolean moves(IpAddress address) {
        return addresses.stream().anyMatch(each -> each.inet().address().equals(address));
    }

    /** What a person should know before it is done. */
    String notice() {
        List<String> inets =
                addresses.stream().map(address -> address.inet().toString()).toList();
        return String.join(", ", inets) + (inets.size() == 1 ? " of the host moves" : " of the host move") + " from "
                + from + " to " + to + (movesDefaultRoute() ? ", with the default route" : "")
                + ": connections outlive that. What configures the host at boot has to leave " + from
                + " alone from then on, and rules of others that name " + from + " have to name " + to;
    }
}
