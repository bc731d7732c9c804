// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.state;

import java.util.List;
import java.util.Optional;

/**
 * What is known of one kind of resource without looking at a host. With the record of the resource it is one file in
 * {@code kind}; the driver that observes and moves it is one file in the applier.
 */
public interface Kind<R extends Resource> {
    /** First word of the addresses. */
    String name();

    Class<R> type();

    /**
     * The resource with this name and these attributes; the inverse of {@link Resource#attributes}.
     *
     * @throws MalformedStateException when they are not such a resource
     */
    R read(String name, Attributes attributes);

    /** Whether {@code before} can become {@code after} as it stands, or has to be taken away and made again. */
    default boolean changesInPlace(R before, R after) {
        return true;
    }

    /** What guests notice of a step; {@code before} and {@code after} are not both absent. */
    Effect effect(Optional<R> before, Optional<R> after);

    /** The commands of ip(8), tc(8) and their like that do the same, one a line, for a human reader. */
    List<String> commands(Optional<R> before, Optional<R> after);

    /**
     * A state between the two that allows what either allows, for kinds that are many things changed at once: it is
     * taken first, and {@code after} when all else is done. Where nothing has to wait it is {@code after}; where
     * everything has to wait, {@code before}.
     */
    default Optional<R> expansion(Optional<R> before, Optional<R> after) {
        return after;
    }

    /**
     * Whether the kernel takes {@code other} away, or changes it, without being asked, when {@code before} becomes
     * {@code after} or goes: a bridge that goes down loses its IPv6 addresses. What is dragged along is taken away by a
     * step before and made again by one after, or, where it is foreign, the plan is refused. Asked of what needs a claim
     * of this resource and of what needs something that this one needs too; what needs a claim that is given up goes
     * first in any case.
     */
    default boolean drags(R before, Optional<R> after, Resource other) {
        return false;
    }

    /**
     * What is left of the resource while {@code gone}, which holds what it needs, is away to be made again, as a tap
     * without its bridge; the same where it waits for it. Absent: it cannot stay and is made again as well.
     */
    default Optional<R> without(R resource, ResourceAddress gone) {
        return Optional.empty();
    }

    /**
     * What a borrowed resource becomes that nobody wants any more: what it was, but for what others have made of it since.
     */
    default R givenBack(R former, R now) {
        return former;
    }

    /**
     * Whether {@code other}, which is somebody else's, goes along to another place when {@code before} becomes {@code
     * after}: it is not there afterwards, and is not lost.
     */
    default boolean takesAlong(R before, R after, Resource other) {
        return false;
    }

    /**
     * Why {@code wish} cannot be while {@code foreign} is as it is, for a foreign thing that holds or needs one of the
     * claims that the wish needs; with what to do about it.
     */
    default Optional<Hindrance> hindrance(R wish, Resource foreign) {
        return Optional.empty();
    }

    /**
     * What is in the way.
     *
     * @param message what, and why it is
     * @param remedy what to do
     */
    record Hindrance(String message, String remedy) {}

    /** What it is called in a plan, in a few words, as "address 10.20.1.1/24 on vbr-office". */
    default String title(R resource) {
        return resource.address().kind() + " " + resource.address().name();
    }

    /** Place among steps that do not depend on each other; lower is earlier when making, later when taking away. */
    int rank(R resource);
}
