// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.kinds.rtnetlink;

import io.vnetc.applier.host.HostContext;
import io.vnetc.applier.kinds.Change;
import io.vnetc.applier.kinds.DriverException;
import io.vnetc.applier.netlink.NetlinkException;
import io.vnetc.applier.netlink.route.AddressGeneration;
import io.vnetc.applier.netlink.route.Ipv6Setting;
import io.vnetc.applier.netlink.route.LinkChange;
import io.vnetc.applier.netlink.route.RouteSocket;
import io.vnetc.applier.netlink.system.Errno;
import io.vnetc.applier.netlink.system.SystemCallException;
import io.vnetc.compiler.kind.BridgePort;
import io.vnetc.compiler.kind.Marks;
import io.vnetc.compiler.kind.Tap;
import io.vnetc.dsl.value.MacAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * Makes taps. Each one is marked as ours before it stays, so that whatever happens meanwhile leaves either nothing or one
 * that bears our alias; it joins its bridge and comes up in the message after that.
 */
final class TapMaking {
    private static final long UPPERMOST_OCTET = 0xfeL << 40;
    private static final long LOWER_OCTETS = 0xff_ffff_ffffL;

    private TapMaking() {}

    static void make(List<Change<Tap>> changes, HostContext host, Consumer<Change<Tap>> done) throws DriverException {
        RouteSocket socket = RouteKernel.socket(host);
        BridgePort fresh = PortMessages.fresh();
        List<Tap> made = new ArrayList<>();
        Optional<DriverException> failure = Optional.empty();
        for (Change<Tap> change : changes) {
            try {
                create(change.after().orElseThrow(), socket);
                made.add(change.after().orElseThrow());
            } catch (DriverException e) {
                failure = Optional.of(e);
                break;
            }
        }
        List<Optional<NetlinkException>> outcomes;
        try {
            outcomes = socket.applyAll(
                    made.stream().map(tap -> completion(tap, fresh)).toList());
        } catch (NetlinkException e) {
            throw takeBack(
                    made,
                    RouteKernel.refused("cannot make the tap " + made.get(0).name(), e),
                    host);
        }
        for (int i = 0; i < made.size(); i++) {
            Optional<NetlinkException> refused = outcomes.get(i);
            if (refused.isPresent()) {
                throw takeBack(made.subList(i, made.size()), refusal(made.get(i), refused.get()), host);
            }
            try {
                plug(made.get(i), fresh, socket);
            } catch (NetlinkException e) {
                throw takeBack(made.subList(i, made.size()), refusal(made.get(i), e), host);
            }
            done.accept(changes.get(i));
        }
        if (failure.isPresent()) {
            throw failure.get();
        }
    }

    private static DriverException refusal(Tap tap, NetlinkException e) {
        return RouteKernel.refused("cannot make the tap " + tap.name(), e);
    }

    private static void create(Tap tap, RouteSocket socket) throws DriverException {
        io.vnetc.applier.netlink.tun.Tap device = new io.vnetc.applier.netlink.tun.Tap(
                tap.name().text(), number(tap.user()), number(tap.group()), tap.multiQueue());
        try {
            device.create(() -> {
                try {
                    socket.apply(configuration(tap));
                } catch (NetlinkException e) {
                    throw refusal(tap, e);
                }
                if (hasIpv6(tap)) {
                    silence(tap);
                }
            });
        } catch (SystemCallException e) {
            throw refusal(tap, e);
        }
    }

    private static OptionalLong number(Optional<Long> id) {
        return id.isPresent() ? OptionalLong.of(id.get()) : OptionalLong.empty();
    }

    private static DriverException refusal(Tap tap, SystemCallException e) {
        String what = "cannot make the tap " + tap.name();
        if (e.errno().equals(Errno.EINVAL)
                && (tap.user().isPresent() || tap.group().isPresent())) {
            return new DriverException(
                    what,
                    e.getMessage(),
                    "In a user namespace only ids that are mapped there can be given a tap: see /proc/self/uid_map.",
                    e);
        }
        if (e.errno().equals(Errno.ENOENT) || e.errno().equals(Errno.ENODEV)) {
            return new DriverException(what, e.getMessage(), "Load the module of /dev/net/tun: modprobe tun", e);
        }
        return RouteKernel.refused(what, e);
    }

    /** What a tap is before it is plugged in. */
    static LinkChange configuration(Tap tap) {
        LinkChange message = LinkChange.change(tap.name().text())
                .group(Marks.LINK_GROUP)
                .alias(Marks.alias(tap.owner(), tap.isProtected()))
                .mac(mac(tap))
                .mtu(tap.mtu());
        return hasIpv6(tap) ? message.addressGeneration(AddressGeneration.NONE) : message;
    }

    /**
     * A MAC address of the host's end, higher than any that is in use elsewhere: a bridge of somebody else's that takes its
     * own from its ports takes the lowest.
     */
    private static MacAddress mac(Tap tap) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest(("tap:" + tap.owner()).getBytes(StandardCharsets.UTF_8));
            long bits = 0;
            for (int i = 0; i < 5; i++) {
                bits = (bits << 8) | (hash[i] & 0xff);
            }
            return new MacAddress(UPPERMOST_OCTET | (bits & LOWER_OCTETS));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    static boolean hasIpv6(Tap tap) {
        return tap.mtu() >= Ipv6Settings.MIN_MTU && Ipv6Settings.isThere();
    }

    /** The host does not speak IPv6 on it, even while it is in no bridge: the guest could send a router's advertisements. */
    static void silence(Tap tap) throws DriverException {
        Ipv6Settings.write(tap.name().text(), Ipv6Setting.DISABLE_IPV6, true);
    }

    /** Whether its port is set before anything passes. */
    private static boolean isSet(Tap tap, BridgePort fresh) {
        return tap.bridge().isPresent() && !tap.port().equals(fresh);
    }

    private static void plug(Tap tap, BridgePort fresh, RouteSocket socket) throws NetlinkException {
        if (isSet(tap, fresh)) {
            PortMessages.move(tap.name(), tap.bridge().get(), fresh, tap.port(), socket);
            if (tap.up()) {
                socket.apply(LinkChange.change(tap.name().text()).up(true));
            }
        }
    }

    private static LinkChange completion(Tap tap, BridgePort fresh) {
        LinkChange message = LinkChange.change(tap.name().text()).up(tap.up() && !isSet(tap, fresh));
        return tap.bridge().isPresent() ? message.master(tap.bridge().get().text()) : message;
    }

    private static DriverException takeBack(List<Tap> made, DriverException why, HostContext host) {
        try {
            new LinkRemoval(host, LinkView.Sort.TAP)
                    .remove(made.stream().map(tap -> tap.name().text()).toList(), name -> {});
        } catch (DriverException e) {
            why.addSuppressed(e);
        }
        return why;
    }
}
