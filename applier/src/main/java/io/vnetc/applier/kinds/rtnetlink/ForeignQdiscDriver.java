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
import io.vnetc.applier.netlink.route.QdiscInfo;
import io.vnetc.applier.netlink.route.TrafficHandle;
import io.vnetc.compiler.kind.ForeignQdisc;
import io.vnetc.compiler.state.Kind;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Queueing disciplines that somebody else has put on links of ours. They are seen, and never touched. */
public final class ForeignQdiscDriver implements Driver<ForeignQdisc> {
    @Override
    public Kind<ForeignQdisc> kind() {
        return ForeignQdisc.KIND;
    }

    @Override
    public void observe(Observation observation, StateBuilder into) throws DriverException {
        TrafficView traffic = TrafficView.of(observation);
        LinkView links = LinkView.of(observation);
        for (Seen seen : links.all()) {
            if (!seen.isOurs()) {
                continue;
            }
            int index = seen.link().index();
            traffic.at(index, TrafficHandle.ROOT)
                    .filter(root -> !TrafficView.isOurs(root))
                    .ifPresent(root -> into.foreign(foreign(seen, root, false)));
            Optional<QdiscInfo> ingress = traffic.at(index, TrafficHandle.INGRESS);
            if (ingress.isPresent()
                    && RedirectDriver.redirect(seen, ingress.get(), traffic, links, observation.host())
                            .isEmpty()) {
                into.foreign(foreign(seen, ingress.get(), true));
            }
        }
    }

    private static ForeignQdisc foreign(Seen seen, QdiscInfo qdisc, boolean ingress) {
        return new ForeignQdisc(seen.name().orElseThrow(), ingress, qdisc.kind(), TrafficHandle.print(qdisc.handle()));
    }

    @Override
    public void move(Change<ForeignQdisc> change, HostContext host) {
        throw new IllegalArgumentException("a foreign qdisc is never changed: " + change.address());
    }

    @Override
    public Set<Requirement> requirements(List<Change<ForeignQdisc>> changes) {
        return Set.of();
    }
}
