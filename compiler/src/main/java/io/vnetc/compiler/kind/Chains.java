// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.kind;

import io.vnetc.dsl.value.InterfaceName;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The chains of ours. A base chain leads to one chain of each bridge, by matches that exclude each other:
 *
 * <pre>
 * FORWARD     → VNET-FORWARD → VNET-RULES                   what the source allows and denies, first match first
 *                                → VNET-RULE-…              the way of one rule that needs several
 *                            → VNET-PUBLISHED               what came to a published port, and its answers
 *                            → VNET-OUT → VNET-OUT-BRIDGE   what comes from a bridge: decided here for good
 *                            → VNET-IN  → VNET-IN-BRIDGE    what goes to a bridge from anywhere else
 *                              VNET-APART                   refuses what goes to any bridge of ours
 * INPUT       → VNET-INPUT → VNET-HOST-BRIDGE               what guests ask the host
 *                          → VNET-RULES-IN                  rules about the host itself
 * OUTPUT      → VNET-OUTPUT → VNET-RULES-OUT
 * nat:
 * PREROUTING  → VNET-PREROUTING → VNET-PUBLISH              ports of the host that lead to guests
 * OUTPUT      → VNET-OUTPUT → VNET-PUBLISH-OWN              the same, for the host itself
 * POSTROUTING → VNET-POSTROUTING → VNET-HAIRPIN             guests that reach their own network by a published port
 *                                → VNET-NAT-BRIDGE          whose packets leave with the host's address
 * bridge:
 * FORWARD     → VNET-FORWARD → VNET-GUESTS-BRIDGE           between guests of one bridge
 * </pre>
 */
public final class Chains {
    public static final String FORWARD = "VNET-FORWARD";
    public static final String INPUT = "VNET-INPUT";
    public static final String OUTPUT = "VNET-OUTPUT";
    public static final String PREROUTING = "VNET-PREROUTING";
    public static final String POSTROUTING = "VNET-POSTROUTING";
    public static final String RULES = "VNET-RULES";
    public static final String RULES_IN = "VNET-RULES-IN";
    public static final String RULES_OUT = "VNET-RULES-OUT";
    public static final String PUBLISHED = "VNET-PUBLISHED";
    public static final String PUBLISH = "VNET-PUBLISH";
    public static final String PUBLISH_OWN = "VNET-PUBLISH-OWN";
    public static final String HAIRPIN = "VNET-HAIRPIN";
    public static final String OUT = "VNET-OUT";
    public static final String IN = "VNET-IN";
    public static final String APART = "VNET-APART";

    static final Set<String> BASES = Set.of(FORWARD, INPUT, OUTPUT, PREROUTING, POSTROUTING);

    private static final Set<String> OF_RULES = Set.of(RULES, RULES_IN, RULES_OUT);
    private static final Set<String> OTHERS = Set.of(PUBLISHED, PUBLISH, PUBLISH_OWN, HAIRPIN, OUT, IN, APART);

    /** Of the name of a chain; XT_EXTENSION_MAXNAMELEN less its end. */
    private static final int MAX_LENGTH = 28;

    private static final String OUT_OF = OUT + "-";
    private static final String INTO = IN + "-";
    private static final String HOST_FROM = "VNET-HOST-";
    private static final String NAT_OF = "VNET-NAT-";
    private static final String GUESTS_OF = "VNET-GUESTS-";
    private static final String RULE = "VNET-RULE-";

    private Chains() {}

    public static String out(InterfaceName bridge) {
        return OUT_OF + bridge;
    }

    public static String in(InterfaceName bridge) {
        return INTO + bridge;
    }

    public static String host(InterfaceName bridge) {
        return HOST_FROM + bridge;
    }

    public static String nat(InterfaceName bridge) {
        return NAT_OF + bridge;
    }

    public static String guests(InterfaceName bridge) {
        return GUESTS_OF + bridge;
    }

    /**
     * The chain of one rule.
     *
     * @param key letters and digits, that no other rule has
     */
    public static String rule(String key) {
        return RULE + key;
    }

    /** The bridge whose guests' addresses a chain translates. */
    static Optional<InterfaceName> translating(String chain) {
        return chain.startsWith(NAT_OF)
                ? Optional.of(Read.value(chain.substring(NAT_OF.length()), InterfaceName::new))
                : Optional.empty();
    }

    /** The bridge that a chain of a filter lets packets through from or to. */
    static Optional<InterfaceName> forwarding(String chain) {
        return Stream.of(OUT_OF, INTO, GUESTS_OF)
                .filter(chain::startsWith)
                .findFirst()
                .map(prefix -> Read.value(chain.substring(prefix.length()), InterfaceName::new));
    }

    /** Whether what is allowed and denied stands in it; a jump from it is a part of that. */
    static boolean isOfRules(String chain) {
        return OF_RULES.contains(chain);
    }

    /** Whether it belongs to one rule, whose addresses stand where it is jumped to from. */
    static boolean isOfOneRule(String chain) {
        return chain.startsWith(RULE);
    }

    /** Whether a name is one that we give to a chain; others are never read, and so never touched. */
    public static boolean isOurs(String chain) {
        return BASES.contains(chain)
                || OF_RULES.contains(chain)
                || OTHERS.contains(chain)
                || (Stream.of(OUT_OF, INTO, HOST_FROM, NAT_OF, GUESTS_OF, RULE).anyMatch(chain::startsWith)
                        && chain.length() <= MAX_LENGTH);
    }

    /** Whether the order of its rules is what the chain decides by. */
    static boolean isOrdered(String chain) {
        return OF_RULES.contains(chain)
                || Stream.of(OUT_OF, INTO, HOST_FROM, GUESTS_OF, RULE).anyMatch(chain::startsWith);
    }
}
