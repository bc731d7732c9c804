// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.kinds.rtnetlink;

import io.vnetc.applier.host.HostContext;
import io.vnetc.applier.kinds.DriverException;
import io.vnetc.applier.kinds.Observation;
import io.vnetc.applier.kinds.rtnetlink.LinkView.Seen;
import io.vnetc.applier.netlink.NetlinkException;
import io.vnetc.applier.netlink.route.FilterInfo;
import io.vnetc.applier.netlink.route.HtbClassInfo;
import io.vnetc.applier.netlink.route.QdiscInfo;
import io.vnetc.applier.netlink.route.RouteSocket;
import io.vnetc.applier.netlink.route.TrafficHandle;
import io.vnetc.applier.netlink.route.U32Selector;
import io.vnetc.compiler.kind.HtbClass;
import io.vnetc.compiler.kind.MacFilter;
import io.vnetc.compiler.kind.MacFilter.Side;
import io.vnetc.compiler.kind.Shaping;
import io.vnetc.compiler.model.Owner;
import io.vnetc.dsl.value.InterfaceName;
import io.vnetc.dsl.value.LiteralException;
import io.vnetc.dsl.value.MacAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The queueing disciplines of all links at one moment; classes and filters are read of those links that have ours. */
final class TrafficView {
    private final Map<Integer, List<QdiscInfo>> byLink = new HashMap<>();
    private final Map<Integer, List<FilterInfo>> incoming = new HashMap<>();

    private TrafficView(List<QdiscInfo> qdiscs) {
        for (QdiscInfo qdisc : qdiscs) {
            byLink.computeIfAbsent(qdisc.linkIndex(), index -> new ArrayList<>(2))
                    .add(qdisc);
        }
    }

    static TrafficView of(Observation observation) throws DriverException {
        return observation.share(TrafficView.class, TrafficView::read);
    }

    static TrafficView read(HostContext host) throws DriverException {
        RouteSocket socket = RouteKernel.socket(host);
        return new TrafficView(RouteKernel.read("the qdiscs", socket::qdiscs));
    }

    /** What is at the root or at the ingress of a link; absent where nobody has put anything there. */
    Optional<QdiscInfo> at(int link, int parent) {
        return qdiscs(link).stream()
                .filter(qdisc -> qdisc.parent() == parent && qdisc.handle() != 0)
                .findFirst();
    }

    /** The filters of what comes in by a link, read when they are first asked for. */
    List<FilterInfo> incoming(int link, RouteSocket socket) throws NetlinkException {
        List<FilterInfo> known = incoming.get(link);
        if (known == null) {
            known = socket.filters(link, TrafficHandle.INGRESS_QDISC);
            incoming.put(link, known);
        }
        return known;
    }

    private List<QdiscInfo> qdiscs(int link) {
        return byLink.getOrDefault(link, List.of());
    }

    static boolean isOurs(QdiscInfo root) {
        return TrafficHandle.major(root.handle()) == Shaping.HANDLE
                && root.kind().equals("htb");
    }

    /** What a link is shaped by; absent where that is not ours. */
    Optional<Shaping> shaping(Seen seen, RouteSocket socket) throws NetlinkException {
        int link = seen.link().index();
        Optional<QdiscInfo> root = at(link, TrafficHandle.ROOT).filter(TrafficView::isOurs);
        if (root.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(shaping(seen.name().orElseThrow(), seen.owner().orElseThrow(), root.get(), socket));
    }

    private Shaping shaping(InterfaceName name, Owner owner, QdiscInfo root, RouteSocket socket)
            throws NetlinkException {
        Map<Integer, HtbClass.Queue> queues = new HashMap<>();
        for (QdiscInfo qdisc : qdiscs(root.linkIndex())) {
            if (TrafficHandle.major(qdisc.parent()) == Shaping.HANDLE) {
                int minor = TrafficHandle.minor(qdisc.parent());
                boolean inPlace = TrafficHandle.major(qdisc.handle()) == minor;
                queues.put(minor, new HtbClass.Queue(inPlace ? qdisc.kind() : "other", inPlace ? qdisc.limit() : 0));
            }
        }
        List<HtbClass> classes = new ArrayList<>();
        for (HtbClassInfo one : socket.htbClasses(root.linkIndex())) {
            if (TrafficHandle.major(one.handle()) == Shaping.HANDLE) {
                classes.add(htbClass(one, queues));
            }
        }
        List<MacFilter> filters = socket.filters(root.linkIndex(), root.handle()).stream()
                .map(TrafficView::filter)
                .toList();
        return new Shaping(name, owner, root.fallback(), classes, filters);
    }

    private static HtbClass htbClass(HtbClassInfo one, Map<Integer, HtbClass.Queue> queues) {
        int minor = TrafficHandle.minor(one.handle());
        boolean inner = one.level() > 0;
        return new HtbClass(
                minor,
                one.parent() == TrafficHandle.ROOT ? 0 : TrafficHandle.minor(one.parent()),
                one.rate(),
                one.ceil(),
                HtbClass.burst(one.burstTicks(), one.rate()),
                HtbClass.burst(one.ceilBurstTicks(), one.ceil()),
                inner ? 0 : (int) one.quantum(),
                Optional.ofNullable(queues.get(minor)));
    }

    /** A filter of ours by what it looks at, and any other by where it stands. */
    static MacFilter filter(FilterInfo seen) {
        int minor = TrafficHandle.minor(seen.classId());
        Optional<MacFilter> ours = seen.priority() == Shaping.PRIORITY
                        && seen.protocol() == FilterInfo.ALL_PROTOCOLS
                        && TrafficHandle.major(seen.classId()) == Shaping.HANDLE
                ? seen.selector().flatMap(selector -> byMac(selector, minor))
                : Optional.empty();
        return ours.orElseGet(() -> MacFilter.other(
                "pref " + seen.priority() + " " + seen.kind() + " " + Integer.toHexString(seen.handle()), minor));
    }

    private static Optional<MacFilter> byMac(U32Selector selector, int minor) {
        if (selector.keys().size() != 2) {
            return Optional.empty();
        }
        long first = selector.keys().get(0).value() & 0xffff_ffffL;
        long second = selector.keys().get(1).value() & 0xffff_ffffL;
        for (Side side : Side.values()) {
            long bits = side == Side.DST ? (first << 32 | second) & 0xffff_ffff_ffffL : first << 16 | second >>> 16;
            try {
                MacAddress mac = new MacAddress(bits);
                if (selector(side, mac).equals(selector)) {
                    return Optional.of(MacFilter.of(side, mac, minor));
                }
            } catch (LiteralException e) {
                // No address that an interface can have.
            }
        }
        return Optional.empty();
    }

    static U32Selector selector(Side side, MacAddress mac) {
        return side == Side.DST ? U32Selector.destination(mac) : U32Selector.source(mac);
    }
}
