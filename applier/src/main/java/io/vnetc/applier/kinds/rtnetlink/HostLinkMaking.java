// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.kinds.rtnetlink;

import io.vnetc.applier.host.HostContext;
import io.vnetc.applier.kinds.Change;
import io.vnetc.applier.kinds.DriverException;
import io.vnetc.applier.kinds.rtnetlink.Ipv6Settings.Inherited;
import io.vnetc.applier.kinds.rtnetlink.LinkView.Sort;
import io.vnetc.applier.netlink.NetlinkException;
import io.vnetc.applier.netlink.route.Ipv4Setting;
import io.vnetc.applier.netlink.route.Ipv6Setting;
import io.vnetc.applier.netlink.route.LinkChange;
import io.vnetc.applier.netlink.sysctl.Sysctl;
import io.vnetc.applier.netlink.system.Errno;
import io.vnetc.applier.netlink.system.SystemCallException;
import io.vnetc.applier.netlink.tun.Tap;
import io.vnetc.compiler.kind.BridgePort;
import io.vnetc.compiler.kind.HostLink;
import io.vnetc.compiler.kind.Marks;
import io.vnetc.compiler.link.LinkOptions;
import io.vnetc.compiler.link.LinkType;
import java.util.List;
import java.util.function.Consumer;

/** Makes the host's own links, and changes them. None is up before it is configured. */
final class HostLinkMaking {
    private final HostLink link;
    private final String what;
    private final HostContext host;

    private HostLinkMaking(HostLink link, String verb, HostContext host) {
        this.link = link;
        this.what = "cannot " + verb + " the " + link.type() + " " + link.name();
        this.host = host;
    }

    static void makeEach(List<Change<HostLink>> changes, HostContext host, Consumer<Change<HostLink>> done)
            throws DriverException {
        for (Change<HostLink> change : changes) {
            new HostLinkMaking(change.after().orElseThrow(), "make", host).make();
            done.accept(change);
        }
    }

    static void changeEach(List<Change<HostLink>> changes, HostContext host, Consumer<Change<HostLink>> done)
            throws DriverException {
        for (Change<HostLink> change : changes) {
            HostLink old = change.before().orElseThrow();
            HostLink now = change.after().orElseThrow();
            if (!HostLink.KIND.changesInPlace(old, now)) {
                throw new IllegalArgumentException("the link " + now.name() + " has to be made again");
            }
            try {
                new HostLinkMaking(now, "change", host).change(old);
            } catch (DriverException e) {
                try {
                    new HostLinkMaking(old, "change", host).change(now);
                } catch (DriverException again) {
                    e.addSuppressed(again);
                }
                throw e;
            }
            done.accept(change);
        }
    }

    /** Has the second end of a pair as it was made. */
    static void bare(HostLink end, HostContext host) throws DriverException {
        HostLinkMaking making = new HostLinkMaking(end, "take down", host);
        LinkChange message = making.message().up(false).alias("");
        making.send(end.bridge().isPresent() ? message.noMaster() : message);
    }

    private LinkChange message() {
        return LinkChange.change(link.name().text());
    }

    private void make() throws DriverException {
        if (link.type() == LinkType.TUN || link.type() == LinkType.TAP) {
            makeDevice();
        } else if (!link.isSecondEnd()) {
            send(creation());
        }
        try {
            send(configuration());
            configureIpv6();
            send(message().alias(Marks.alias(link.owner())));
            plug();
        } catch (DriverException e) {
            takeBack(e);
            throw e;
        }
    }

    private LinkChange creation() {
        String name = link.name().text();
        if (link.peer().isPresent()) {
            return LinkChange.createPair(name, link.peer().get().text(), Marks.LINK_GROUP);
        }
        String kind = link.type().toString();
        LinkChange creation = link.lower()
                .map(lower -> LinkChange.createOn(name, kind, lower.text()))
                .orElseGet(() -> LinkChange.create(name, kind))
                .group(Marks.LINK_GROUP);
        LinkOptionAttributes.write(link.type(), LinkOptions.NONE, link.options(), creation);
        return creation;
    }

    /** It is marked as ours before it stays. */
    private void makeDevice() throws DriverException {
        String name = link.name().text();
        try {
            (link.type() == LinkType.TUN ? Tap.ofPackets(name) : Tap.named(name))
                    .create(() -> send(message().group(Marks.LINK_GROUP).alias(Marks.alias(link.owner()))));
        } catch (SystemCallException e) {
            throw RouteKernel.refused(what, e);
        }
    }

    private boolean hasIpv6() {
        return link.mtu() >= Ipv6Settings.MIN_MTU && Ipv6Settings.isThere();
    }

    private LinkChange configuration() {
        LinkChange message = message()
                .mtu(link.mtu())
                .ipv4(Ipv4Setting.FORWARDING, link.addressing().ipv4Forwarding() ? 1 : 0);
        link.mac().ifPresent(message::mac);
        return message;
    }

    private void configureIpv6() throws DriverException {
        if (!hasIpv6()) {
            return;
        }
        Inherited inherited = Inherited.read();
        boolean forwarding = link.addressing().ipv6Forwarding();
        Ipv6Settings.Writing writing = () -> Ipv6Settings.writeFirst(
                link.name().text(), inherited, link.addressing().ipv6(), forwarding);
        if (forwarding) {
            Ipv6Settings.keepingRoutersOfOthers(host, writing);
        } else {
            writing.run();
        }
    }

    private void plug() throws DriverException {
        if (link.bridge().isPresent()) {
            join();
        }
        if (link.up()) {
            send(message().up(true));
        }
    }

    private void setPort(BridgePort before) throws DriverException {
        try {
            PortMessages.move(link.name(), link.bridge().orElseThrow(), before, link.port(), RouteKernel.socket(host));
        } catch (NetlinkException e) {
            throw RouteKernel.refused(what, e);
        }
    }

    private void takeBack(DriverException why) {
        try {
            if (link.isSecondEnd()) {
                bare(link, host);
            } else {
                new LinkRemoval(host, Sort.LINK).remove(List.of(link.name().text()), gone -> {});
            }
        } catch (DriverException e) {
            why.addSuppressed(e);
        }
    }

    private void change(HostLink old) throws DriverException {
        LinkChange message = LinkChange.changeKind(
                link.name().text(),
                link.type() == LinkType.TAP ? "tun" : link.type().toString());
        boolean changed = LinkOptionAttributes.write(link.type(), old.options(), link.options(), message);
        if (!changed) {
            // The kernel does not take the kind of some links without an option.
            message = message();
        }
        if (!old.owner().equals(link.owner())) {
            message.alias(Marks.alias(link.owner()));
            changed = true;
        }
        if (!old.mac().equals(link.mac()) && link.mac().isPresent()) {
            message.mac(link.mac().get());
            changed = true;
        }
        if (old.mtu() != link.mtu()) {
            message.mtu(link.mtu());
            changed = true;
        }
        if (old.up() && !link.up()) {
            message.up(false);
            changed = true;
        }
        if (changed) {
            send(message);
        }
        changeAddressing(old);
        changePort(old);
        if (!old.up() && link.up()) {
            send(message().up(true));
        }
    }

    private void changeAddressing(HostLink old) throws DriverException {
        boolean anew = old.mtu() < Ipv6Settings.MIN_MTU;
        if (hasIpv6() && (anew || (!old.up() && link.up()))) {
            // It may be what is left of one that was being made, or the kernel has just made its settings anew.
            configureIpv6();
        } else if (hasIpv6()) {
            changeIpv6(old);
        }
        if (old.addressing().ipv4Forwarding() != link.addressing().ipv4Forwarding()) {
            // By the file and not by netlink: only this has the kernel look up its cached routes anew.
            RouteKernel.write(
                    Sysctl.of(link.name().text(), Ipv4Setting.FORWARDING),
                    link.addressing().ipv4Forwarding() ? "1" : "0");
        }
    }

    private void changeIpv6(HostLink old) throws DriverException {
        String name = link.name().text();
        if (old.addressing().ipv6() != link.addressing().ipv6()) {
            Ipv6Settings.write(
                    name, Ipv6Setting.DISABLE_IPV6, !link.addressing().ipv6());
        }
        if (old.addressing().ipv6Forwarding() != link.addressing().ipv6Forwarding()) {
            if (link.addressing().ipv6Forwarding()) {
                Ipv6Settings.keepingRoutersOfOthers(host, () -> Ipv6Settings.writeForwarding(name, true));
            } else {
                Ipv6Settings.writeForwarding(name, false);
            }
        }
    }

    private void changePort(HostLink old) throws DriverException {
        if (old.bridge().equals(link.bridge())) {
            if (link.bridge().isPresent()) {
                setPort(old.port());
            }
            return;
        }
        if (link.bridge().isEmpty()) {
            send(message().noMaster());
            return;
        }
        join();
    }

    private void join() throws DriverException {
        send(message().master(link.bridge().orElseThrow().text()));
        send(UplinkPortDriver.settings(link.name().text(), link.port()));
        // The rest: its VLANs.
        setPort(link.port().withVlans(BridgePort.DEFAULT.vlans()));
    }

    private void send(LinkChange message) throws DriverException {
        try {
            RouteKernel.socket(host).apply(message);
        } catch (NetlinkException e) {
            throw e.errno().equals(Errno.EOPNOTSUPP)
                    ? new DriverException(
                            what,
                            e.getMessage(),
                            "Load its module: modprobe " + link.type().module(),
                            e)
                    : RouteKernel.refused(what, e);
        }
    }
}
