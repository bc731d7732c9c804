// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.plan;

import io.vnetc.compiler.model.Origin;
import io.vnetc.compiler.state.Claim;
import io.vnetc.compiler.state.Resource;
import io.vnetc.compiler.state.ResourceAddress;
import io.vnetc.compiler.state.Standing;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The states that one resource goes through: the first is as it was observed, the last as it is wished. */
final class Course {
    private final ResourceAddress address;
    private final Standing standing;
    private final Optional<Origin> origin;
    private final List<Optional<Resource>> states;
    private final int early;
    private final List<Move> moves;
    private Optional<Move> cause = Optional.empty();

    private Course(
            ResourceAddress address,
            Standing standing,
            Optional<Origin> origin,
            List<Optional<Resource>> states,
            int early) {
        this.address = address;
        this.standing = standing;
        this.origin = origin;
        this.states = List.copyOf(states);
        this.early = early;
        List<Move> steps = new ArrayList<>(states.size() - 1);
        for (int i = 1; i < states.size(); i++) {
            steps.add(new Move(this, i, states.get(i - 1), states.get(i)));
        }
        moves = List.copyOf(steps);
    }

    /** From the first of these states to the last; the first {@code early} moves make or change, the others give up. */
    static Course of(Standing standing, Optional<Origin> origin, List<Optional<Resource>> states, int early) {
        List<Optional<Resource>> path = new ArrayList<>();
        int before = early;
        for (int i = 0; i < states.size(); i++) {
            if (i > 0 && states.get(i).equals(states.get(i - 1))) {
                before -= i <= early ? 1 : 0;
            } else {
                path.add(states.get(i));
            }
        }
        ResourceAddress address = states.get(0)
                .or(() -> states.get(states.size() - 1))
                .orElseThrow()
                .address();
        return new Course(address, standing, origin, path, before);
    }

    /** The same by way of {@code between}, because of {@code cause}, right before and after which it happens. */
    Course detour(Optional<Resource> between, Optional<Move> cause) {
        Course detour = of(standing, origin, List.of(first(), between, last()), 2);
        detour.cause = cause;
        return detour;
    }

    ResourceAddress address() {
        return address;
    }

    Standing standing() {
        return standing;
    }

    Optional<Origin> origin() {
        return origin;
    }

    Optional<Resource> first() {
        return states.get(0);
    }

    Optional<Resource> last() {
        return states.get(states.size() - 1);
    }

    boolean isDetour() {
        return states.size() > 2 && early == 2;
    }

    Optional<Move> cause() {
        return cause;
    }

    /** How many of the moves make or change; the others give up. */
    int early() {
        return early;
    }

    List<Move> moves() {
        return moves;
    }

    /** Whether it is without the need somewhere between its first and last state. */
    boolean pausesNeed(Claim claim) {
        for (Optional<Resource> state : states.subList(0, states.size() - 1)) {
            if (!Move.needs(state).contains(claim)) {
                return true;
            }
        }
        return false;
    }

    /** Whether it is away in between, or in the end. */
    boolean vanishes() {
        return states.subList(1, states.size()).contains(Optional.<Resource>empty());
    }
}
