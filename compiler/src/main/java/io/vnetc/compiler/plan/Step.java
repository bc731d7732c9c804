// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.plan;

import io.vnetc.compiler.model.Origin;
import io.vnetc.compiler.state.Resource;
import io.vnetc.compiler.state.ResourceAddress;
import io.vnetc.compiler.state.Standing;
import java.util.Optional;

/**
 * One resource from one state to another.
 *
 * @param before absent: it is made
 * @param after absent: it is taken away
 * @param standing whose the resource is
 * @param origin the place in the source that wants it; absent where the source no longer has it
 * @param impact on guests
 */
public record Step(
        Optional<Resource> before,
        Optional<Resource> after,
        Standing standing,
        Optional<Origin> origin,
        Impact impact) {
    public Step {
        if (before.isEmpty() && after.isEmpty()) {
            throw new IllegalArgumentException("a step from nothing to nothing");
        }
    }

    /** The resource in whichever state there is. */
    public Resource resource() {
        return after.or(() -> before).orElseThrow();
    }

    public ResourceAddress address() {
        return resource().address();
    }

    /** The step that undoes this one. */
    public Step inverse() {
        return new Step(after, before, standing, origin, impact);
    }

    public Action action() {
        return before.isEmpty() ? Action.CREATE : after.isEmpty() ? Action.DELETE : Action.CHANGE;
    }

    /** What a step does to its resource. */
    public enum Action {
        CREATE,
        CHANGE,
        DELETE
    }
}
