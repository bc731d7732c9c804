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
 * @param dhcp whether and how addresses are given out; ranges may be empty for reservations only
 * @param origin of the block
 */
public record Subnet(
        Cidr network, Optional<IpAddress> gateway, boolean advertise, Optional<Dhcp> dhcp, Origin origin) {}
