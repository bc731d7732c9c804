// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.kind;

import io.vnetc.dsl.value.InterfaceName;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The chains of ours. A base chain leads to one chain of each bridge, by matches that exclude each other:
 *
 * <pre>
 * FORWARD     → VNET-FORWARD → VNET-OUT → VNET-OUT-BRIDGE   what comes from a bridge: decided here for good
 *                            → VNET-IN  → VNET-IN-BRIDGE    what goes to a bridge from anywhere else
 *                              VNET-APART                   refuses what goes to any bridge of ours
 * INPUT       → VNET-INPUT → VNET-HOST-BRIDGE               what guests ask the host
 * POSTROUTING → VNET-POSTROUTING → VNET-NAT-BRIDGE          whose packets leave with the host's address
 * </pre>
 */
public final class Chains {
    public static final String FORWARD = "VNET-FORWARD";
    public static final String INPUT = "VNET-INPUT";
    public static final String POSTROUTING = "VNET-POSTROUTING";
    public static final String OUT = "VNET-OUT";
    public static final String IN = "VNET-IN";
    public static final String APART = "VNET-APART";

    /** Of the name of a chain; XT_EXTENSION_MAXNAMELEN less its end. */
    private static final int MAX_LENGTH = 28;

    private static final String OUT_OF = OUT + "-";
    private static final String INTO = IN + "-";
    private static final String HOST_FROM = "VNET-HOST-";
    private static final String NAT_OF = "VNET-NAT-";

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

    /** The bridge that a chain of the filter forwards from or to. */
    static Optional<InterfaceName> forwarding(String chain) {
        return Stream.of(OUT_OF, INTO)
                .filter(chain::startsWith)
                .findFirst()
                .map(prefix -> Read.value(chain.substring(prefix.length()), InterfaceName::new));
    }

    /** Whether a name is one that we give to a chain; others are never read, and so never touched. */
    public static boolean isOurs(String chain) {
        return Stream.of(FORWARD, INPUT, POSTROUTING, OUT, IN, APART).anyMatch(chain::equals)
                || (Stream.of(OUT_OF, INTO, HOST_FROM, NAT_OF).anyMatch(chain::startsWith)
                        && chain.length() <= MAX_LENGTH);
    }

    /** Whether the order of its rules is what the chain decides by. */
    static boolean isOrdered(String chain) {
        return Stream.of(OUT_OF, INTO, HOST_FROM).anyMatch(chain::startsWith);
    }
}
