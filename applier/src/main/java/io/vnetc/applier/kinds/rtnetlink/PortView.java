// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.kinds.rtnetlink;

import io.vnetc.applier.host.HostContext;
import io.vnetc.applier.kinds.DriverException;
import io.vnetc.applier.kinds.Observation;
import io.vnetc.applier.kinds.rtnetlink.LinkView.Seen;
import io.vnetc.applier.kinds.rtnetlink.LinkView.Sort;
import io.vnetc.applier.netlink.route.BridgeAttributes;
import io.vnetc.applier.netlink.route.BridgeEntry;
import io.vnetc.applier.netlink.route.BridgePortAttributes;
import io.vnetc.applier.netlink.route.BridgeVlan;
import io.vnetc.applier.netlink.route.LinkInfo;
import io.vnetc.applier.netlink.route.RouteSocket;
import io.vnetc.applier.netlink.wire.Attribute;
import io.vnetc.compiler.kind.BridgePort;
import io.vnetc.compiler.kind.PortVlan;
import io.vnetc.dsl.value.MacAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** How the ports of bridges are set, all at one moment. What no port of ours can have is not read. */
final class PortView {
    private final LinkView links;
    /** Absent where the kernel's bridges know no VLANs. */
    private final Optional<Map<Integer, List<BridgeVlan>>> vlans;

    private final Map<Integer, List<MacAddress>> macs;

    private PortView(
            LinkView links, Optional<Map<Integer, List<BridgeVlan>>> vlans, Map<Integer, List<MacAddress>> macs) {
        this.links = links;
        this.vlans = vlans;
        this.macs = macs;
    }

    static PortView of(Observation observation) throws DriverException {
        LinkView links = LinkView.of(observation);
        return observation.share(PortView.class, host -> read(links, host));
    }

    private static PortView read(LinkView links, HostContext host) throws DriverException {
        RouteSocket socket = RouteKernel.socket(host);
        boolean ours = links.all().stream().anyMatch(Seen::isOurs);
        boolean knowsVlans = links.all().stream().anyMatch(seen -> knowsVlans(seen.link()));
        Optional<Map<Integer, List<BridgeVlan>>> vlans = ours && knowsVlans
                ? Optional.of(RouteKernel.read("the VLANs of bridges", socket::bridgeVlans))
                : Optional.empty();
        PortView withoutMacs = new PortView(links, vlans, Map.of());
        // An address is written only on a port that does not learn or that is in VLANs of its own; it is taken off
        // first.
        boolean written = links.all().stream()
                .filter(seen -> seen.isOurs() && seen.sort() == Sort.TAP)
                .map(seen -> withoutMacs.port(seen.link()))
                .anyMatch(port -> !port.learning() || !port.flood() || port.hasVlans());
        if (!written) {
            return withoutMacs;
        }
        Map<Integer, List<MacAddress>> macs = RouteKernel.read("what bridges know", socket::bridgeEntries).stream()
                .filter(BridgeEntry::fixed)
                .collect(Collectors.groupingBy(
                        BridgeEntry::port, Collectors.mapping(BridgeEntry::mac, Collectors.toList())));
        return new PortView(links, vlans, macs);
    }

    /** Whether a link is a bridge of a kernel whose bridges know VLANs. */
    static boolean knowsVlans(LinkInfo link) {
        return link.bridge(BridgeAttributes.VLAN_PROTOCOL).isPresent();
    }

    /** How a link is set as a port of its bridge; as by default where it has none. */
    BridgePort port(LinkInfo link) {
        if (link.port(BridgePortAttributes.STATE).isEmpty()) {
            return BridgePort.DEFAULT;
        }
        return new BridgePort(
                isOn(link, BridgePortAttributes.ISOLATED, false),
                isOn(link, BridgePortAttributes.MODE, false),
                isOn(link, BridgePortAttributes.LEARNING, true),
                isOn(link, BridgePortAttributes.UNICAST_FLOOD, true),
                number(link, BridgePortAttributes.COST, BridgePort.DEFAULT_COST),
                number(link, BridgePortAttributes.PRIORITY, BridgePort.DEFAULT_PRIORITY),
                vlans(link),
                PortOptions.of(link),
                macs.getOrDefault(link.index(), List.of()));
    }

    /** The VLANs whose frames the host gets from a bridge, without their tag and beside those of its own. */
    List<Integer> hostVlans(LinkInfo bridge) {
        return vlans.map(all -> all.getOrDefault(bridge.index(), List.of())).orElse(List.of()).stream()
                .filter(vlan -> vlan.untagged() && !vlan.pvid())
                .flatMap(
                        vlan -> IntStream.rangeClosed(vlan.first(), vlan.last()).boxed())
                .toList();
    }

    private List<PortVlan> vlans(LinkInfo link) {
        if (vlans.isEmpty()) {
            return BridgePort.DEFAULT.vlans();
        }
        List<PortVlan> own = PortVlan.canonical(vlans.get().getOrDefault(link.index(), List.of()).stream()
                .map(vlan -> new PortVlan(vlan.first(), vlan.last(), vlan.pvid(), vlan.untagged()))
                .toList());
        Optional<LinkInfo> bridge = links.find(link.masterIndex()).map(Seen::link);
        return bridge.isPresent() && own.equals(fresh(bridge.get())) ? BridgePort.DEFAULT.vlans() : own;
    }

    /** What a port of a bridge is in when it has just become one: somebody else's may have another default than 1. */
    static List<PortVlan> fresh(LinkInfo bridge) {
        int pvid = bridge.bridge(BridgeAttributes.VLAN_DEFAULT_PVID).orElse(1L).intValue();
        return pvid == 0 ? List.of() : List.of(new PortVlan(pvid, pvid, true, true));
    }

    private static boolean isOn(LinkInfo link, Attribute<Long> option, boolean absent) {
        return link.port(option).map(value -> value != 0).orElse(absent);
    }

    private static int number(LinkInfo link, Attribute<Long> option, int absent) {
        return link.port(option).map(Math::toIntExact).orElse(absent);
    }
}
