// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.model;

import io.vnetc.dsl.value.Cidr;
import io.vnetc.dsl.value.IpAddress;
import java.util.Optional;

/**
 * Addresses on a network.
 *
 * @param network prefix
 * @param gateway the host's own address in it; absent: the host has none there
 * @param advertise whether the host sends IPv6 router advertisements for it
 * @param localPtr whether names of its addresses are never asked for elsewhere
 * @param tftp folder whose files the host gives out by TFTP: absolute, with no empty, {@code .} or {@code ..} part
 * @param dhcp whether and how addresses are given out; ranges may be empty for reservations only
 * @param origin of the block
 */
public record Subnet(
        Cidr network,
        Optional<IpAddress> gateway,
        boolean advertise,
        boolean localPtr,
        Optional<String> tftp,
        Optional<Dhcp> dhcp,
        Origin origin) {
    /** One with no files, and no word of its addresses' names. */
    public Subnet(Cidr network, Optional<IpAddress> gateway, boolean advertise, Optional<Dhcp> dhcp, Origin origin) {
        this(network, gateway, advertise, false, Optional.empty(), dhcp, origin);
    }
}
