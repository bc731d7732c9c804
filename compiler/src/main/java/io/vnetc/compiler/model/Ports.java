// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.model;

import java.util.List;

/**
 * The ports that a network has for its guests.
 *
 * @param settings of all of them, unless a portgroup or a NIC says otherwise
 * @param groups in source order, one default at most
 */
public record Ports(PortSettings settings, List<Portgroup> groups) {
    public static final Ports PLAIN = new Ports(PortSettings.NONE, List.of());

    public Ports {
        groups = List.copyOf(groups);
    }
}
