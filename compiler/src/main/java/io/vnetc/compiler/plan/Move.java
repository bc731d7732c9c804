// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.plan;

import io.vnetc.compiler.state.Claim;
import io.vnetc.compiler.state.Resource;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** One step of a course, before its place among the others is known. No two are equal. */
final class Move {
    private final Course course;
    private final int index;
    private final Optional<Resource> before;
    private final Optional<Resource> after;

    Move(Course course, int index, Optional<Resource> before, Optional<Resource> after) {
        this.course = course;
        this.index = index;
        this.before = before;
        this.after = after;
    }

    Course course() {
        return course;
    }

    /** Place in the course, from 1. */
    int index() {
        return index;
    }

    Optional<Resource> before() {
        return before;
    }

    Optional<Resource> after() {
        return after;
    }

    Resource resource() {
        return after.or(() -> before).orElseThrow();
    }

    /** Whether it makes or changes; otherwise it gives up. */
    boolean isEarly() {
        return index <= course.early();
    }

    /** Whether it is the first half of a detour, which is nothing by itself and waits for the second. */
    boolean isLeaving() {
        return course.isDetour() && index == 1;
    }

    Set<Claim> taken() {
        return difference(claims(after), claims(before));
    }

    Set<Claim> givenUp() {
        return difference(claims(before), claims(after));
    }

    Set<Claim> needed() {
        return difference(needs(after), needs(before));
    }

    Set<Claim> dropped() {
        return difference(needs(before), needs(after));
    }

    Set<Claim> barred() {
        return difference(bars(after), bars(before));
    }

    Set<Claim> unbarred() {
        return difference(bars(before), bars(after));
    }

    Step step(Impact impact) {
        return new Step(before, after, course.standing(), course.origin(), impact);
    }

    static Set<Claim> claims(Optional<Resource> resource) {
        return resource.isPresent() ? resource.get().claims() : Set.of();
    }

    static Set<Claim> needs(Optional<Resource> resource) {
        return resource.isPresent() ? resource.get().needs() : Set.of();
    }

    private static Set<Claim> bars(Optional<Resource> resource) {
        return resource.isPresent() ? resource.get().bars() : Set.of();
    }

    private static Set<Claim> difference(Set<Claim> whole, Set<Claim> less) {
        if (whole.isEmpty() || less.isEmpty()) {
            return whole;
        }
        Set<Claim> rest = new HashSet<>(whole);
        rest.removeAll(less);
        return rest;
    }
}
