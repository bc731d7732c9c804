// SPDX-License-Identifier: Apache-2.0
package io.vnetc.dsl.expansion;

import io.vnetc.dsl.diagnostic.SourceRange;
import java.util.List;
import java.util.Optional;

/**
 * Where a setting, or a whole declaration, comes from.
 *
 * @param kind how it came to be what it is
 * @param place where that is written: the setting; of an argument or default, that value
 * @param parameter the name of the template's parameter, where it has its value from one
 * @param ways the uses of templates and turns of loops that led there, from the inside out
 * @param replaced where a template says otherwise, and its user said this instead
 */
public record Provenance(
        Kind kind, SourceRange place, Optional<String> parameter, List<Way> ways, Optional<SourceRange> replaced) {
    /** How a setting came to be what it is. */
    public enum Kind {
        /** It stands in the declaration. */
        WRITTEN,
        /** It stands in the declaration, and in place of what a template says. */
        OVERRIDE,
        /** It stands in a template. */
        TEMPLATE,
        /** A template leaves it open, and it was given where the template is used. */
        ARGUMENT,
        /** A template leaves it open, and says what holds where nothing is given. */
        DEFAULT
    }

    /**
     * A use of a template, or a turn of a loop.
     *
     * @param template the name of the template; empty for a turn of a loop
     * @param place where it is used, or where the loop is
     * @param label what is done there, in words
     */
    public record Way(Optional<String> template, SourceRange place, String label) {}

    public Provenance {
        ways = List.copyOf(ways);
    }

    static List<Way> ways(Trail trail) {
        return trail == null
                ? List.of()
                : trail.all().stream()
                        .map(step -> new Way(
                                step.template(),
                                step.step().range(),
                                step.step().label()))
                        .toList();
    }
}
