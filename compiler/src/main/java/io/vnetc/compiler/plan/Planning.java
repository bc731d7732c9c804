// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.plan;

import java.util.List;

/** The outcome of planning. */
public sealed interface Planning {
    record Ready(Plan plan) implements Planning {}

    record Refused(List<Conflict> conflicts) implements Planning {
        public Refused {
            conflicts = List.copyOf(conflicts);
        }
    }
}
