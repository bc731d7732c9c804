// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.kinds.rtnetlink;

import io.vnetc.applier.host.HostContext;
import io.vnetc.applier.kinds.Change;
import io.vnetc.applier.kinds.DriverException;
import io.vnetc.applier.kinds.rtnetlink.Ipv6Settings.Inherited;
import io.vnetc.applier.netlink.NetlinkException;
import io.vnetc.applier.netlink.route.LinkChange;
import io.vnetc.applier.netlink.route.RouteSocket;
import io.vnetc.compiler.kind.Bridge;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Makes bridges, many at once: the first message of all of them in few sends, then the second, and so on. None is up
 * before it is configured. The first that fails ends it: those before it are made, it and those after it are not there.
 */
final class BridgeMaking {
    private final HostContext host;
    private final RouteSocket socket;
    private final List<Change<Bridge>> changes;
    /** Which of them, from the first, are still on their way. */
    private int going;

    private Optional<DriverException> failure = Optional.empty();

    private BridgeMaking(List<Change<Bridge>> changes, HostContext host) throws DriverException {
        this.host = host;
        this.socket = RouteKernel.socket(host);
        this.changes = changes;
        this.going = changes.size();
    }

    static void make(List<Change<Bridge>> changes, HostContext host, Consumer<Change<Bridge>> done)
            throws DriverException {
        BridgeMaking making = new BridgeMaking(changes, host);
        making.check();
        making.create();
        making.send(BridgeMessages::configuration);
        making.writeSettings();
        making.setHostVlans();
        making.send(BridgeMessages::completion);
        changes.subList(0, making.going).forEach(done);
        if (making.failure.isPresent()) {
            throw making.failure.get();
        }
    }

    private Bridge bridge(int at) {
        return changes.get(at).after().orElseThrow();
    }

    private static String what(Bridge bridge) {
        return "cannot make the bridge " + bridge.name();
    }

    /** What the kernel would silently make something else of. */
    private void check() {
        for (int i = 0; i < going; i++) {
            Optional<DriverException> wrong = BridgeDriver.check(bridge(i), what(bridge(i)));
            if (wrong.isPresent()) {
                failure = wrong;
                going = i;
            }
        }
    }

    /** The first messages; a name that is taken belongs to somebody, so what is there by it is never given up. */
    private void create() throws DriverException {
        List<LinkChange> messages = messages(BridgeMessages::creation);
        List<Optional<NetlinkException>> outcomes;
        try {
            outcomes = socket.applyAll(messages);
        } catch (NetlinkException e) {
            throw giveUp(0, RouteKernel.refused(what(bridge(0)), e), List.of());
        }
        for (int i = 0; i < outcomes.size(); i++) {
            if (outcomes.get(i).isPresent()) {
                giveUp(i, RouteKernel.refused(what(bridge(i)), outcomes.get(i).get()), outcomes);
                return;
            }
        }
    }

    private void setHostVlans() {
        for (int i = 0; i < going; i++) {
            Bridge bridge = bridge(i);
            for (io.vnetc.applier.netlink.route.Change message : PortMessages.hostVlans(
                    bridge.name().text(), List.of(), bridge.switching().hostVlans())) {
                try {
                    socket.apply(message);
                } catch (NetlinkException e) {
                    giveUp(i, RouteKernel.refused(what(bridge), e), List.of());
                    return;
                }
            }
        }
    }

    private void send(Function<Bridge, LinkChange> message) throws DriverException {
        List<Optional<NetlinkException>> outcomes;
        try {
            outcomes = socket.applyAll(messages(message));
        } catch (NetlinkException e) {
            throw giveUp(0, RouteKernel.refused(what(bridge(0)), e), List.of());
        }
        for (int i = 0; i < outcomes.size(); i++) {
            if (outcomes.get(i).isPresent()) {
                giveUp(i, RouteKernel.refused(what(bridge(i)), outcomes.get(i).get()), List.of());
                return;
            }
        }
    }

    private List<LinkChange> messages(Function<Bridge, LinkChange> message) {
        List<LinkChange> messages = new ArrayList<>(going);
        for (int i = 0; i < going; i++) {
            messages.add(message.apply(bridge(i)));
        }
        return messages;
    }

    private void writeSettings() {
        boolean anyRouter = changes.subList(0, going).stream()
                .anyMatch(change -> change.after().orElseThrow().ipv6Forwarding());
        try {
            Inherited inherited = Inherited.read();
            if (anyRouter) {
                Ipv6Settings.keepingRoutersOfOthers(host, () -> writeAll(inherited));
            } else {
                writeAll(inherited);
            }
        } catch (DriverException e) {
            giveUp(0, e, List.of());
        }
    }

    private void writeAll(Inherited inherited) {
        for (int i = 0; i < going; i++) {
            Bridge bridge = bridge(i);
            try {
                if (BridgeMessages.hasIpv6(bridge)) {
                    Ipv6Settings.writeFirst(bridge.name().text(), inherited, bridge.ipv6(), bridge.ipv6Forwarding());
                }
            } catch (DriverException e) {
                giveUp(i, e, List.of());
            }
        }
    }

    /**
     * Takes the bridges from one on away again.
     *
     * @param creations what became of the messages that made them; empty where all are made, or may be
     */
    private DriverException giveUp(int first, DriverException why, List<Optional<NetlinkException>> creations) {
        failure = Optional.of(why);
        List<String> made = new ArrayList<>();
        for (int i = first; i < going; i++) {
            if (creations.isEmpty() || creations.get(i).isEmpty()) {
                made.add(bridge(i).name().text());
            }
        }
        going = first;
        try {
            new LinkRemoval(host, LinkView.Sort.BRIDGE).remove(made, name -> {});
        } catch (DriverException e) {
            // What is left shows as ours in the next observation.
            why.addSuppressed(e);
        }
        return why;
    }
}
