// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.kinds.rtnetlink;

import io.vnetc.applier.host.HostContext;
import io.vnetc.applier.kinds.Change;
import io.vnetc.applier.kinds.Driver;
import io.vnetc.applier.kinds.DriverException;
import io.vnetc.applier.kinds.Observation;
import io.vnetc.applier.kinds.StateBuilder;
import io.vnetc.applier.kinds.rtnetlink.LinkView.Seen;
import io.vnetc.applier.netlink.NetlinkException;
import io.vnetc.applier.netlink.route.RouteChange;
import io.vnetc.applier.netlink.route.RouteChange.Action;
import io.vnetc.applier.netlink.route.RouteInfo;
import io.vnetc.applier.netlink.route.RouteSocket;
import io.vnetc.applier.netlink.route.RouteType;
import io.vnetc.applier.netlink.system.Errno;
import io.vnetc.compiler.kind.Marks;
import io.vnetc.compiler.kind.Route;
import io.vnetc.compiler.model.Owner;
import io.vnetc.compiler.state.Kind;
import io.vnetc.compiler.state.ResourceAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Unicast routes of the main table over a gateway. Ours are those that bear our protocol number. The kernel's own routes,
 * those without a gateway and those over several are not shown.
 */
public final class RouteDriver implements Driver<Route> {
    private static final int MAIN_TABLE = 254;
    private static final int OF_THE_KERNEL = 2;
    private static final Errno ESRCH = new Errno(3);

    private static final Messages<Route> MESSAGES =
            new Messages<>(RouteDriver::message, RouteDriver::isDone, RouteDriver::what);

    @Override
    public Kind<Route> kind() {
        return Route.KIND;
    }

    @Override
    public void observe(Observation observation, StateBuilder into) throws DriverException {
        LinkView links = LinkView.of(observation);
        RouteSocket socket = RouteKernel.socket(observation.host());
        List<RouteInfo> routes = RouteKernel.read("the routes", () -> socket.routes(MAIN_TABLE, OF_THE_KERNEL));
        List<Route> foreign = new ArrayList<>();
        Set<ResourceAddress> known = new HashSet<>();
        for (RouteInfo info : routes) {
            Optional<Route> route = route(info, links);
            if (route.isEmpty()) {
                continue;
            }
            if (info.protocol() != Marks.PROTOCOL) {
                foreign.add(route.get());
            } else if (known.add(route.get().address())) {
                into.owned(route.get());
            }
        }
        // Several may have one destination and metric, as the routers of IPv6: the first stands for all.
        for (Route route : foreign) {
            if (known.add(route.address())) {
                into.foreign(route);
            }
        }
    }

    private static Optional<Route> route(RouteInfo info, LinkView links) {
        Optional<Seen> seen = links.find(info.linkIndex());
        if (info.type() != RouteType.UNICAST
                || info.gateway().isEmpty()
                || info.isMultipath()
                || seen.flatMap(Seen::name).isEmpty()) {
            return Optional.empty();
        }
        Owner owner = seen.get().owner().orElse(Owner.HOST);
        return Optional.of(new Route(
                info.destination(),
                info.metric(),
                seen.get().name().get(),
                owner,
                info.gateway().get()));
    }

    @Override
    public void move(Change<Route> change, HostContext host) throws DriverException {
        moveAll(List.of(change), host, made -> {});
    }

    @Override
    public void moveAll(List<Change<Route>> changes, HostContext host, Consumer<Change<Route>> done)
            throws DriverException {
        MESSAGES.move(changes, host, done);
    }

    /** The owner is written on the link, so a change of it alone is none of the route. */
    private static Optional<RouteChange> message(Change<Route> change) {
        if (change.isCreate()) {
            return change.after().map(route -> message(Action.ADD, route));
        }
        if (change.isDelete()) {
            return change.before().map(route -> message(Action.DELETE, route));
        }
        Route old = change.before().orElseThrow();
        Route now = change.after().orElseThrow();
        return old.gateway().equals(now.gateway()) && old.link().equals(now.link())
                ? Optional.empty()
                : Optional.of(message(Action.REPLACE, now));
    }

    /** With all that is known of the route, so that a deletion meets this one only, by our protocol number too. */
    private static RouteChange message(Action action, Route route) {
        return RouteChange.of(action, route.destination())
                .via(route.gateway())
                .by(route.link().text())
                .withMetric(route.metric())
                .withProtocol(Marks.PROTOCOL);
    }

    /** What is to go and is not there went with its link, or with the address that its gateway was reached by. */
    private static boolean isDone(Change<Route> change, NetlinkException refusal, RouteSocket socket) {
        return change.isDelete()
                && (refusal.errno().equals(ESRCH) || refusal.errno().equals(Errno.ENODEV));
    }

    private static String what(Change<Route> change) {
        Route route = change.resource();
        String verb = change.isCreate() ? "make" : change.isDelete() ? "delete" : "change";
        return "cannot " + verb + " the route to " + route.destination() + " over " + route.gateway();
    }
}
