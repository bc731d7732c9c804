// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.plan;

import io.vnetc.compiler.model.Owner;
import io.vnetc.compiler.plan.Conflict.Reason;
import io.vnetc.compiler.state.Claim;
import io.vnetc.compiler.state.Entry;
import io.vnetc.compiler.state.HostState;
import io.vnetc.compiler.state.KindTable;
import io.vnetc.compiler.state.Resource;
import io.vnetc.compiler.state.Standing;
import io.vnetc.dsl.value.InterfaceName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Refuses what nobody wants by accident: to lose what is protected, and to make anew what a running guest holds. */
final class Guards {
    private static final String LINK_NAME = Claim.interfaceName("").space();

    private final KindTable kinds;
    private final HostIndex index;
    private final HostState desired;
    private final Allowances allowances;
    private final Impacts impacts;
    private final List<Conflict> conflicts = new ArrayList<>();
    private final List<String> notices = new ArrayList<>();
    private Optional<Map<Owner, Resource>> newLinks = Optional.empty();

    Guards(KindTable kinds, HostIndex index, HostState desired, Allowances allowances) {
        this.kinds = kinds;
        this.index = index;
        this.desired = desired;
        this.allowances = allowances;
        this.impacts = new Impacts(kinds, index);
    }

    void check(Iterable<Course> courses) {
        for (Course course : courses) {
            if (course.standing() == Standing.OWNED && course.first().isPresent() && course.vanishes()) {
                Resource first = course.first().get();
                checkProtection(course, first);
                successor(course, first).ifPresent(next -> checkHolders(course, first, next));
            }
        }
    }

    List<Conflict> conflicts() {
        return conflicts;
    }

    /** What was allowed and is made use of. */
    List<String> notices() {
        return notices;
    }

    private void checkProtection(Course course, Resource first) {
        if (!first.isProtected()) {
            return;
        }
        String what = "the " + kinds.title(first) + " of " + first.owner() + " is protected, and ";
        String happens = course.last().isPresent() ? "made again" : "taken away";
        if (allowances.destroys(first)) {
            notices.add(what + "is " + happens + " because --allow-destroy says so");
            return;
        }
        conflicts.add(new Conflict(
                Reason.PROTECTED,
                what + "would be " + happens,
                "apply a source that still has it, without `protect`, to lift that; or allow it this once: --allow-destroy "
                        + first.owner(),
                course.origin()));
    }

    private void checkHolders(Course course, Resource first, Resource next) {
        Set<InterfaceName> held = new TreeSet<>();
        for (Claim claim : first.claims()) {
            if (claim.space().equals(LINK_NAME)) {
                held.addAll(index.heldOn(new InterfaceName(claim.value())));
            }
        }
        if (held.isEmpty()) {
            return;
        }
        String what = "the " + kinds.title(first) + " of " + first.owner() + " can only be made again"
                + (next.address().equals(first.address()) ? "" : " as " + kinds.title(next));
        if (allowances.recreates(first)) {
            notices.add(what + ", and is because --allow-recreate says so");
            return;
        }
        conflicts.add(new Conflict(
                Reason.HELD,
                what + ", and would be lost to " + holders(held),
                "shut the guest down first, or leave it as it is; or allow it this once: --allow-recreate "
                        + first.owner(),
                course.origin().or(() -> desired.find(next.address()).flatMap(Entry::origin))));
    }

    /** What the thing is to be after it was away: itself, or the new link that its owner gets instead. */
    private Optional<Resource> successor(Course course, Resource first) {
        if (course.last().isPresent()) {
            return course.last();
        }
        if (!isLink(first)) {
            return Optional.empty();
        }
        return Optional.ofNullable(newLinks().get(first.owner()));
    }

    private Map<Owner, Resource> newLinks() {
        if (newLinks.isEmpty()) {
            Map<Owner, Resource> found = new HashMap<>();
            desired.entries().values().stream()
                    .map(Entry::resource)
                    .filter(resource -> isLink(resource)
                            && index.host().state().find(resource.address()).isEmpty())
                    .forEach(resource -> found.putIfAbsent(resource.owner(), resource));
            newLinks = Optional.of(found);
        }
        return newLinks.get();
    }

    private static boolean isLink(Resource resource) {
        return resource.claims().stream().anyMatch(claim -> claim.space().equals(LINK_NAME));
    }

    private String holders(Set<InterfaceName> held) {
        List<String> words = new ArrayList<>();
        for (InterfaceName link : held) {
            String process = index.host().facts().holders().get(link);
            words.add("the guest `" + impacts.guest(link) + "`, which runs with " + link
                    + (process == null ? "" : " open in " + process));
        }
        return String.join(" and ", words);
    }
}
