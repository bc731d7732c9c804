// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.model;

import java.util.List;

/**
 * What may pass to a network's guests and between them, beyond what its way of forwarding says.
 *
 * @param publications ports of the host that lead in, in source order
 * @param blocked whether guests of the network reach each other only where {@code between} says so
 * @param between rules of guests of this bridge, in source order
 * @param guestIpv6 whether guests may talk IPv6 among themselves where the host has no IPv6 address
 */
public record Policy(List<Publication> publications, boolean blocked, List<Permission> between, boolean guestIpv6) {
    public static final Policy OPEN = new Policy(List.of(), false, List.of(), true);

    public Policy {
        publications = List.copyOf(publications);
        between = List.copyOf(between);
    }

    /** Whether no guest of the network reaches another, so that the ports themselves can keep them apart. */
    public boolean isolates() {
        return blocked && between.stream().noneMatch(Permission::allow);
    }
}
