// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.model;

import java.util.List;

/**
 * A whole source, resolved, for all of its hosts.
 *
 * @param hosts sorted by name
 * @param networks sorted by name
 * @param guests sorted by name
 */
public record Model(List<Host> hosts, List<Network> networks, List<Guest> guests) {
    public Model {
        hosts = List.copyOf(hosts);
        networks = List.copyOf(networks);
        guests = List.copyOf(guests);
    }
}
