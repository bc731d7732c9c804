// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.model;

import io.vnetc.dsl.value.IpAddress;
import io.vnetc.dsl.value.PortRange;
import java.util.List;
import java.util.Optional;

/**
 * A port of the host that leads to a guest.
 *
 * @param protocol TCP or UDP
 * @param ports of the host
 * @param on the host's address; absent: any of its own of the target's family
 * @param via uplinks that it is open on; empty: all
 * @param target inside the network
 * @param targetPort the first of as many; absent: the same ports
 */
public record Publication(
        Permission.Protocol protocol,
        PortRange ports,
        Optional<IpAddress> on,
        List<Uplink> via,
        IpAddress target,
        Optional<Integer> targetPort,
        Origin origin) {
    public Publication {
        via = List.copyOf(via);
    }

    /** Whether a packet may be meant by both. */
    public boolean clashes(Publication other) {
        return protocol == other.protocol
                && target.family() == other.target.family()
                && ports.first() <= other.ports.last()
                && other.ports.first() <= ports.last()
                && (on.isEmpty() || other.on.isEmpty() || on.equals(other.on))
                && (via.isEmpty() || other.via.isEmpty() || via.stream().anyMatch(other.via::contains));
    }

    /** The ports of the target. */
    public PortRange targetPorts() {
        int first = targetPort.orElse(ports.first());
        return new PortRange(first, first + ports.last() - ports.first());
    }
}
