// SPDX-License-Identifier: Apache-2.0
package io.vnetc.dsl.diagnostic;

import java.util.Locale;

/** How bad it is. */
public enum Severity {
    /** Nothing is done with a source that has one. */
    ERROR,
    /** Likely not what was meant. */
    WARNING,
    /** Worth knowing. */
    NOTE;

    /** The word that is printed, which is also SARIF's level. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
