// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.model;

import io.vnetc.dsl.value.AddressRange;
import io.vnetc.dsl.value.IpAddress;
import io.vnetc.dsl.value.LeaseTime;
import io.vnetc.dsl.value.MacAddress;
import java.util.List;
import java.util.Optional;

/**
 * A subnet's DHCP service.
 *
 * @param ranges of addresses for anybody, sorted, none overlapping
 * @param reservations for those who are known, sorted by address
 */
public record Dhcp(List<Range> ranges, List<Reservation> reservations) {
    public Dhcp {
        ranges = List.copyOf(ranges);
        reservations = List.copyOf(reservations);
    }

    /**
     * Addresses for anybody.
     *
     * @param addresses inside the subnet
     * @param lease granted in the range
     */
    public record Range(AddressRange addresses, LeaseTime lease) {}

    /**
     * An address kept for one client.
     *
     * @param name that the client gets: one label in lower case, and no word of dnsmasq's hosts file
     * @param identity by which it is known
     * @param address inside the subnet
     * @param lease absent: infinite is never assumed, the service's default holds
     * @param origin of the line
     */
    public record Reservation(
            String name, Identity identity, IpAddress address, Optional<LeaseTime> lease, Origin origin) {}

    /** By what a client is known. */
    public sealed interface Identity {
        record ByMac(MacAddress mac) implements Identity {}

        /** DHCPv6 unique identifier (RFC 8415 section 11), as colon separated octets in lower case. */
        record ByDuid(String duid) implements Identity {}

        /** By the name that the client sends. */
        record ByName() implements Identity {}
    }
}
