// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.apply;

import io.vnetc.compiler.kind.BondMember;
import io.vnetc.compiler.kind.ForeignLink;
import io.vnetc.compiler.kind.Kinds;
import io.vnetc.compiler.kind.LinkSetting;
import io.vnetc.compiler.kind.UplinkPort;
import io.vnetc.compiler.plan.Step;
import io.vnetc.compiler.state.Claim;
import io.vnetc.compiler.state.Entry;
import io.vnetc.compiler.state.HostState;
import io.vnetc.compiler.state.ObservedHost;
import io.vnetc.compiler.state.Resource;
import io.vnetc.compiler.state.ResourceAddress;
import io.vnetc.compiler.state.Standing;
import io.vnetc.dsl.value.InterfaceName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Compares a host with what it is to be; what belongs to others counts only where steps came near it. */
final class Verification {
    private Verification() {}

    /** What of others' things is lost or changed, though no step was to do that. New things are theirs to make. */
    static List<Difference> foreign(HostState before, HostState after, List<Step> steps) {
        Set<ResourceAddress> stepped = new HashSet<>();
        Set<Claim> touched = new HashSet<>();
        for (Step step : steps) {
            stepped.add(step.address());
            // What changes by these steps shows there as well.
            changedLink(step.resource())
                    .ifPresent(link -> Stream.of(
                                    new ResourceAddress(ForeignLink.KIND.name(), link.text()),
                                    UplinkPort.address(link),
                                    BondMember.address(link),
                                    LinkSetting.address(link, LinkSetting.Key.MTU),
                                    LinkSetting.address(link, LinkSetting.Key.MAC))
                            .forEach(stepped::add));
            touched.addAll(step.resource().claims());
            if (step.standing() != Standing.OWNED) {
                touched.addAll(step.resource().needs());
            }
        }
        List<Difference> found = new ArrayList<>();
        for (Entry entry : before.entries().values()) {
            Resource was = entry.resource();
            Optional<Resource> is = after.find(was.address()).map(Entry::resource);
            if (entry.standing() == Standing.FOREIGN
                    && !stepped.contains(was.address())
                    && (meets(was.claims(), touched) || meets(was.needs(), touched))
                    && !is.equals(Optional.of(was))
                    && !isTakenAlong(was, steps)) {
                found.add(new Difference(was.address(), Optional.of(was), is));
            }
        }
        return found;
    }

    private static boolean isTakenAlong(Resource was, List<Step> steps) {
        return steps.stream().anyMatch(step -> Kinds.TABLE.takesAlong(step.before(), step.after(), was));
    }

    /** The link of somebody else's that a step changes. */
    private static Optional<InterfaceName> changedLink(Resource resource) {
        if (resource instanceof UplinkPort port) {
            return Optional.of(port.link());
        }
        if (resource instanceof LinkSetting setting) {
            return Optional.of(setting.link());
        }
        return resource instanceof BondMember member ? Optional.of(member.link()) : Optional.empty();
    }

    private static boolean meets(Set<Claim> some, Set<Claim> others) {
        return some.stream().anyMatch(others::contains);
    }

    /**
     * What is not as it was: of what vnetc owns or borrows, and of what the steps were about. What went with a guest that has
     * ended is nobody's to bring back.
     */
    static List<Difference> rollback(HostState before, ObservedHost seen, List<Step> attempted) {
        HostState after = seen.state();
        Set<ResourceAddress> addresses = new TreeSet<>();
        attempted.forEach(step -> addresses.add(step.address()));
        before.entries().values().stream()
                .filter(entry -> entry.standing() != Standing.FOREIGN)
                .forEach(entry -> addresses.add(entry.resource().address()));
        after.entries().values().stream()
                .filter(entry -> entry.standing() == Standing.OWNED)
                .forEach(entry -> addresses.add(entry.resource().address()));
        List<Difference> found = new ArrayList<>();
        for (ResourceAddress address : addresses) {
            Optional<Resource> was = before.find(address).map(Entry::resource);
            Optional<Resource> is = after.find(address).map(Entry::resource);
            if (!was.equals(is)
                    && was.or(() -> is).filter(seen.facts()::hasEnded).isEmpty()) {
                found.add(new Difference(address, was, is));
            }
        }
        found.addAll(foreign(before, after, attempted));
        return found;
    }
}
