// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.kinds.rtnetlink;

import io.vnetc.applier.host.HostContext;
import io.vnetc.applier.kinds.Change;
import io.vnetc.applier.kinds.Driver;
import io.vnetc.applier.kinds.DriverException;
import io.vnetc.applier.kinds.Observation;
import io.vnetc.applier.kinds.StateBuilder;
import io.vnetc.applier.kinds.rtnetlink.LinkView.Seen;
import io.vnetc.applier.kinds.rtnetlink.LinkView.Sort;
import io.vnetc.applier.netlink.NetlinkException;
import io.vnetc.applier.netlink.route.AddressGeneration;
import io.vnetc.applier.netlink.route.Ipv6Setting;
import io.vnetc.applier.netlink.route.LinkChange;
import io.vnetc.applier.netlink.route.LinkInfo;
import io.vnetc.applier.netlink.route.MacvlanAttributes;
import io.vnetc.applier.netlink.system.Errno;
import io.vnetc.applier.netlink.tun.MacvtapDevice;
import io.vnetc.applier.netlink.wire.MessageFormatException;
import io.vnetc.compiler.kind.Macvtap;
import io.vnetc.compiler.kind.Marks;
import io.vnetc.compiler.state.Kind;
import io.vnetc.dsl.value.InterfaceName;
import io.vnetc.dsl.value.MacAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Macvtaps of ours: those in our group that bear an alias of ours, and what a killed run left of one. */
public final class MacvtapDriver implements Driver<Macvtap> {
    private static final InterfaceName GONE = new InterfaceName("gone");

    private static final Runs<Macvtap> RUNS =
            new Runs<>(MacvtapDriver::makeEach, MacvtapDriver::changeEach, MacvtapDriver::delete);

    @Override
    public Kind<Macvtap> kind() {
        return Macvtap.KIND;
    }

    @Override
    public void observe(Observation observation, StateBuilder into) throws DriverException {
        LinkView links = LinkView.of(observation);
        Map<Long, InterfaceName> devices = new TreeMap<>();
        for (Seen seen : links.all()) {
            if (seen.isOurs() && seen.sort() == Sort.MACVTAP) {
                into.owned(RouteKernel.read("macvtap " + seen.link().name(), () -> macvtap(seen, links)));
                number(seen.link())
                        .ifPresent(device -> devices.put(device, seen.name().orElseThrow()));
            }
        }
        if (!devices.isEmpty()) {
            TapHolders.ofDevices(devices.keySet()).forEach((device, holder) -> into.held(devices.get(device), holder));
        }
    }

    /** By the node of its index where {@code /sys} is of another network namespace. */
    private static Optional<Long> number(LinkInfo link) throws DriverException {
        Path node = MacvtapDevice.node(link.index());
        try {
            Optional<MacvtapDevice> device = device(link);
            return device.isPresent() || !Files.exists(node)
                    ? device.map(MacvtapDevice::number)
                    : Optional.of((Long) Files.getAttribute(node, "unix:rdev"));
        } catch (IOException e) {
            throw new DriverException("cannot look at the device of the macvtap " + link.name(), e.getMessage(), "", e);
        }
    }

    static Optional<MacvtapDevice> device(LinkInfo link) throws IOException {
        Optional<MacAddress> mac = link.mac();
        return mac.isPresent() ? MacvtapDevice.find(link.name(), link.index(), mac.get()) : Optional.empty();
    }

    private static Macvtap macvtap(Seen seen, LinkView links) {
        LinkInfo link = seen.link();
        long mode = link.macvtap(MacvlanAttributes.MODE).orElse(0L);
        return new Macvtap(
                seen.name().orElseThrow(),
                seen.owner().orElseThrow(),
                // Of a link in another namespace the name is not known here; it is not the one that was chosen.
                links.find(link.lowerIndex()).flatMap(Seen::name).orElse(GONE),
                Macvtap.Mode.of(mode).orElseThrow(() -> new MessageFormatException("a macvtap of the mode " + mode)),
                link.mac().orElseThrow(() -> new MessageFormatException("a macvtap without an Ethernet address")),
                link.mtu(),
                link.isUp(),
                seen.isProtected());
    }

    @Override
    public void move(Change<Macvtap> change, HostContext host) throws DriverException {
        moveAll(List.of(change), host, made -> {});
    }

    @Override
    public void moveAll(List<Change<Macvtap>> changes, HostContext host, Consumer<Change<Macvtap>> done)
            throws DriverException {
        RUNS.move(changes, host, done);
    }

    private static void makeEach(List<Change<Macvtap>> changes, HostContext host, Consumer<Change<Macvtap>> done)
            throws DriverException {
        for (Change<Macvtap> change : changes) {
            make(change.after().orElseThrow(), host);
            done.accept(change);
        }
    }

    /**
     * Down and in our group, then named, then up. The address comes in the second message: one that is passed through
     * takes that of the link below in the first.
     */
    private static void make(Macvtap wanted, HostContext host) throws DriverException {
        String name = wanted.name().text();
        String what = "cannot make the macvtap " + name;
        send(
                LinkChange.createMacvtap(name, wanted.lower().text())
                        .group(Marks.LINK_GROUP)
                        .macvtap(MacvlanAttributes.MODE, (long) wanted.mode().number()),
                what,
                host);
        try {
            boolean ipv6 = wanted.mtu() >= Ipv6Settings.MIN_MTU && Ipv6Settings.isThere();
            LinkChange configuration = LinkChange.change(name)
                    .alias(Marks.alias(wanted.owner(), wanted.isProtected()))
                    .mac(wanted.mac())
                    .mtu(wanted.mtu());
            send(ipv6 ? configuration.addressGeneration(AddressGeneration.NONE) : configuration, what, host);
            if (ipv6) {
                Ipv6Settings.write(name, Ipv6Setting.DISABLE_IPV6, true);
            }
            if (wanted.up()) {
                send(LinkChange.change(name).up(true), what, host);
            }
        } catch (DriverException e) {
            try {
                new LinkRemoval(host, Sort.MACVTAP).remove(List.of(name), gone -> {});
            } catch (DriverException left) {
                e.addSuppressed(left);
            }
            throw e;
        }
    }

    private static void changeEach(List<Change<Macvtap>> changes, HostContext host, Consumer<Change<Macvtap>> done)
            throws DriverException {
        for (Change<Macvtap> change : changes) {
            Macvtap old = change.before().orElseThrow();
            Macvtap now = change.after().orElseThrow();
            if (!Macvtap.KIND.changesInPlace(old, now)) {
                throw new IllegalArgumentException("the macvtap " + now.name() + " has to be made again");
            }
            try {
                change(old, now, host);
            } catch (DriverException e) {
                try {
                    change(now, old, host);
                } catch (DriverException again) {
                    e.addSuppressed(again);
                }
                throw e;
            }
            done.accept(change);
        }
    }

    private static void change(Macvtap old, Macvtap now, HostContext host) throws DriverException {
        String name = now.name().text();
        LinkChange message = old.mode() == now.mode() ? LinkChange.change(name) : LinkChange.changeMacvtap(name);
        if (!old.owner().equals(now.owner()) || old.isProtected() != now.isProtected()) {
            message.alias(Marks.alias(now.owner(), now.isProtected()));
        }
        if (old.mode() != now.mode()) {
            message.macvtap(MacvlanAttributes.MODE, (long) now.mode().number());
        }
        if (!old.mac().equals(now.mac())) {
            message.mac(now.mac());
        }
        if (old.mtu() != now.mtu()) {
            message.mtu(now.mtu());
        }
        if (old.up() != now.up()) {
            message.up(now.up());
        }
        send(message, "cannot change the macvtap " + name, host);
        if (old.mtu() < Ipv6Settings.MIN_MTU && now.mtu() >= Ipv6Settings.MIN_MTU && Ipv6Settings.isThere()) {
            // The kernel has just made its IPv6 settings anew.
            send(
                    LinkChange.change(name).addressGeneration(AddressGeneration.NONE),
                    "cannot change the macvtap " + name,
                    host);
            Ipv6Settings.write(name, Ipv6Setting.DISABLE_IPV6, true);
        }
    }

    private static void send(LinkChange message, String what, HostContext host) throws DriverException {
        try {
            RouteKernel.socket(host).apply(message);
        } catch (NetlinkException e) {
            throw refusal(what, e);
        }
    }

    private static DriverException refusal(String what, NetlinkException e) {
        return e.errno().equals(Errno.EOPNOTSUPP)
                ? new DriverException(what, e.getMessage(), "Load its module: modprobe macvtap", e)
                : RouteKernel.refused(what, e);
    }

    private static void delete(List<Change<Macvtap>> changes, HostContext host, Consumer<Change<Macvtap>> done)
            throws DriverException {
        LinkRemoval.run(Sort.MACVTAP, changes, Macvtap::name, host, done);
    }
}
