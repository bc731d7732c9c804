// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.kinds.rtnetlink;

import io.vnetc.applier.netlink.NetlinkException;
import io.vnetc.applier.netlink.route.AddressChange;
import io.vnetc.applier.netlink.route.Change;
import io.vnetc.applier.netlink.route.LinkChange;
import io.vnetc.applier.netlink.route.RouteChange;
import io.vnetc.applier.netlink.route.RouteChange.Action;
import io.vnetc.applier.netlink.route.RouteSocket;
import io.vnetc.applier.netlink.system.Errno;
import io.vnetc.compiler.kind.CarriedAddress;
import io.vnetc.compiler.kind.CarriedRoute;
import io.vnetc.compiler.kind.UplinkPort;
import io.vnetc.dsl.value.InterfaceName;
import io.vnetc.dsl.value.IpFamily;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Takes an uplink into a bridge or out of it with the addresses and routes of the host, in one send: connections outlive
 * that, for no packet of theirs comes between two messages of it that would be answered by a reset.
 *
 * <p>The addresses go from the old place before they come to the new one. With the last copy of an address on a link the
 * kernel takes away all routes with that source, also those over another link (fib_sync_down_addr() in
 * net/ipv4/fib_semantics.c).
 */
final class Carriage {
    private final List<Change> messages = new ArrayList<>();

    private Carriage() {}

    /**
     * Sends it.
     *
     * @param place the message that puts the link where it is to be
     * @throws NetlinkException the first refusal that matters
     */
    static void move(UplinkPort old, UplinkPort now, LinkChange place, RouteSocket socket) throws NetlinkException {
        Carriage carriage = new Carriage();
        carriage.messages.add(place);
        old.carried().addresses().forEach(address -> carriage.messages.add(deletion(old.place(), address)));
        inOrder(now.carried().addresses()).forEach(address -> carriage.messages.add(addition(now.place(), address)));
        now.carried().routes().forEach(route -> carriage.messages.add(route(now.place(), route)));
        List<Optional<NetlinkException>> outcomes = socket.applyAll(carriage.messages);
        for (int i = 0; i < outcomes.size(); i++) {
            Optional<NetlinkException> refusal = outcomes.get(i);
            if (refusal.isPresent() && !isDone(carriage.messages.get(i), refusal.get())) {
                throw refusal.get();
            }
        }
    }

    /** As the kernel lists them: of IPv6 the last one that was made comes first. */
    private static List<CarriedAddress> inOrder(List<CarriedAddress> listed) {
        List<CarriedAddress> order = new ArrayList<>();
        for (CarriedAddress address : listed) {
            order.add(address.inet().family() == IpFamily.IPV6 ? 0 : order.size(), address);
        }
        return order;
    }

    private static AddressChange deletion(InterfaceName place, CarriedAddress address) {
        return AddressChange.delete(place.text(), address.inet());
    }

    private static AddressChange addition(InterfaceName place, CarriedAddress address) {
        AddressChange addition = AddressChange.add(place.text(), address.inet())
                .withScope(address.scope())
                .withMetric(address.metric());
        if (address.inet().family() == IpFamily.IPV6) {
            addition = addition.withoutDuplicateDetection();
        }
        if (!address.prefixRoute()) {
            addition = addition.withoutPrefixRoute();
        }
        if (address.broadcast().isPresent()) {
            addition = addition.withBroadcast(address.broadcast().get());
        }
        return address.label().isPresent() ? addition.withLabel(address.label().get()) : addition;
    }

    private static RouteChange route(InterfaceName place, CarriedRoute route) {
        RouteChange change = RouteChange.of(Action.REPLACE, route.destination())
                .by(place.text())
                .inTable(route.table())
                .withMetric(route.metric())
                .withProtocol(route.protocol())
                .withScope(route.scope());
        if (route.gateway().isPresent()) {
            change = change.via(route.gateway().get());
        }
        if (route.source().isPresent()) {
            change = change.withSource(route.source().get());
        }
        return route.onLink() ? change.withOnLinkGateway() : change;
    }

    /** An address that is to go may have gone with another one, and one that is to come may be there after half a move. */
    private static boolean isDone(Change message, NetlinkException refusal) {
        return message instanceof AddressChange change
                && refusal.errno().equals(change.add() ? Errno.EEXIST : Errno.EADDRNOTAVAIL);
    }
}
