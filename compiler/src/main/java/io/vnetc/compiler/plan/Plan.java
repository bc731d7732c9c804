// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.plan;

import java.util.List;

/**
 * All that an apply will do, in order. Read backwards, with each step turned round, it is the rollback.
 *
 * @param host the name of the host it is for
 * @param steps in the order in which they run
 * @param notices what a person should know that is no step, as a borrowed setting whose former value is lost
 * @param base digest of what the steps touch and depend on, as it was observed: {@code sha256:} and 64 hexadecimal digits
 */
public record Plan(String host, List<Step> steps, List<String> notices, String base) {
    public Plan {
        steps = List.copyOf(steps);
        notices = List.copyOf(notices);
    }

    public boolean isEmpty() {
        return steps.isEmpty();
    }
}
