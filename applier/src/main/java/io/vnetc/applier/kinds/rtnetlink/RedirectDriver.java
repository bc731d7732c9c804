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
import io.vnetc.applier.netlink.route.FilterChange;
import io.vnetc.applier.netlink.route.FilterInfo;
import io.vnetc.applier.netlink.route.LinkInfo;
import io.vnetc.applier.netlink.route.QdiscChange;
import io.vnetc.applier.netlink.route.QdiscInfo;
import io.vnetc.applier.netlink.route.RouteSocket;
import io.vnetc.applier.netlink.route.TrafficHandle;
import io.vnetc.applier.netlink.system.Errno;
import io.vnetc.compiler.kind.Redirect;
import io.vnetc.compiler.kind.Shaping;
import io.vnetc.compiler.state.Kind;
import io.vnetc.dsl.value.InterfaceName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What comes in by links of ours and is sent through an ifb: an ingress qdisc with a filter of our priority. */
public final class RedirectDriver implements Driver<Redirect> {
    @Override
    public Kind<Redirect> kind() {
        return Redirect.KIND;
    }

    @Override
    public void observe(Observation observation, StateBuilder into) throws DriverException {
        TrafficView traffic = TrafficView.of(observation);
        LinkView links = LinkView.of(observation);
        for (Seen seen : links.all()) {
            Optional<QdiscInfo> ingress =
                    seen.isOurs() ? traffic.at(seen.link().index(), TrafficHandle.INGRESS) : Optional.empty();
            if (ingress.isPresent()) {
                redirect(seen, ingress.get(), traffic, links, observation.host())
                        .ifPresent(into::owned);
            }
        }
    }

    /** Ours, or only half made by us; absent where it is somebody else's. */
    static Optional<Redirect> redirect(
            Seen seen, QdiscInfo ingress, TrafficView traffic, LinkView links, HostContext host)
            throws DriverException {
        if (!ingress.kind().equals("ingress")) {
            return Optional.empty();
        }
        RouteSocket socket = RouteKernel.socket(host);
        List<FilterInfo> filters = RouteKernel.read(
                "what comes in by " + seen.link().name(),
                () -> traffic.incoming(seen.link().index(), socket));
        Optional<FilterInfo> own =
                filters.stream().filter(RedirectDriver::isOurs).findFirst();
        if (own.isEmpty() && !filters.isEmpty()) {
            return Optional.empty();
        }
        Optional<InterfaceName> through =
                own.flatMap(filter -> links.find(filter.redirectedTo())).flatMap(Seen::name);
        return Optional.of(new Redirect(seen.name().orElseThrow(), seen.owner().orElseThrow(), through));
    }

    private static boolean isOurs(FilterInfo filter) {
        return filter.priority() == Shaping.PRIORITY && filter.redirectedTo().isPresent();
    }

    private static List<FilterInfo> filters(int index, String name, HostContext host) throws DriverException {
        RouteSocket socket = RouteKernel.socket(host);
        return RouteKernel.read("what comes in by " + name, () -> socket.filters(index, TrafficHandle.INGRESS_QDISC));
    }

    @Override
    public void move(Change<Redirect> change, HostContext host) throws DriverException {
        if (change.isDelete()) {
            delete(change.before().orElseThrow(), host);
        } else if (change.isCreate()) {
            create(change.after().orElseThrow(), host);
        } else if (!change.before().get().through().equals(change.after().get().through())) {
            change(change.after().orElseThrow(), host);
        }
    }

    private static void create(Redirect now, HostContext host) throws DriverException {
        String link = now.link().text();
        RouteSocket socket = RouteKernel.socket(host);
        try {
            socket.apply(QdiscChange.addIngress(link));
        } catch (NetlinkException e) {
            throw refused(now, e);
        }
        if (now.through().isEmpty()) {
            return;
        }
        try {
            socket.apply(filter(now));
        } catch (NetlinkException e) {
            DriverException failure = refused(now, e);
            try {
                socket.apply(whole(link));
            } catch (NetlinkException suppressed) {
                failure.addSuppressed(suppressed);
            }
            throw failure;
        }
    }

    /** The new filter first: until the old one is gone, the kernel takes the first that it finds. */
    private static void change(Redirect now, HostContext host) throws DriverException {
        List<FilterInfo> old = there(now, host);
        List<io.vnetc.applier.netlink.route.Change> messages = new ArrayList<>();
        if (now.through().isPresent()) {
            messages.add(filter(now));
        }
        old.stream()
                .filter(RedirectDriver::isOurs)
                .forEach(filter -> messages.add(FilterChange.delete(now.link().text(), filter)));
        send(messages, now, host);
    }

    /** What somebody else has hung on the qdisc meanwhile stays, and the qdisc with it. */
    private static void delete(Redirect old, HostContext host) throws DriverException {
        List<FilterInfo> filters = there(old, host);
        if (filters.stream().allMatch(RedirectDriver::isOurs)) {
            send(List.of(whole(old.link().text())), old, host);
        } else {
            FilterChange own =
                    FilterChange.deleteAll(old.link().text(), TrafficHandle.INGRESS_QDISC, Shaping.PRIORITY, "u32");
            send(List.of(own), old, host);
        }
    }

    private static List<FilterInfo> there(Redirect redirect, HostContext host) throws DriverException {
        RouteSocket socket = RouteKernel.socket(host);
        String name = redirect.link().text();
        Optional<LinkInfo> link = RouteKernel.read("link " + name, () -> socket.link(name));
        return link.isEmpty() ? List.of() : filters(link.get().index(), name, host);
    }

    private static void send(List<io.vnetc.applier.netlink.route.Change> messages, Redirect redirect, HostContext host)
            throws DriverException {
        try {
            for (io.vnetc.applier.netlink.route.Change message : messages) {
                RouteKernel.socket(host).apply(message);
            }
        } catch (NetlinkException e) {
            throw refused(redirect, e);
        }
    }

    private static FilterChange filter(Redirect now) {
        return FilterChange.redirect(
                now.link().text(), Shaping.PRIORITY, now.through().orElseThrow().text());
    }

    private static QdiscChange whole(String link) {
        return QdiscChange.delete(link, TrafficHandle.INGRESS, TrafficHandle.INGRESS_QDISC);
    }

    private static DriverException refused(Redirect redirect, NetlinkException e) {
        return e.errno().equals(Errno.ENOENT)
                ? new DriverException(
                        what(redirect),
                        e.getMessage(),
                        "The kernel lacks what this is made of: modprobe -a sch_ingress cls_u32 act_mirred; `vnetc"
                                + " doctor` says more.",
                        e)
                : RouteKernel.refused(what(redirect), e);
    }

    private static String what(Redirect redirect) {
        return "cannot shape what comes in by " + redirect.link();
    }
}
