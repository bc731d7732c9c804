// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.qemu.importing;

import io.vnetc.dsl.value.PciAddress;
import java.util.Map;

/**
 * What the host that QEMU runs on says of its arguments.
 *
 * @param links names of taps by the number of the descriptor that is open to them
 * @param bridges names of bridges by those of the links that are their ports
 * @param networkCards whether a device on the PCI bus is a network card
 */
public record HostKnowledge(
        Map<Integer, String> links, Map<String, String> bridges, Map<PciAddress, Boolean> networkCards) {
    /** Nothing: the command line alone. */
    public static final HostKnowledge NONE = new HostKnowledge(Map.of(), Map.of(), Map.of());

    public HostKnowledge {
        links = Map.copyOf(links);
        bridges = Map.copyOf(bridges);
        networkCards = Map.copyOf(networkCards);
    }
}
