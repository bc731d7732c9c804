// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.state;

import io.vnetc.dsl.value.InterfaceName;
import java.util.Set;

/**
 * What guests notice of a step.
 *
 * @param severity how bad it is
 * @param links the bridges whose guests, or the taps whose guest, it meets; empty where it meets none
 * @param guests that it meets whatever links they have, by name; they run
 * @param why in a clause, as "the tap is made again"; empty where the severity is none
 */
public record Effect(Severity severity, Set<InterfaceName> links, Set<String> guests, String why) {
    public static final Effect NONE = new Effect(Severity.NONE, Set.of(), "");

    public Effect {
        links = Set.copyOf(links);
        guests = Set.copyOf(guests);
    }

    /** Of a step that meets those guests whose links are open. */
    public Effect(Severity severity, Set<InterfaceName> links, String why) {
        this(severity, links, Set.of(), why);
    }

    /** How bad a step is for a guest. */
    public enum Severity {
        /** No packet is lost, no service is away. */
        NONE,
        /** Something is away for a second or so, and comes back by itself. */
        BRIEF,
        /** The guest loses its connection until something else is done. */
        OUTAGE
    }
}
