// SPDX-License-Identifier: Apache-2.0
package io.vnetc.dsl.expansion;

import io.vnetc.dsl.diagnostic.RelatedLocation;
import java.util.List;

/**
 * What an expression is evaluated in.
 *
 * @param environment what names are
 * @param trail how this came to be; null for what stands in the source itself
 */
public record Scope(Environment environment, Trail trail) {
    /** Of what stands in the source itself. */
    public static final Scope TOP = new Scope(Environment.TOP, null);

    /** How this came to be, from the inside out. */
    public List<RelatedLocation> uses() {
        return trail == null ? List.of() : trail.shown();
    }
}
