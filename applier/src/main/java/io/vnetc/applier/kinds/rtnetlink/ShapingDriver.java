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
import io.vnetc.applier.netlink.route.FilterInfo;
import io.vnetc.applier.netlink.route.LinkInfo;
import io.vnetc.applier.netlink.route.RouteSocket;
import io.vnetc.applier.netlink.route.TrafficHandle;
import io.vnetc.applier.netlink.system.Errno;
import io.vnetc.compiler.kind.Shaping;
import io.vnetc.compiler.state.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** What links of ours may send: htb under our handle at their root. */
public final class ShapingDriver implements Driver<Shaping> {
    /** As many links as are shaped in one go. */
    private static final int MOST_AT_ONCE = 100;

    private static final Runs<Shaping> RUNS =
            new Runs<>(ShapingDriver::make, ShapingDriver::changeEach, ShapingDriver::delete);

    @Override
    public Kind<Shaping> kind() {
        return Shaping.KIND;
    }

    @Override
    public void observe(Observation observation, StateBuilder into) throws DriverException {
        QueueKinds.find().forEach(into::feature);
        TrafficView traffic = TrafficView.of(observation);
        RouteSocket socket = RouteKernel.socket(observation.host());
        for (Seen seen : LinkView.of(observation).all()) {
            if (seen.isOurs()) {
                Optional<Shaping> shaping =
                        RouteKernel.read("the shaping of " + seen.link().name(), () -> traffic.shaping(seen, socket));
                shaping.ifPresent(into::owned);
            }
        }
    }

    @Override
    public void move(Change<Shaping> change, HostContext host) throws DriverException {
        moveAll(List.of(change), host, made -> {});
    }

    @Override
    public void moveAll(List<Change<Shaping>> changes, HostContext host, Consumer<Change<Shaping>> done)
            throws DriverException {
        RUNS.move(changes, host, done);
    }

    private static void make(List<Change<Shaping>> changes, HostContext host, Consumer<Change<Shaping>> done)
            throws DriverException {
        for (int from = 0; from < changes.size(); from += MOST_AT_ONCE) {
            makeSome(changes.subList(from, Math.min(changes.size(), from + MOST_AT_ONCE)), host, done);
        }
    }

    private static void makeSome(List<Change<Shaping>> changes, HostContext host, Consumer<Change<Shaping>> done)
            throws DriverException {
        List<io.vnetc.applier.netlink.route.Change> messages = new ArrayList<>();
        List<Integer> ends = new ArrayList<>();
        for (Change<Shaping> change : changes) {
            messages.addAll(ShapingMessages.create(change.after().orElseThrow()));
            ends.add(messages.size());
        }
        List<Optional<NetlinkException>> outcomes =
                send(messages, changes.get(0).resource(), host);
        Optional<DriverException> failure = Optional.empty();
        for (int i = 0, from = 0; i < changes.size(); from = ends.get(i++)) {
            Shaping shaping = changes.get(i).resource();
            Optional<NetlinkException> refused = outcomes.subList(from, ends.get(i)).stream()
                    .flatMap(Optional::stream)
                    .findFirst();
            if (refused.isEmpty() && failure.isEmpty()) {
                done.accept(changes.get(i));
                continue;
            }
            if (failure.isEmpty()) {
                failure = Optional.of(refused(shaping, refused.get()));
            }
            // Where the root itself was refused, somebody else's may be there.
            if (outcomes.get(from).isEmpty()) {
                takeBack(shaping, host, failure.get());
            }
        }
        if (failure.isPresent()) {
            throw failure.get();
        }
    }

    private static void takeBack(Shaping half, HostContext host, DriverException why) {
        try {
            RouteKernel.socket(host).apply(ShapingMessages.delete(half));
        } catch (NetlinkException | DriverException e) {
            why.addSuppressed(e);
        }
    }

    private static void changeEach(List<Change<Shaping>> changes, HostContext host, Consumer<Change<Shaping>> done)
            throws DriverException {
        for (Change<Shaping> change : changes) {
            Shaping old = change.before().orElseThrow();
            Shaping now = change.after().orElseThrow();
            if (!Shaping.KIND.changesInPlace(old, now)) {
                throw new IllegalArgumentException("the shaping of " + now.link() + " has to be made again");
            }
            try {
                change(old, now, host);
            } catch (DriverException e) {
                restore(old, host, e);
                throw e;
            }
            done.accept(change);
        }
    }

    private static void change(Shaping old, Shaping now, HostContext host) throws DriverException {
        Optional<List<FilterInfo>> filters = Optional.empty();
        if (!old.filters().equals(now.filters())) {
            RouteSocket socket = RouteKernel.socket(host);
            Optional<LinkInfo> link = RouteKernel.read(
                    "link " + now.link(), () -> socket.link(now.link().text()));
            if (link.isPresent()) {
                filters = Optional.of(RouteKernel.read(
                        "the filters of " + now.link(),
                        () -> socket.filters(link.get().index(), TrafficHandle.of(Shaping.HANDLE, 0))));
            }
        }
        List<io.vnetc.applier.netlink.route.Change> messages = ShapingMessages.change(old, now, filters);
        Optional<NetlinkException> refused =
                send(messages, now, host).stream().flatMap(Optional::stream).findFirst();
        if (refused.isPresent()) {
            throw refused(now, refused.get());
        }
    }

    /** Leaves what was there before, from whatever is there now. */
    private static void restore(Shaping former, HostContext host, DriverException why) {
        try {
            RouteSocket socket = RouteKernel.socket(host);
            TrafficView traffic = TrafficView.read(host);
            Optional<LinkView.Seen> seen = RouteKernel.read(
                    "link " + former.link(),
                    () -> socket.link(former.link().text()).map(LinkView::see));
            if (seen.isPresent() && seen.get().isOurs()) {
                Optional<Shaping> there = RouteKernel.read(what(former), () -> traffic.shaping(seen.get(), socket));
                if (there.isPresent()) {
                    change(there.get(), former, host);
                }
            }
        } catch (DriverException e) {
            why.addSuppressed(e);
        }
    }

    private static void delete(List<Change<Shaping>> changes, HostContext host, Consumer<Change<Shaping>> done)
            throws DriverException {
        List<Optional<NetlinkException>> outcomes = send(
                changes.stream()
                        .map(change -> ShapingMessages.delete(change.before().orElseThrow()))
                        .toList(),
                changes.get(0).resource(),
                host);
        Optional<DriverException> failure = Optional.empty();
        for (int i = 0; i < changes.size(); i++) {
            if (outcomes.get(i).isEmpty()) {
                done.accept(changes.get(i));
            } else if (failure.isEmpty()) {
                failure = Optional.of(RouteKernel.refused(
                        "cannot take the shaping of "
                                + changes.get(i).resource().link() + " away",
                        outcomes.get(i).get()));
            }
        }
        if (failure.isPresent()) {
            throw failure.get();
        }
    }

    private static List<Optional<NetlinkException>> send(
            List<io.vnetc.applier.netlink.route.Change> messages, Shaping first, HostContext host)
            throws DriverException {
        try {
            return RouteKernel.socket(host).applyAll(messages);
        } catch (NetlinkException e) {
            throw refused(first, e);
        }
    }

    private static DriverException refused(Shaping shaping, NetlinkException e) {
        return e.errno().equals(Errno.ENOENT)
                ? new DriverException(
                        what(shaping),
                        e.getMessage(),
                        "The kernel lacks what rates are made of: modprobe -a sch_htb cls_u32; `vnetc doctor` says more.",
                        e)
                : RouteKernel.refused(what(shaping), e);
    }

    private static String what(Shaping shaping) {
        return "cannot shape what " + shaping.link() + " sends";
    }
}
