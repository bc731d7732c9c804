// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.kinds.rtnetlink;

import io.vnetc.applier.host.HostContext;
import io.vnetc.applier.kinds.Change;
import io.vnetc.applier.kinds.DriverException;
import io.vnetc.applier.netlink.NetlinkException;
import io.vnetc.applier.netlink.route.RouteSocket;
import io.vnetc.compiler.state.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Takes changes that are one message each, or none, many to a send. When one is refused, those after it, which the kernel
 * has made all the same, are taken back.
 *
 * @param message the message of a change, absent where the kernel has nothing to do
 * @param isDone whether a change that was refused is as good as made, or can be made after all
 * @param what what a change is, to stand before the kernel's words
 */
record Messages<R extends Resource>(
        Function<Change<R>, Optional<? extends io.vnetc.applier.netlink.route.Change>> message,
        SecondLook<R> isDone,
        Function<Change<R>, String> what) {
    /** Looks again at a change that was refused. */
    @FunctionalInterface
    interface SecondLook<R extends Resource> {
        boolean isDone(Change<R> change, NetlinkException refusal, RouteSocket socket)
                throws NetlinkException, DriverException;
    }

    void move(List<Change<R>> changes, HostContext host, Consumer<Change<R>> done) throws DriverException {
        RouteSocket socket = RouteKernel.socket(host);
        List<Optional<NetlinkException>> outcomes;
        try {
            outcomes = send(changes, socket);
        } catch (NetlinkException e) {
            throw RouteKernel.refused(what.apply(changes.get(0)), e);
        }
        for (int i = 0; i < changes.size(); i++) {
            Change<R> change = changes.get(i);
            Optional<NetlinkException> refusal = outcomes.get(i);
            if (refusal.isPresent() && !isDone(change, refusal.get(), socket)) {
                DriverException failure = RouteKernel.refused(what.apply(change), refusal.get());
                takeBack(changes, outcomes, i + 1, socket, failure);
                throw failure;
            }
            done.accept(change);
        }
    }

    private boolean isDone(Change<R> change, NetlinkException refusal, RouteSocket socket) throws DriverException {
        try {
            return isDone.isDone(change, refusal, socket);
        } catch (NetlinkException e) {
            throw RouteKernel.refused(what.apply(change), e);
        }
    }

    /** For each change why it was refused, if it was. */
    private List<Optional<NetlinkException>> send(List<Change<R>> changes, RouteSocket socket) throws NetlinkException {
        List<io.vnetc.applier.netlink.route.Change> messages = new ArrayList<>();
        List<Integer> positions = new ArrayList<>();
        List<Optional<NetlinkException>> outcomes = new ArrayList<>();
        for (Change<R> change : changes) {
            Optional<? extends io.vnetc.applier.netlink.route.Change> one = message.apply(change);
            if (one.isPresent()) {
                positions.add(outcomes.size());
                messages.add(one.get());
            }
            outcomes.add(Optional.empty());
        }
        List<Optional<NetlinkException>> answers = socket.applyAll(messages);
        for (int i = 0; i < answers.size(); i++) {
            outcomes.set(positions.get(i), answers.get(i));
        }
        return outcomes;
    }

    private void takeBack(
            List<Change<R>> changes,
            List<Optional<NetlinkException>> outcomes,
            int from,
            RouteSocket socket,
            DriverException failure) {
        List<Change<R>> back = new ArrayList<>();
        for (int i = changes.size() - 1; i >= from; i--) {
            if (outcomes.get(i).isEmpty()) {
                Change<R> made = changes.get(i);
                back.add(new Change<>(made.after(), made.before(), made.origin()));
            }
        }
        try {
            send(back, socket);
        } catch (NetlinkException e) {
            failure.addSuppressed(e);
        }
    }
}
