// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.plan;

import io.vnetc.compiler.state.Effect.Severity;
import java.util.List;

/**
 * What guests that run now notice of a step.
 *
 * @param severity none where no running guest is met
 * @param guests that run and are met, sorted; a guest that is not ours by its tap's name
 * @param why in a clause
 */
public record Impact(Severity severity, List<String> guests, String why) {
    public static final Impact NONE = new Impact(Severity.NONE, List.of(), "");

    public Impact {
        guests = List.copyOf(guests);
    }
}
