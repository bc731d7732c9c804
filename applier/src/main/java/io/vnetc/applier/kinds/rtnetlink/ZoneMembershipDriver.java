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
import io.vnetc.compiler.kind.ZoneMembership;
import io.vnetc.compiler.state.Firewalld;
import io.vnetc.compiler.state.Kind;
import io.vnetc.dsl.value.InterfaceName;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The zones of firewalld that links of ours are in. Its runtime configuration alone is written: the permanent one has no
 * place to say whose a line is, and links that it names are left where it has them.
 */
public final class ZoneMembershipDriver implements Driver<ZoneMembership> {
    @Override
    public Kind<ZoneMembership> kind() {
        return ZoneMembership.KIND;
    }

    @Override
    public void observe(Observation observation, StateBuilder into) throws DriverException {
        FirewalldBus bus = new FirewalldBus(observation.host().programs());
        if (!bus.isHere()) {
            return;
        }
        Firewalld firewalld = new Firewalld(bus.defaultZone(), bus.zones(), PermanentZones.read());
        into.firewalld(firewalld);
        Map<String, String> memberships = bus.memberships();
        for (Seen seen : LinkView.of(observation).all()) {
            if (seen.owner().isPresent() && memberships.containsKey(seen.link().name())) {
                InterfaceName link = seen.name().orElseThrow();
                if (firewalld.permanentName(link).isEmpty()) {
                    into.owned(new ZoneMembership(link, seen.owner().get(), memberships.get(link.text())));
                }
            }
        }
    }

    @Override
    public void move(Change<ZoneMembership> change, HostContext host) throws DriverException {
        FirewalldBus bus = new FirewalldBus(host.programs());
        String link = change.resource().link().text();
        if (change.after().isPresent()) {
            bus.change(link, change.after().get().zone());
        } else {
            bus.remove(link, change.before().orElseThrow().zone());
        }
    }

    @Override
    public Set<Requirement> requirements(List<Change<ZoneMembership>> changes) {
        Set<Requirement> wanted = new HashSet<>(Driver.super.requirements(changes));
        for (Change<ZoneMembership> change : changes) {
            change.after().ifPresent(membership -> wanted.add(new ZoneOfFirewalld(membership.zone())));
        }
        return wanted;
    }

    /** For a saved plan: firewalld, or the zone, may be gone since. */
    private record ZoneOfFirewalld(String zone) implements Requirement {
        @Override
        public String what() {
            return "the firewalld zone " + zone;
        }

        @Override
        public String remedy() {
            return "See that firewalld runs and has it: firewall-cmd --get-zones";
        }

        @Override
        public boolean isMet(HostContext host) {
            FirewalldBus bus = new FirewalldBus(host.programs());
            try {
                return bus.isHere() && bus.zones().contains(zone);
            } catch (DriverException e) {
                return false;
            }
        }
    }
}
