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
import io.vnetc.applier.netlink.route.Ipv4Setting;
import io.vnetc.applier.netlink.route.Ipv6Setting;
import io.vnetc.applier.netlink.route.LinkAttributes;
import io.vnetc.applier.netlink.route.LinkInfo;
import io.vnetc.applier.netlink.route.TunAttributes;
import io.vnetc.compiler.kind.HostLink;
import io.vnetc.compiler.kind.HostLink.Speaking;
import io.vnetc.compiler.link.LinkType;
import io.vnetc.compiler.model.Owner;
import io.vnetc.compiler.state.Kind;
import io.vnetc.dsl.value.InterfaceName;
import io.vnetc.dsl.value.MacAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** The host's own links: those in our group whose alias says that the host's block made them, and what a killed run left. */
public final class HostLinkDriver implements Driver<HostLink> {
    private static final InterfaceName GONE = new InterfaceName("gone");
    private static final long TUN = 1;

    private static final Runs<HostLink> RUNS =
            new Runs<>(HostLinkMaking::makeEach, HostLinkMaking::changeEach, HostLinkDriver::delete);

    @Override
    public Kind<HostLink> kind() {
        return HostLink.KIND;
    }

    @Override
    public void observe(Observation observation, StateBuilder into) throws DriverException {
        LinkView links = LinkView.of(observation);
        PortView ports = PortView.of(observation);
        for (Seen seen : links.all()) {
            if (seen.isOurs() && seen.sort() == Sort.LINK) {
                into.owned(RouteKernel.read("link " + seen.link().name(), () -> link(seen, links, ports)));
            }
        }
    }

    private static HostLink link(Seen seen, LinkView links, PortView ports) {
        LinkInfo link = seen.link();
        InterfaceName name = seen.name().orElseThrow();
        LinkType type = type(link);
        Optional<Seen> other =
                link.attributes().has(LinkAttributes.LINK_NETNSID) ? Optional.empty() : links.find(link.lowerIndex());
        // Of a link in another namespace the name is not known here; it is not the one that was chosen.
        Optional<InterfaceName> otherName = link.lowerIndex().isPresent()
                ? Optional.of(other.flatMap(Seen::name).orElse(GONE))
                : Optional.empty();
        boolean isFirstEnd = type == LinkType.VETH && seen.owner().orElseThrow().equals(Owner.link(name.text()));
        return new HostLink(
                name,
                seen.owner().orElseThrow(),
                type,
                LinkOptionAttributes.read(type, link),
                isFirstEnd ? Optional.empty() : otherName,
                isFirstEnd ? otherName : Optional.empty(),
                mac(type, link, other),
                link.mtu(),
                speaking(link),
                links.master(link),
                ports.port(link),
                link.isUp());
    }

    private static LinkType type(LinkInfo link) {
        if (!link.kind().equals("tun")) {
            return LinkType.parse(link.kind());
        }
        return link.tun(TunAttributes.TYPE).orElse(0L) == TUN ? LinkType.TUN : LinkType.TAP;
    }

    private static Optional<MacAddress> mac(LinkType type, LinkInfo link, Optional<Seen> lower) {
        boolean isOfLower =
                type.sharesMac() && lower.flatMap(seen -> seen.link().mac()).equals(link.mac());
        return isOfLower ? Optional.empty() : link.mac();
    }

    private static Speaking speaking(LinkInfo link) {
        Ipv6Setting forwarding =
                Ipv6Settings.hasForceForwarding() ? Ipv6Setting.FORCE_FORWARDING : Ipv6Setting.FORWARDING;
        return new Speaking(
                link.ipv4(Ipv4Setting.FORWARDING).orElse(0) != 0,
                link.ipv6(Ipv6Setting.DISABLE_IPV6).orElse(1) == 0,
                link.ipv6(forwarding).orElse(0) != 0);
    }

    @Override
    public void move(Change<HostLink> change, HostContext host) throws DriverException {
        moveAll(List.of(change), host, made -> {});
    }

    @Override
    public void moveAll(List<Change<HostLink>> changes, HostContext host, Consumer<Change<HostLink>> done)
            throws DriverException {
        RUNS.move(changes, host, done);
    }

    @Override
    public Set<Requirement> requirements(List<Change<HostLink>> changes) {
        Set<Requirement> wanted = new HashSet<>(Driver.super.requirements(changes));
        changes.stream()
                .filter(Change::isCreate)
                .map(change -> change.resource().type())
                .distinct()
                .map(LinkTypeRequirement::new)
                .forEach(wanted::add);
        return wanted;
    }

    /** The second end of a pair goes with the first; until then it is bare. */
    private static void delete(List<Change<HostLink>> changes, HostContext host, Consumer<Change<HostLink>> done)
            throws DriverException {
        List<Change<HostLink>> whole = new ArrayList<>();
        for (Change<HostLink> change : changes) {
            if (change.resource().isSecondEnd()) {
                HostLinkMaking.bare(change.resource(), host);
                done.accept(change);
            } else {
                whole.add(change);
            }
        }
        LinkRemoval.run(Sort.LINK, whole, HostLink::name, host, done);
    }
}
