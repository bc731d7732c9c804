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
import io.vnetc.applier.netlink.route.BridgeAttributes;
import io.vnetc.applier.netlink.route.LinkInfo;
import io.vnetc.compiler.kind.ForeignLink;
import io.vnetc.compiler.state.Kind;
import java.util.List;
import java.util.Set;

/** Links that somebody else made. They are seen and never touched. */
public final class ForeignLinkDriver implements Driver<ForeignLink> {
    private static final int IFF_LOOPBACK = 0x8;

    @Override
    public Kind<ForeignLink> kind() {
        return ForeignLink.KIND;
    }

    @Override
    public void observe(Observation observation, StateBuilder into) throws DriverException {
        LinkView links = LinkView.of(observation);
        for (Seen seen : links.all()) {
            if (!seen.isOurs()) {
                into.foreign(RouteKernel.read("link " + seen.link().name(), () -> foreign(seen.link(), links)));
            }
        }
    }

    private static ForeignLink foreign(LinkInfo link, LinkView links) {
        String kind = link.kind();
        String unnamed = (link.flags() & IFF_LOOPBACK) != 0 ? "loopback" : "ether";
        return new ForeignLink(
                link.name(),
                kind.isEmpty() ? unnamed : kind,
                link.mtu(),
                link.mac(),
                link.isUp(),
                // Of what is a port of a bridge of ours its port says so.
                links.find(link.masterIndex())
                        .filter(master -> !master.isOurs())
                        .flatMap(Seen::name),
                link.alias().map(alias -> alias.replaceAll("\\p{Cntrl}", "?")),
                link.bridge(BridgeAttributes.VLAN_FILTERING).orElse(0L) != 0);
    }

    @Override
    public void move(Change<ForeignLink> change, HostContext host) {
        throw new IllegalArgumentException("a foreign link is never changed: " + change.address());
    }

    @Override
    public Set<Requirement> requirements(List<Change<ForeignLink>> changes) {
        return Set.of();
    }
}
