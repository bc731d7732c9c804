// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.cli;

import java.util.Locale;

/** How data is printed. */
enum DataFormat {
    TEXT,
    JSON;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
