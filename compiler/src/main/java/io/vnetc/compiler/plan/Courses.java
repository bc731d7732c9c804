// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.plan;

import io.vnetc.compiler.state.Claim;
import io.vnetc.compiler.state.Entry;
import io.vnetc.compiler.state.HostState;
import io.vnetc.compiler.state.KindTable;
import io.vnetc.compiler.state.Resource;
import io.vnetc.compiler.state.ResourceAddress;
import io.vnetc.compiler.state.Standing;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** From two states to a course for each resource, until no course takes anything from a resource that has to stay. */
final class Courses {
    private final KindTable kinds;
    private final HostIndex index;
    private final TreeMap<ResourceAddress, Course> courses = new TreeMap<>();
    private final Deque<ResourceAddress> unsettled = new ArrayDeque<>();
    private final TreeMap<ResourceAddress, Loss> foreignLosses = new TreeMap<>();
    private final List<String> notices = new ArrayList<>();

    /**
     * Something foreign that a move would take away.
     *
     * @param move that would
     * @param foreign what would be lost
     */
    record Loss(Move move, Entry foreign) {}

    Courses(KindTable kinds, HostIndex index, HostState desired) {
        this.kinds = kinds;
        this.index = index;
        SortedMap<ResourceAddress, Entry> now = index.host().state().entries();
        for (Entry wish : desired.entries().values()) {
            wish(wish, Optional.ofNullable(now.get(wish.resource().address())));
        }
        for (Entry entry : now.values()) {
            ResourceAddress address = entry.resource().address();
            if (!courses.containsKey(address) && entry.standing() != Standing.FOREIGN) {
                giveBack(entry);
            }
        }
        unsettled.addAll(courses.keySet());
        settle();
    }

    SortedMap<ResourceAddress, Course> all() {
        return courses;
    }

    List<Loss> foreignLosses() {
        return foreignLosses.values().stream()
                .filter(loss -> !isTakenAlong(loss.foreign().resource()))
                .toList();
    }

    private boolean isTakenAlong(Resource foreign) {
        return courses.values().stream()
                .flatMap(course -> course.moves().stream())
                .anyMatch(move -> kinds.takesAlong(move.before(), move.after(), foreign));
    }

    List<String> notices() {
        return notices;
    }

    /**
     * Takes one of these away for a moment, to break a circle.
     *
     * @return whether there was one that could be
     */
    boolean breakUp(List<Course> circle) {
        List<Course> byAddress =
                circle.stream().sorted(Comparator.comparing(Course::address)).toList();
        for (Course course : byAddress) {
            if (course.first().isPresent() && course.last().isPresent() && !course.vanishes()) {
                replace(course.detour(Optional.empty(), Optional.empty()));
                settle();
                return true;
            }
        }
        return false;
    }

    private void wish(Entry wish, Optional<Entry> now) {
        Optional<Resource> before = now.map(Entry::resource);
        Optional<Resource> after = Optional.of(wish.resource());
        List<Optional<Resource>> states;
        int early;
        if (before.isPresent() && !kinds.changesInPlace(before.get(), wish.resource())) {
            states = List.of(before, Optional.empty(), after);
            early = 2;
        } else if (before.equals(after)) {
            states = List.of(before);
            early = 0;
        } else {
            states = List.of(before, kinds.expansion(before, after), after);
            early = 1;
        }
        Course course = Course.of(wish.standing(), wish.origin(), states, early);
        courses.put(course.address(), course);
    }

    private void giveBack(Entry entry) {
        Optional<Resource> before = Optional.of(entry.resource());
        Optional<Resource> after = Optional.empty();
        if (entry.standing() == Standing.BORROWED) {
            if (entry.former().isEmpty()) {
                notices.add(
                        "`" + entry.resource().address() + "` was changed by vnetc, and what it was before is not known"
                                + " any more: it stays as it is");
            }
            after = entry.former()
                    .map(former -> kinds.givenBack(former, entry.resource()))
                    .or(() -> before);
        }
        Optional<Resource> between = before.equals(after) ? after : kinds.expansion(before, after);
        // Without a state between there is one move only, and to give up is late.
        int early = between.equals(after) ? 0 : 1;
        Course course = Course.of(entry.standing(), Optional.empty(), List.of(before, between, after), early);
        courses.put(course.address(), course);
    }

    private void settle() {
        while (!unsettled.isEmpty()) {
            Course course = courses.get(unsettled.poll());
            for (Move move : course.moves()) {
                for (Claim claim : Losses.givenUp(index, move)) {
                    for (Entry needer : index.needers(claim)) {
                        orphaned(needer, claim, move);
                    }
                }
                for (Entry dragged : Losses.dragged(kinds, index, move)) {
                    dragged(dragged, move);
                }
            }
        }
    }

    private void orphaned(Entry needer, Claim claim, Move move) {
        Course course = courses.get(needer.resource().address());
        if (course == null || foreignTo(course)) {
            foreignLosses.putIfAbsent(needer.resource().address(), new Loss(move, needer));
        } else if (course != move.course() && needs(course.last(), claim) && !course.pausesNeed(claim)) {
            Optional<Resource> rest = course.isDetour()
                    ? Optional.empty()
                    : kinds.without(needer.resource(), move.course().address());
            if (!rest.equals(Optional.of(needer.resource()))) {
                replace(course.detour(rest.filter(it -> !it.needs().contains(claim)), cause(course, move)));
            }
        }
    }

    private void dragged(Entry dragged, Move move) {
        Course course = courses.get(dragged.resource().address());
        if (course == null || foreignTo(course)) {
            foreignLosses.putIfAbsent(dragged.resource().address(), new Loss(move, dragged));
        } else if (course != move.course() && !course.vanishes() && !escapes(course, move)) {
            replace(course.detour(Optional.empty(), cause(course, move)));
        }
    }

    /** Whether it will be something by then that the move takes nothing from, as a tap that leaves a bridge that goes. */
    private boolean escapes(Course course, Move move) {
        return move.before().isPresent()
                && course.last().isPresent()
                && !kinds.drags(move.before().get(), move.after(), course.last().get());
    }

    /** The move, unless it has the course itself as its cause. */
    private Optional<Move> cause(Course course, Move move) {
        Course link = move.course();
        while (link.cause().isPresent()) {
            link = courses.get(link.cause().get().course().address());
            if (link == course) {
                return Optional.empty();
            }
        }
        return Optional.of(move);
    }

    /** A foreign thing may be wished for: that is refused elsewhere, and it keeps its place here. */
    private static boolean foreignTo(Course course) {
        return course.standing() == Standing.FOREIGN;
    }

    private void replace(Course course) {
        courses.put(course.address(), course);
        unsettled.add(course.address());
    }

    private static boolean needs(Optional<Resource> resource, Claim claim) {
        return resource.stream().anyMatch(it -> it.needs().contains(claim));
    }
}
