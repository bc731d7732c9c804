// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.model;

import io.vnetc.dsl.value.InterfaceName;
import io.vnetc.dsl.value.IpAddress;
import io.vnetc.dsl.value.PortRange;
import java.util.List;
import java.util.Optional;

/**
 * Ports of the host that lead to one guest behind QEMU's own or passt's address translation.
 *
 * @param protocol TCP or UDP
 * @param excluded of them; passt only
 * @param on the host's address; absent: all
 * @param via the host's link that they are on; passt only
 * @param target the guest's address; absent: the first that it is given
 * @param targetPort what the first of them is in the guest
 */
public record GuestPort(
        Permission.Protocol protocol,
        PortRange ports,
        List<PortRange> excluded,
        Optional<IpAddress> on,
        Optional<InterfaceName> via,
        Optional<IpAddress> target,
        int targetPort) {
    public GuestPort {
        excluded = List.copyOf(excluded);
    }
}
