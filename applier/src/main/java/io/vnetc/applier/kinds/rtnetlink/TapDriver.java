// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.kinds.rtnetlink;

import io.vnetc.applier.host.HostContext;
import io.vnetc.applier.kinds.Change;
import io.vnetc.applier.kinds.Driver;
import io.vnetc.applier.kinds.DriverException;
import io.vnetc.applier.kinds.Observation;
import io.vnetc.applier.kinds.Requirement;
import io.vnetc.applier.kinds.StateBuilder;
import io.vnetc.applier.kinds.rtnetlink.LinkView.Seen;
import io.vnetc.applier.kinds.rtnetlink.LinkView.Sort;
import io.vnetc.applier.netlink.NetlinkException;
import io.vnetc.applier.netlink.route.AddressGeneration;
import io.vnetc.applier.netlink.route.LinkAttributes;
import io.vnetc.applier.netlink.route.LinkChange;
import io.vnetc.applier.netlink.route.LinkInfo;
import io.vnetc.applier.netlink.route.TunAttributes;
import io.vnetc.compiler.kind.BridgePort;
import io.vnetc.compiler.kind.Marks;
import io.vnetc.compiler.kind.Tap;
import io.vnetc.compiler.state.Kind;
import io.vnetc.dsl.value.InterfaceName;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/** Persistent taps of ours: those in our group that bear an alias of ours. */
public final class TapDriver implements Driver<Tap> {
    /** What taps are made with. */
    static final Requirement TUN_DEVICE = Requirement.device(
            Path.of("/dev/net/tun"),
            "Load its module: modprobe tun; a container needs --device /dev/net/tun; an ordinary user has to be"
                    + " let at it: sudo chmod 666 /dev/net/tun.");

    private static final Runs<Tap> RUNS = new Runs<>(TapMaking::make, TapDriver::changeEach, TapDriver::delete);

    @Override
    public Kind<Tap> kind() {
        return Tap.KIND;
    }

    @Override
    public void observe(Observation observation, StateBuilder into) throws DriverException {
        LinkView links = LinkView.of(observation);
        PortView ports = PortView.of(observation);
        Set<String> held = new TreeSet<>();
        for (Seen seen : links.all()) {
            if (seen.isOurs() && seen.sort() == Sort.TAP) {
                LinkInfo link = seen.link();
                into.owned(RouteKernel.read("tap " + link.name(), () -> tap(seen, links, ports)));
                if (isHeld(link)) {
                    held.add(link.name());
                }
            }
        }
        if (!held.isEmpty()) {
            Map<String, String> holders = TapHolders.find(held);
            for (String name : held) {
                if (holders.containsKey(name)) {
                    into.held(new InterfaceName(name), holders.get(name));
                } else {
                    into.held(new InterfaceName(name));
                }
            }
        }
    }

    private static Tap tap(Seen seen, LinkView links, PortView ports) {
        LinkInfo link = seen.link();
        return new Tap(
                seen.name().orElseThrow(),
                seen.owner().orElseThrow(),
                link.tun(TunAttributes.OWNER),
                link.tun(TunAttributes.GROUP),
                link.tun(TunAttributes.MULTI_QUEUE).orElse(0L) != 0,
                link.mtu(),
                links.master(link),
                ports.port(link),
                link.isUp(),
                seen.isProtected());
    }

    /** It has carrier while a process has it open, whether it is up or not. */
    private static boolean isHeld(LinkInfo link) {
        return link.attributes().number(LinkAttributes.CARRIER, 0) != 0;
    }

    /** Whether a process has a tap open at this moment, and not when the host was looked at. */
    public static boolean isHeldNow(InterfaceName tap, HostContext host) throws DriverException {
        return RouteKernel.read("the links", RouteKernel.socket(host)::links)
                .find(tap.text())
                .filter(TapDriver::isHeld)
                .isPresent();
    }

    @Override
    public void move(Change<Tap> change, HostContext host) throws DriverException {
        moveAll(List.of(change), host, made -> {});
    }

    @Override
    public void moveAll(List<Change<Tap>> changes, HostContext host, Consumer<Change<Tap>> done)
            throws DriverException {
        RUNS.move(changes, host, done);
    }

    @Override
    public Set<Requirement> requirements(List<Change<Tap>> changes) {
        Set<Requirement> wanted = new HashSet<>(Driver.super.requirements(changes));
        if (changes.stream().anyMatch(Change::isCreate)) {
            wanted.add(TUN_DEVICE);
        }
        return wanted;
    }

    private static void changeEach(List<Change<Tap>> changes, HostContext host, Consumer<Change<Tap>> done)
            throws DriverException {
        for (Change<Tap> change : changes) {
            Tap old = change.before().orElseThrow();
            Tap now = change.after().orElseThrow();
            if (!Tap.KIND.changesInPlace(old, now)) {
                throw new IllegalArgumentException("the tap " + now.name() + " has to be made again");
            }
            try {
                change(old, now, host);
            } catch (DriverException e) {
                takeBack(now, old, host, e);
                throw e;
            }
            done.accept(change);
        }
    }

    private static void takeBack(Tap half, Tap former, HostContext host, DriverException why) {
        try {
            change(half, former, host);
        } catch (DriverException e) {
            why.addSuppressed(e);
        }
    }

    private static void change(Tap old, Tap now, HostContext host) throws DriverException {
        LinkChange message = LinkChange.change(now.name().text());
        if (!old.owner().equals(now.owner()) || old.isProtected() != now.isProtected()) {
            message.alias(Marks.alias(now.owner(), now.isProtected()));
        }
        if (old.mtu() != now.mtu()) {
            message.mtu(now.mtu());
        }
        boolean moves = !old.bridge().equals(now.bridge());
        BridgePort port = moves ? PortMessages.fresh() : old.port();
        boolean set = now.bridge().isPresent() && !port.equals(now.port());
        boolean up = old.up();
        if (moves && set && old.up()) {
            // Nothing passes before all is set that keeps it apart.
            send(LinkChange.change(now.name().text()).up(false), now, host);
            up = false;
        }
        if (moves) {
            if (now.bridge().isPresent()) {
                message.master(now.bridge().get().text());
            } else {
                message.noMaster();
            }
        }
        boolean later = moves && set;
        if (!later && up != now.up()) {
            message.up(now.up());
        }
        send(message, now, host);
        if (set) {
            try {
                PortMessages.move(now.name(), now.bridge().get(), port, now.port(), RouteKernel.socket(host));
            } catch (NetlinkException e) {
                throw RouteKernel.refused("cannot set the port " + now.name(), e);
            }
        }
        if (later && now.up()) {
            send(LinkChange.change(now.name().text()).up(true), now, host);
        }
        if (old.mtu() < Ipv6Settings.MIN_MTU && TapMaking.hasIpv6(now)) {
            // The kernel has just made its IPv6 settings anew.
            send(LinkChange.change(now.name().text()).addressGeneration(AddressGeneration.NONE), now, host);
            TapMaking.silence(now);
        }
    }

    private static void send(LinkChange message, Tap tap, HostContext host) throws DriverException {
        try {
            RouteKernel.socket(host).apply(message);
        } catch (NetlinkException e) {
            throw RouteKernel.refused("cannot change the tap " + tap.name(), e);
        }
    }

    private static void delete(List<Change<Tap>> changes, HostContext host, Consumer<Change<Tap>> done)
            throws DriverException {
        LinkRemoval.run(Sort.TAP, changes, Tap::name, host, done);
    }
}
