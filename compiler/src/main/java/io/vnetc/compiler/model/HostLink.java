// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.model;

import io.vnetc.compiler.link.LinkOptions;
import io.vnetc.compiler.link.LinkType;
import io.vnetc.dsl.value.InterfaceAddress;
import io.vnetc.dsl.value.InterfaceName;
import io.vnetc.dsl.value.MacAddress;
import java.util.List;
import java.util.Optional;

/**
 * A link that the host makes for itself.
 *
 * @param name in the kernel
 * @param type what it is
 * @param options how it is set as one of its type
 * @param lower the link that it is on
 * @param peer of a pair, the name of the other end
 * @param members of a bond, sorted
 * @param primary the member that a bond prefers
 * @param mac absent where it is that of the link that it is on, or where links of the type have none
 * @param peerMac of a pair, that of the other end
 * @param mtu in bytes
 * @param addresses of the host on it, sorted
 * @param routes of the host over it
 * @param origin of the declaration
 */
public record HostLink(
        InterfaceName name,
        LinkType type,
        LinkOptions options,
        Optional<InterfaceName> lower,
        Optional<InterfaceName> peer,
        List<InterfaceName> members,
        Optional<InterfaceName> primary,
        Optional<MacAddress> mac,
        Optional<MacAddress> peerMac,
        int mtu,
        List<InterfaceAddress> addresses,
        List<StaticRoute> routes,
        Origin origin) {
    public HostLink {
        members = List.copyOf(members);
        addresses = List.copyOf(addresses);
        routes = List.copyOf(routes);
    }

    public Owner owner() {
        return Owner.link(name.text());
    }
}
