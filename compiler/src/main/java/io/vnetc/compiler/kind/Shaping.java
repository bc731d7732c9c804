// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.kind;

import io.vnetc.compiler.model.Owner;
import io.vnetc.compiler.state.Attributes;
import io.vnetc.compiler.state.Claim;
import io.vnetc.compiler.state.Effect;
import io.vnetc.compiler.state.Effect.Severity;
import io.vnetc.compiler.state.Kind;
import io.vnetc.compiler.state.Resource;
import io.vnetc.compiler.state.ResourceAddress;
import io.vnetc.dsl.value.InterfaceName;
import io.vnetc.dsl.value.Rate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a link of ours may send: an htb at its root under the handle {@link #HANDLE}, by which it is known to be ours, with
 * its classes, their queues and the filters that sort packets into them. One resource, for the parts make no sense alone.
 *
 * <p>Tried on Linux 6.18: a class takes new rates, and a bfifo a new limit, without losing what waits in them. htb itself
 * has no change: another default class needs another qdisc. A class goes only when no filter leads to it.
 *
 * @param link that sends
 * @param owner of the link
 * @param fallback the minor of the class for what no filter takes
 * @param classes sorted by parent and minor
 * @param filters sorted by text
 */
public record Shaping(InterfaceName link, Owner owner, int fallback, List<HtbClass> classes, List<MacFilter> filters)
        implements Resource {
    public static final Kind<Shaping> KIND = new ShapingKind();

    /** Major of the root qdisc of ours: {@code vv} in ASCII, far from 8000 where the kernel counts up by itself. */
    public static final int HANDLE = 0x7676;

    /** Priority of the filters of ours, of redirects as well. */
    public static final int PRIORITY = 0x7676;

    public Shaping {
        classes = classes.stream()
                .sorted(Comparator.comparingInt(HtbClass::parent).thenComparingInt(HtbClass::minor))
                .toList();
        filters = filters.stream()
                .sorted(Comparator.comparing(MacFilter::toString))
                .toList();
    }

    /** The class that packets leave its link by, of which a link has one. */
    static Claim claim(InterfaceName link) {
        return new Claim("root-qdisc", link.text());
    }

    @Override
    public ResourceAddress address() {
        return new ResourceAddress(KIND.name(), link.text());
    }

    @Override
    public Attributes attributes() {
        return Attributes.builder()
                .text("owner", owner)
                .text("default", Integer.toHexString(fallback))
                .lines("classes", classes.stream().map(HtbClass::toString).toList())
                .lines("filters", filters.stream().map(MacFilter::toString).toList())
                .build();
    }

    @Override
    public Set<Claim> needs() {
        return Set.of(Claim.interfaceName(link.text()));
    }

    @Override
    public Set<Claim> claims() {
        return Set.of(claim(link));
    }

    /**
     * A link gets another queue at its root, or at its entrance: the kernel drops what it is to send until all of its
     * senders have seen that (qdisc_graft()), some milliseconds.
     */
    static Effect replacing(InterfaceName link) {
        return new Effect(Severity.BRIEF, Set.of(link), "packets are dropped while its queues are put in place");
    }

    private static final class ShapingKind implements Kind<Shaping> {
        @Override
        public String name() {
            return "shaping";
        }

        @Override
        public Class<Shaping> type() {
            return Shaping.class;
        }

        @Override
        public Shaping read(String name, Attributes attributes) {
            return new Shaping(
                    Read.value(name, InterfaceName::new),
                    Read.value(attributes.text("owner"), Owner::new),
                    Read.value(attributes.text("default"), text -> Integer.parseInt(text, 16)),
                    attributes.lines("classes").stream().map(HtbClass::parse).toList(),
                    attributes.lines("filters").stream().map(MacFilter::parse).toList());
        }

        /** htb cannot give its default class to another, nor a class to another parent. */
        @Override
        public boolean changesInPlace(Shaping before, Shaping after) {
            Map<Integer, Integer> parents = new HashMap<>();
            before.classes.forEach(one -> parents.put(one.minor(), one.parent()));
            return before.fallback == after.fallback
                    && after.classes.stream()
                            .allMatch(one -> parents.getOrDefault(one.minor(), one.parent()) == one.parent());
        }

        @Override
        public Effect effect(Optional<Shaping> before, Optional<Shaping> after) {
            if (before.isEmpty()) {
                return replacing(after.orElseThrow().link);
            }
            if (after.isEmpty()) {
                // The kernel drops all that is to be sent until the last class is gone (qdisc_graft()): tens of
                // milliseconds.
                return new Effect(
                        Severity.BRIEF,
                        Set.of(before.get().link),
                        "packets are dropped while its queues are taken away");
            }
            Map<Integer, String> queues = new HashMap<>();
            before.get().classes.forEach(old -> old.queue().ifPresent(queue -> queues.put(old.minor(), queue.kind())));
            boolean dropped = after.get().classes.stream()
                    .anyMatch(now -> now.queue().isPresent()
                            && queues.containsKey(now.minor())
                            && !queues.get(now.minor()).equals(now.queue().get().kind()));
            return dropped
                    ? new Effect(Severity.BRIEF, Set.of(after.get().link), "packets that wait in its queue are dropped")
                    : Effect.NONE;
        }

        @Override
        public List<String> commands(Optional<Shaping> before, Optional<Shaping> after) {
            if (after.isEmpty()) {
                return before.map(old -> List.of("tc qdisc del dev " + old.link + " root"))
                        .orElse(List.of());
            }
            List<String> lines = new ArrayList<>();
            if (before.isEmpty()) {
                lines.add("tc qdisc add dev " + after.get().link + " root handle " + major(HANDLE) + " htb default "
                        + Integer.toHexString(after.get().fallback));
            }
            new ShapingCommands(before, after.get(), lines).write();
            return lines;
        }

        private static String major(int handle) {
            return Integer.toHexString(handle) + ":";
        }

        @Override
        public String title(Shaping resource) {
            // The first class is the whole, or all there is.
            return "shaping of " + resource.link
                    + (resource.classes.isEmpty()
                            ? ""
                            : " to " + new Rate(8 * resource.classes.get(0).rate()));
        }

        @Override
        public int rank(Shaping resource) {
            return 84;
        }
    }

    /** The lines of tc(8), in the order in which the driver goes about it. */
    private record ShapingCommands(Optional<Shaping> before, Shaping now, List<String> lines) {
        void write() {
            Map<Integer, HtbClass> old = new HashMap<>();
            before.ifPresent(former -> former.classes.forEach(one -> old.put(one.minor(), one)));
            Set<Integer> kept = new HashSet<>();
            for (HtbClass one : now.classes) {
                kept.add(one.minor());
                change(Optional.ofNullable(old.get(one.minor())), one);
            }
            List<MacFilter> former = before.map(Shaping::filters).orElse(List.of());
            now.filters.stream()
                    .filter(filter -> !former.contains(filter))
                    .forEach(filter -> lines.add("tc filter add dev " + now.link + " parent " + id(0)
                            + " protocol all pref " + PRIORITY + " u32 match ether "
                            + filter.side().orElseThrow() + " "
                            + filter.match() + " flowid " + id(filter.minor())));
            former.stream()
                    .filter(filter -> !now.filters.contains(filter))
                    .forEach(filter -> lines.add("tc filter del dev " + now.link + " parent " + id(0)
                            + " protocol all pref " + PRIORITY + " handle HANDLE u32 # " + filter));
            before.map(Shaping::classes).orElse(List.of()).stream()
                    .filter(one -> !kept.contains(one.minor()))
                    .sorted(Comparator.comparingInt(HtbClass::parent).reversed())
                    .forEach(one -> lines.add("tc class del dev " + now.link + " classid " + id(one.minor())));
        }

        private void change(Optional<HtbClass> former, HtbClass one) {
            if (former.isEmpty() || !withoutQueue(former.get()).equals(withoutQueue(one))) {
                lines.add("tc class " + (former.isPresent() ? "change" : "add") + " dev " + now.link + " parent "
                        + id(one.parent()) + " classid " + id(one.minor()) + " htb rate " + 8 * one.rate() + "bit ceil "
                        + 8 * one.ceil() + "bit burst " + one.burst() + "b cburst " + one.cburst() + "b"
                        + (one.quantum() == 0 ? "" : " quantum " + one.quantum()));
            }
            if (one.queue().isPresent() && !former.map(HtbClass::queue).equals(Optional.of(one.queue()))) {
                HtbClass.Queue queue = one.queue().get();
                lines.add("tc qdisc " + (former.isPresent() ? "replace" : "add") + " dev " + now.link + " parent "
                        + id(one.minor()) + " handle " + Integer.toHexString(one.minor()) + ": " + queue.kind()
                        + (queue.limit() == 0 ? "" : " limit " + queue.limit()));
            }
        }

        private static HtbClass withoutQueue(HtbClass one) {
            return new HtbClass(
                    one.minor(),
                    one.parent(),
                    one.rate(),
                    one.ceil(),
                    one.burst(),
                    one.cburst(),
                    one.quantum(),
                    Optional.empty());
        }

        private static String id(int minor) {
            return Integer.toHexString(HANDLE) + ":" + (minor == 0 ? "" : Integer.toHexString(minor));
        }
    }
}
