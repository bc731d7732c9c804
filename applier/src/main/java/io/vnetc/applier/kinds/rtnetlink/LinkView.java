// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.kinds.rtnetlink;

import io.vnetc.applier.host.HostContext;
import io.vnetc.applier.kinds.DriverException;
import io.vnetc.applier.kinds.Observation;
import io.vnetc.applier.netlink.route.LinkInfo;
import io.vnetc.applier.netlink.route.LinkTable;
import io.vnetc.applier.netlink.route.RouteSocket;
import io.vnetc.applier.netlink.route.TunAttributes;
import io.vnetc.compiler.kind.Marks;
import io.vnetc.compiler.model.Owner;
import io.vnetc.dsl.value.InterfaceName;
import io.vnetc.dsl.value.LiteralException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * All links at one moment, and whose each is. Ours are those that bear an alias of ours and are in a group of ours: an alias
 * alone may be somebody's copy. A link but a tap in our group that is down and has no alias was being made when vnetc was
 * killed, and is ours as well.
 */
final class LinkView {
    /** Links of ours that are about to be deleted together: {@code vo} in ASCII. */
    static final int LEAVING_GROUP = Marks.LINK_GROUP + 1;

    /** Whose a link is that was only half made. */
    static final Owner REMAINS = new Owner("remains");

    private static final long TAP = 2;

    private final List<Seen> all;
    private final Map<Integer, Seen> byIndex;

    private LinkView(List<Seen> all, Map<Integer, Seen> byIndex) {
        this.all = all;
        this.byIndex = byIndex;
    }

    /** What a link is. */
    enum Sort {
        BRIDGE,
        TAP,
        IFB,
        MACVTAP,
        /** The host's own: what a {@link io.vnetc.compiler.kind.HostLink} can be. */
        LINK,
        OTHER
    }

    /**
     * A link.
     *
     * @param name where it could be the name of a link of ours
     * @param owner where it is ours; the name is there then
     */
    record Seen(LinkInfo link, Optional<InterfaceName> name, Sort sort, Optional<Owner> owner) {
        boolean isOurs() {
            return owner.isPresent();
        }

        boolean isProtected() {
            return isOurs() && link.alias().map(Marks::isProtected).orElse(false);
        }

        /** Of a bridge, the uplink whose addresses of the host it has. */
        Optional<InterfaceName> carries() {
            return isOurs() ? link.alias().flatMap(Marks::carries) : Optional.empty();
        }
    }

    static LinkView of(Observation observation) throws DriverException {
        return observation.share(LinkView.class, LinkView::read);
    }

    private static LinkView read(HostContext host) throws DriverException {
        RouteSocket socket = RouteKernel.socket(host);
        LinkTable table = RouteKernel.read("the links", socket::links);
        return RouteKernel.read("the links", () -> of(table));
    }

    private static LinkView of(LinkTable table) {
        List<Seen> all = new ArrayList<>();
        Map<Integer, Seen> byIndex = new HashMap<>();
        for (LinkInfo link : table.all()) {
            Seen seen = see(link);
            all.add(seen);
            byIndex.put(link.index(), seen);
        }
        return new LinkView(all, byIndex);
    }

    /** What a link is, and whose. */
    static Seen see(LinkInfo link) {
        Optional<InterfaceName> name = name(link.name());
        Sort sort = sort(link);
        Optional<Owner> owner = name.isPresent() ? owner(link, sort) : Optional.empty();
        // A tap may be the host's own, or a guest's.
        return new Seen(link, name, owner.filter(Owner::isOfLink).isPresent() ? Sort.LINK : sort, owner);
    }

    private static Sort sort(LinkInfo link) {
        return switch (link.kind()) {
            case "bridge" -> Sort.BRIDGE;
            case "tun" -> link.tun(TunAttributes.TYPE).orElse(0L) == TAP ? Sort.TAP : Sort.LINK;
            case "ifb" -> Sort.IFB;
            case "macvtap" -> Sort.MACVTAP;
            case "bond", "vlan", "macvlan", "ipvlan", "veth", "dummy" -> Sort.LINK;
            default -> Sort.OTHER;
        };
    }

    private static Optional<Owner> owner(LinkInfo link, Sort sort) {
        int group = link.group();
        if (sort == Sort.OTHER || (group != Marks.LINK_GROUP && group != LEAVING_GROUP)) {
            return Optional.empty();
        }
        Optional<String> alias = link.alias();
        if (alias.isPresent()) {
            return Marks.owner(alias.get());
        }
        return sort != Sort.TAP && !link.isUp() ? Optional.of(REMAINS) : Optional.empty();
    }

    private static Optional<InterfaceName> name(String text) {
        try {
            return Optional.of(new InterfaceName(text));
        } catch (LiteralException e) {
            return Optional.empty();
        }
    }

    /** All of them, in the kernel's order. */
    List<Seen> all() {
        return all;
    }

    /** The link with this index; absent where it came after the others were read. */
    Optional<Seen> find(OptionalInt index) {
        return index.isPresent() ? Optional.ofNullable(byIndex.get(index.getAsInt())) : Optional.empty();
    }

    /** The name of the bridge or bond that a link is a port of. */
    Optional<InterfaceName> master(LinkInfo link) {
        return find(link.masterIndex()).flatMap(Seen::name);
    }
}
