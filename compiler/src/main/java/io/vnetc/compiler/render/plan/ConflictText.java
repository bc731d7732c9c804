// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.render.plan;

import io.vnetc.compiler.plan.Conflict;
import java.util.List;

/** Why there is no plan. */
public final class ConflictText {
    private ConflictText() {}

    /** Two lines for each: where and what, and what to do. */
    public static String render(List<Conflict> conflicts) {
        StringBuilder text = new StringBuilder();
        for (Conflict conflict : conflicts) {
            conflict.origin()
                    .ifPresent(origin -> text.append(Printable.of(origin.toString()))
                            .append(':')
                            .append(origin.column())
                            .append(": "));
            text.append("error: ").append(Printable.of(conflict.message())).append('\n');
            if (!conflict.remedy().isEmpty()) {
                text.append("  ").append(Printable.of(conflict.remedy())).append('\n');
            }
        }
        return text.toString();
    }
}
