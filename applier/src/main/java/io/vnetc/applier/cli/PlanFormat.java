// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.cli;

import java.util.Locale;

/** How a plan is printed. */
enum PlanFormat {
    TEXT,
    JSON,
    MARKDOWN,
    SHELL;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
