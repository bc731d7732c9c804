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
import io.vnetc.applier.netlink.route.BridgePortAttributes;
import io.vnetc.applier.netlink.route.LinkChange;
import io.vnetc.applier.netlink.route.LinkInfo;
import io.vnetc.compiler.kind.BridgePort;
import io.vnetc.compiler.kind.Carried;
import io.vnetc.compiler.kind.UplinkPort;
import io.vnetc.compiler.model.PortOption;
import io.vnetc.compiler.state.Kind;
import io.vnetc.dsl.value.InterfaceName;
import java.util.Optional;

/**
 * Links that are not ours, as ports of bridges that are. They have no place to write an owner on: all of them show as
 * somebody else's, and the ledger knows which are borrowed. What is a port of another's bridge is that one's affair, and
 * does not show.
 */
public final class UplinkPortDriver implements Driver<UplinkPort> {
    private static final int IFF_LOOPBACK = 0x8;

    @Override
    public Kind<UplinkPort> kind() {
        return UplinkPort.KIND;
    }

    @Override
    public void observe(Observation observation, StateBuilder into) throws DriverException {
        LinkView links = LinkView.of(observation);
        PortView ports = PortView.of(observation);
        for (Seen seen : links.all()) {
            if (couldBePort(seen) && !isPortOfAnother(seen, links)) {
                Carried carried = carried(seen, links, observation);
                into.foreign(RouteKernel.read("link " + seen.link().name(), () -> port(seen, links, ports, carried)));
            }
        }
    }

    /** Of what is a port of a bridge the bridge says whether it carries what is there for it. */
    private static Carried carried(Seen seen, LinkView links, Observation observation) throws DriverException {
        Optional<Seen> bridge = links.find(seen.link().masterIndex());
        if (bridge.isEmpty()) {
            return CarriedView.of(seen.link(), observation);
        }
        return bridge.get().carries().equals(seen.name())
                ? CarriedView.of(bridge.get().link(), observation)
                : Carried.NONE;
    }

    /** Whether it is an Ethernet link of somebody else's, and no bridge. */
    static boolean couldBePort(Seen seen) {
        return !seen.isOurs()
                && seen.name().isPresent()
                && seen.sort() != Sort.BRIDGE
                && seen.link().mac().isPresent()
                && (seen.link().flags() & IFF_LOOPBACK) == 0;
    }

    /** Whether it is a port of a bridge or bond that is somebody else's. */
    static boolean isPortOfAnother(Seen seen, LinkView links) {
        return seen.link().masterIndex().isPresent()
                && links.find(seen.link().masterIndex()).filter(Seen::isOurs).isEmpty();
    }

    private static UplinkPort port(Seen seen, LinkView links, PortView ports, Carried carried) {
        LinkInfo link = seen.link();
        // What is in a bond of ours is a member of that, and a port of nothing.
        Optional<InterfaceName> bridge = links.find(link.masterIndex())
                .filter(master -> master.sort() == Sort.BRIDGE)
                .flatMap(Seen::name);
        return new UplinkPort(seen.name().orElseThrow(), bridge, ports.port(link), link.isUp(), carried);
    }

    @Override
    public void move(Change<UplinkPort> change, HostContext host) throws DriverException {
        Borrowing.move(change, host, UplinkPortDriver::change);
    }

    private static void change(UplinkPort old, UplinkPort now, HostContext host) throws DriverException {
        String name = now.link().text();
        LinkChange place = LinkChange.change(name);
        if (!old.bridge().equals(now.bridge())) {
            if (now.bridge().isPresent()) {
                place.master(now.bridge().get().text());
            } else {
                place.noMaster();
            }
        }
        if (old.up() != now.up()) {
            place.up(now.up());
        }
        if (old.place().equals(now.place())) {
            send(place, name, host);
        } else {
            carry(old, now, place, host);
        }
        if (now.bridge().isPresent()
                && !(old.bridge().equals(now.bridge()) && old.port().equals(now.port()))) {
            send(settings(name, now.port()), name, host);
            BridgePort before = old.bridge().equals(now.bridge()) ? old.port() : BridgePort.DEFAULT;
            try {
                // The rest: its VLANs.
                PortMessages.move(
                        now.link(),
                        now.bridge().get(),
                        now.port().withVlans(before.vlans()),
                        now.port(),
                        RouteKernel.socket(host));
            } catch (NetlinkException e) {
                throw RouteKernel.refused("cannot change " + name + " as a port", e);
            }
        }
    }

    private static void carry(UplinkPort old, UplinkPort now, LinkChange place, HostContext host)
            throws DriverException {
        try {
            Carriage.move(old, now, place, RouteKernel.socket(host));
        } catch (NetlinkException e) {
            throw RouteKernel.refused("cannot move " + now.link() + " from " + old.place() + " to " + now.place(), e);
        }
    }

    /** All of them: those that a link gets when it becomes a port depend on its speed. */
    static LinkChange settings(String name, BridgePort port) {
        LinkChange message = LinkChange.change(name)
                .port(BridgePortAttributes.ISOLATED, bit(port.isolated()))
                .port(BridgePortAttributes.MODE, bit(port.hairpin()))
                .port(BridgePortAttributes.LEARNING, bit(port.learning()))
                .port(BridgePortAttributes.UNICAST_FLOOD, bit(port.flood()))
                .port(BridgePortAttributes.COST, (long) port.cost())
                .port(BridgePortAttributes.PRIORITY, (long) port.priority());
        for (PortOption option : PortOption.values()) {
            message.port(PortOptions.attribute(option), bit(port.options().contains(option)));
        }
        return message;
    }

    private static long bit(boolean on) {
        return on ? 1 : 0;
    }

    private static void send(LinkChange message, String link, HostContext host) throws DriverException {
        try {
            RouteKernel.socket(host).apply(message);
        } catch (NetlinkException e) {
            throw RouteKernel.refused("cannot change " + link + " as a port", e);
        }
    }
}
