// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.kinds.rtnetlink;

import io.vnetc.applier.netlink.route.Change;
import io.vnetc.applier.netlink.route.FilterChange;
import io.vnetc.applier.netlink.route.FilterInfo;
import io.vnetc.applier.netlink.route.HtbClassChange;
import io.vnetc.applier.netlink.route.HtbClassInfo;
import io.vnetc.applier.netlink.route.QdiscChange;
import io.vnetc.applier.netlink.route.QdiscChange.Action;
import io.vnetc.applier.netlink.route.TrafficHandle;
import io.vnetc.compiler.kind.HtbClass;
import io.vnetc.compiler.kind.MacFilter;
import io.vnetc.compiler.kind.Shaping;
import io.vnetc.dsl.value.MacAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The messages from one shaping of a link to another. At no moment is a packet without a class that it is meant for: new
 * classes come first, then the filters that lead to them, then the old filters go, and the old classes last.
 */
final class ShapingMessages {
    private final String link;
    private final List<Change> messages = new ArrayList<>();

    private ShapingMessages(Shaping shaping) {
        this.link = shaping.link().text();
    }

    static List<Change> create(Shaping wanted) {
        ShapingMessages messages = new ShapingMessages(wanted);
        messages.messages.add(QdiscChange.addHtb(messages.link, handle(0), wanted.fallback()));
        wanted.classes().forEach(one -> messages.htbClass(Optional.empty(), one));
        wanted.filters().forEach(messages::add);
        return messages.messages;
    }

    static Change delete(Shaping gone) {
        return QdiscChange.delete(gone.link().text(), TrafficHandle.ROOT, handle(0));
    }

    /** @param seen the filters that are there; absent where they stay as they are */
    static List<Change> change(Shaping now, Shaping wanted, Optional<List<FilterInfo>> seen) {
        ShapingMessages messages = new ShapingMessages(wanted);
        Map<Integer, HtbClass> old = new HashMap<>();
        now.classes().forEach(one -> old.put(one.minor(), one));
        Set<Integer> kept = new HashSet<>();
        for (HtbClass one : wanted.classes()) {
            kept.add(one.minor());
            messages.htbClass(Optional.ofNullable(old.get(one.minor())), one);
        }
        seen.ifPresent(there -> messages.filters(wanted, there));
        now.classes().stream()
                .filter(one -> !kept.contains(one.minor()))
                .sorted(Comparator.comparingInt(HtbClass::parent).reversed())
                .forEach(one -> messages.messages.add(HtbClassChange.delete(messages.link, handle(one.minor()))));
        return messages.messages;
    }

    private void filters(Shaping wanted, List<FilterInfo> seen) {
        Set<MacFilter> there = new HashSet<>();
        List<Change> leaving = new ArrayList<>();
        for (FilterInfo filter : seen) {
            MacFilter known = TrafficView.filter(filter);
            // One that is there twice is wanted once.
            if (!wanted.filters().contains(known) || !there.add(known)) {
                leaving.add(FilterChange.delete(link, filter));
            }
        }
        wanted.filters().stream().filter(filter -> !there.contains(filter)).forEach(this::add);
        messages.addAll(leaving);
    }

    private void add(MacFilter filter) {
        messages.add(FilterChange.classify(
                link,
                handle(0),
                Shaping.PRIORITY,
                TrafficView.selector(filter.side().orElseThrow(), MacAddress.parse(filter.match())),
                handle(filter.minor())));
    }

    private void htbClass(Optional<HtbClass> old, HtbClass one) {
        if (old.isEmpty() || !values(old.get()).equals(values(one))) {
            messages.add(new HtbClassChange(old.isEmpty() ? Action.ADD : Action.CHANGE, link, values(one)));
        }
        Optional<HtbClass.Queue> former = old.flatMap(HtbClass::queue);
        if (!former.equals(one.queue())) {
            queue(one.minor(), former, one.queue());
        }
    }

    private void queue(int minor, Optional<HtbClass.Queue> former, Optional<HtbClass.Queue> wanted) {
        boolean same = former.map(HtbClass.Queue::kind).equals(wanted.map(HtbClass.Queue::kind));
        if (former.isPresent() && !same) {
            messages.add(QdiscChange.delete(link, handle(minor), 0));
        }
        wanted.ifPresent(queue -> messages.add(QdiscChange.queue(
                same ? Action.CHANGE : Action.ADD,
                link,
                handle(minor),
                TrafficHandle.of(minor, 0),
                queue.kind(),
                queue.limit())));
    }

    private static HtbClassInfo values(HtbClass one) {
        return new HtbClassInfo(
                handle(one.minor()),
                handle(one.parent()),
                one.rate(),
                one.ceil(),
                HtbClass.ticks(one.burst(), one.rate()),
                HtbClass.ticks(one.cburst(), one.ceil()),
                one.quantum(),
                0,
                0);
    }

    private static int handle(int minor) {
        return TrafficHandle.of(Shaping.HANDLE, minor);
    }
}
