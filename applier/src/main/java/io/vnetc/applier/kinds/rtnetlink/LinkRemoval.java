// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.kinds.rtnetlink;

import io.vnetc.applier.host.HostContext;
import io.vnetc.applier.kinds.Change;
import io.vnetc.applier.kinds.DriverException;
import io.vnetc.applier.kinds.rtnetlink.LinkView.Seen;
import io.vnetc.applier.kinds.rtnetlink.LinkView.Sort;
import io.vnetc.applier.netlink.NetlinkException;
import io.vnetc.applier.netlink.route.LinkChange;
import io.vnetc.applier.netlink.route.LinkDeletion;
import io.vnetc.applier.netlink.route.LinkInfo;
import io.vnetc.applier.netlink.route.RouteSocket;
import io.vnetc.compiler.kind.Marks;
import io.vnetc.compiler.state.Resource;
import io.vnetc.dsl.value.InterfaceName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Deletes links of ours, and only what is ours at that moment. The kernel deletes a group of links some three times faster
 * than one by one, but nobody else in the machine can change a link meanwhile: so a few at a time.
 */
final class LinkRemoval {
    private static final int MOST_AT_ONCE = 25;

    private final HostContext host;
    private final Sort sort;

    LinkRemoval(HostContext host, Sort sort) {
        this.host = host;
        this.sort = sort;
    }

    /** Deletes the links of a kind's changes. */
    static <R extends Resource> void run(
            Sort sort,
            List<Change<R>> changes,
            Function<R, InterfaceName> name,
            HostContext host,
            Consumer<Change<R>> done)
            throws DriverException {
        Map<String, Change<R>> byName = new LinkedHashMap<>();
        for (Change<R> change : changes) {
            byName.put(name.apply(change.before().orElseThrow()).text(), change);
        }
        new LinkRemoval(host, sort).remove(List.copyOf(byName.keySet()), gone -> done.accept(byName.get(gone)));
    }

    /**
     * Deletes the links of these names. What is not there any more is as good as deleted.
     *
     * @param done told of each name as soon as there is no such link
     */
    void remove(List<String> names, Consumer<String> done) throws DriverException {
        boolean together = names.size() > 1 && isGroupFree(Set.copyOf(names));
        int most = together ? MOST_AT_ONCE : 1;
        for (int from = 0; from < names.size(); from += most) {
            List<String> some = names.subList(from, Math.min(names.size(), from + most));
            List<String> there = ours(some);
            if (there.size() == 1) {
                delete(there.get(0));
            } else if (!there.isEmpty()) {
                deleteTogether(there);
            }
            some.forEach(done);
        }
    }

    private String what(String name) {
        return "cannot delete the " + sort.name().toLowerCase(Locale.ROOT) + " " + name;
    }

    /** Those that are there, all of which have to be ours. */
    private List<String> ours(List<String> names) throws DriverException {
        RouteSocket socket = RouteKernel.socket(host);
        List<String> there = new ArrayList<>();
        for (String name : names) {
            Optional<Seen> seen =
                    RouteKernel.read("link " + name, () -> socket.link(name).map(LinkView::see));
            if (seen.isEmpty()) {
                continue;
            }
            if (!seen.get().isOurs() || seen.get().sort() != sort) {
                throw new DriverException(
                        what(name),
                        "it is not ours any more: its alias or its group was changed",
                        "If it is to go, delete it by hand: ip link delete " + name);
            }
            there.add(name);
        }
        return there;
    }

    private void delete(String name) throws DriverException {
        try {
            RouteKernel.socket(host).apply(LinkDeletion.of(name));
        } catch (NetlinkException e) {
            throw RouteKernel.refused(what(name), e);
        }
    }

    /**
     * Whether nothing is in the group of those that leave but what is to leave. What a killed run left there is put back;
     * a link of somebody else's stays, and has us delete one by one.
     */
    private boolean isGroupFree(Set<String> leaving) throws DriverException {
        RouteSocket socket = RouteKernel.socket(host);
        Set<String> stray = new HashSet<>();
        boolean foreign = RouteKernel.read("the links", () -> {
            boolean found = false;
            for (LinkInfo link : socket.links().all()) {
                if (link.group() == LinkView.LEAVING_GROUP && !leaving.contains(link.name())) {
                    found |= !LinkView.see(link).isOurs();
                    stray.add(link.name());
                }
            }
            return found;
        });
        if (foreign) {
            return false;
        }
        for (String name : stray) {
            regroup(name, Marks.LINK_GROUP);
        }
        return true;
    }

    private void regroup(String name, int group) throws DriverException {
        try {
            RouteKernel.socket(host).apply(LinkChange.change(name).group(group));
        } catch (NetlinkException e) {
            throw RouteKernel.refused("cannot change the group of " + name, e);
        }
    }

    private void deleteTogether(List<String> names) throws DriverException {
        RouteSocket socket = RouteKernel.socket(host);
        try {
            List<LinkChange> leaving = names.stream()
                    .map(name -> LinkChange.change(name).group(LinkView.LEAVING_GROUP))
                    .toList();
            List<Optional<NetlinkException>> outcomes = socket.applyAll(leaving);
            Optional<NetlinkException> refused =
                    outcomes.stream().flatMap(Optional::stream).findFirst();
            if (refused.isPresent()) {
                throw refused.get();
            }
            socket.apply(LinkDeletion.ofGroup(LinkView.LEAVING_GROUP));
        } catch (NetlinkException e) {
            DriverException failure = RouteKernel.refused(what(String.join(", ", names)), e);
            for (String name : names) {
                try {
                    regroup(name, Marks.LINK_GROUP);
                } catch (DriverException stillThere) {
                    failure.addSuppressed(stillThere);
                }
            }
            throw failure;
        }
    }
}
