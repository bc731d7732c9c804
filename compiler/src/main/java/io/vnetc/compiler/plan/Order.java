// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.plan;

import io.vnetc.compiler.state.Claim;
import io.vnetc.compiler.state.KindTable;
import io.vnetc.compiler.state.Resource;
import io.vnetc.compiler.state.ResourceAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/**
 * Puts moves in order. What must go before a move goes right before it and no earlier, so that what has to be away for
 * a moment is away only for that moment; else makes and changes go first, by rank, and what is given up goes last.
 */
final class Order {
    /**
     * @param phase 0 makes and changes, 1 gives up, 2 only when it is asked for
     * @param rank of the resource that it is done for
     * @param done the resource that it is done for
     * @param depth how many detours it is away from that resource
     */
    private record Key(
            int phase, int rank, ResourceAddress done, int depth, int ownRank, ResourceAddress own, int index) {
        static final Comparator<Key> ORDER = Comparator.comparingInt(Key::phase)
                .thenComparingInt(Key::rank)
                .thenComparing(Key::done)
                .thenComparingInt(Key::depth)
                .thenComparingInt(Key::ownRank)
                .thenComparing(Key::own)
                .thenComparingInt(Key::index);
    }

    private final KindTable kinds;
    private final SortedMap<ResourceAddress, Course> courses;
    private final List<Move> moves = new ArrayList<>();
    private final Map<Move, Key> keys = new HashMap<>();
    private final Map<Move, Set<Move>> before = new HashMap<>();
    private final Map<Claim, List<Course>> needers = new HashMap<>();
    private final Map<Claim, List<Move>> takers = new HashMap<>();
    private final Map<Claim, List<Move>> givers = new HashMap<>();
    private final Map<Claim, List<Move>> changers = new HashMap<>();
    private final Map<Claim, List<Move>> leavers = new HashMap<>();
    private final Map<Claim, List<Move>> openers = new HashMap<>();

    Order(KindTable kinds, SortedMap<ResourceAddress, Course> courses) {
        this.kinds = kinds;
        this.courses = courses;
        for (Course course : courses.values()) {
            List<Move> own = course.moves();
            moves.addAll(own);
            Set<Claim> needed = new HashSet<>();
            for (Move move : own) {
                needed.addAll(Move.needs(move.before()));
                needed.addAll(Move.needs(move.after()));
            }
            needed.forEach(claim -> add(needers, claim, course));
        }
    }

    /** @throws CycleException when there is no order */
    List<Move> sorted() {
        moves.forEach(this::index);
        moves.forEach(this::connect);
        moves.forEach(this::key);
        moves.sort(Comparator.comparing(keys::get, Key.ORDER));
        Set<Move> done = new LinkedHashSet<>();
        Set<Move> open = new HashSet<>();
        for (Move root : moves) {
            visit(root, open, done);
        }
        return List.copyOf(done);
    }

    private void index(Move move) {
        Set<Claim> taken = move.taken();
        taken.forEach(claim -> add(takers, claim, move));
        move.givenUp().forEach(claim -> add(givers, claim, move));
        move.dropped().forEach(claim -> add(leavers, claim, move));
        move.unbarred().forEach(claim -> add(openers, claim, move));
        if (move.before().isPresent() && move.isEarly()) {
            for (Claim claim : Move.claims(move.after())) {
                if (!taken.contains(claim)) {
                    add(changers, claim, move);
                }
            }
        }
    }

    private void connect(Move move) {
        if (move.index() > 1) {
            put(move.course().moves().get(move.index() - 2), move);
        }
        for (Claim claim : move.needed()) {
            putAll(takers, claim, move);
            putAll(openers, claim, move);
            if (move.isEarly()) {
                putAll(changers, claim, move);
            }
        }
        for (Claim claim : move.taken()) {
            putAll(givers, claim, move);
        }
        for (Claim claim : move.barred()) {
            putAll(leavers, claim, move);
        }
        for (Claim claim : move.dropped()) {
            for (Move giver : givers.getOrDefault(claim, List.of())) {
                if (giver.course() != move.course()) {
                    put(move, giver);
                }
            }
        }
        move.before().ifPresent(resource -> avoid(move, resource));
    }

    private void putAll(Map<Claim, List<Move>> map, Claim claim, Move second) {
        for (Move first : map.getOrDefault(claim, List.of())) {
            if (first.course() != second.course()) {
                put(first, second);
            }
        }
    }

    /** What the kernel would take away because of the move is away before it, or comes after it. */
    private void avoid(Move move, Resource resource) {
        for (Set<Claim> claims : List.of(resource.claims(), resource.needs())) {
            for (Claim claim : claims) {
                for (Course other : needers.getOrDefault(claim, List.of())) {
                    if (other != move.course()) {
                        avoid(move, resource, other);
                    }
                }
            }
        }
    }

    private void avoid(Move move, Resource resource, Course other) {
        for (Move part : other.moves()) {
            boolean is = drags(move, resource, part.before());
            boolean becomes = drags(move, resource, part.after());
            if (is && !becomes) {
                put(part, move);
            } else if (becomes && !is) {
                put(move, part);
            }
        }
    }

    private boolean drags(Move move, Resource resource, Optional<Resource> other) {
        return other.isPresent() && kinds.drags(resource, move.after(), other.get());
    }

    private Key key(Move move) {
        Key known = keys.get(move);
        if (known != null) {
            return known;
        }
        int rank = kinds.rank(move.resource());
        ResourceAddress own = move.course().address();
        Optional<Move> cause = move.course().cause();
        Key key;
        if (move.isLeaving()) {
            key = new Key(2, -rank, own, 0, -rank, own, move.index());
        } else if (cause.isPresent()) {
            // The course of the cause may have become longer since; its last move is the one to follow.
            List<Move> causing = courses.get(cause.get().course().address()).moves();
            Key first = key(causing.get(causing.size() - 1));
            key = new Key(first.phase, first.rank, first.done, first.depth + 1, rank, own, move.index());
        } else {
            int sign = move.isEarly() ? 1 : -1;
            key = new Key(move.isEarly() ? 0 : 1, sign * rank, own, 0, sign * rank, own, move.index());
        }
        keys.put(move, key);
        return key;
    }

    /** Depth first, without recursion: a chain of needs may be long. */
    private void visit(Move root, Set<Move> open, Set<Move> done) {
        Deque<Move> stack = new ArrayDeque<>();
        stack.push(root);
        while (!stack.isEmpty()) {
            Move move = stack.peek();
            if (done.contains(move)) {
                stack.pop();
            } else if (!open.add(move)) {
                stack.pop();
                open.remove(move);
                done.add(move);
            } else {
                List<Move> first = new ArrayList<>(before.getOrDefault(move, Set.of()));
                first.removeIf(done::contains);
                first.sort(Comparator.comparing(keys::get, Key.ORDER.reversed()));
                for (Move earlier : first) {
                    if (open.contains(earlier)) {
                        throw new CycleException(cycle(stack, open, earlier));
                    }
                    stack.push(earlier);
                }
            }
        }
    }

    private static List<Course> cycle(Deque<Move> stack, Set<Move> open, Move end) {
        List<Course> cycle = new ArrayList<>();
        for (Move move : stack) {
            if (open.contains(move)) {
                cycle.add(move.course());
                if (move.equals(end)) {
                    break;
                }
            }
        }
        return cycle;
    }

    private void put(Move first, Move second) {
        before.computeIfAbsent(second, absent -> new LinkedHashSet<>()).add(first);
    }

    private static <V> void add(Map<Claim, List<V>> map, Claim claim, V value) {
        map.computeIfAbsent(claim, absent -> new ArrayList<>(1)).add(value);
    }

    /** The moves wait for each other in a circle. */
    static final class CycleException extends IllegalStateException {
        private static final long serialVersionUID = 1L;

        private final transient List<Course> courses;

        CycleException(List<Course> courses) {
            super("these wait for each other: "
                    + String.join(
                            ", ",
                            courses.stream()
                                    .map(it -> it.address().toString())
                                    .distinct()
                                    .toList()));
            this.courses = courses;
        }

        List<Course> courses() {
            return courses;
        }
    }
}
