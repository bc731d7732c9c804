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
 * @param answer that clients get which have no address of a range, nor a reservation in the block of one
 * @param relays servers that are asked instead, in order; with them there is no range and no reservation
 */
public record Dhcp(List<Range> ranges, List<Reservation> reservations, Answer answer, List<IpAddress> relays) {
    public Dhcp {
        ranges = List.copyOf(ranges);
        reservations = List.copyOf(reservations);
        relays = List.copyOf(relays);
    }

    /** One that tells its clients nothing but their addresses. */
    public Dhcp(List<Range> ranges, List<Reservation> reservations) {
        this(ranges, reservations, Answer.PLAIN, List.of());
    }

    /**
     * Addresses for anybody.
     *
     * @param addresses inside the subnet
     * @param lease granted in the range
     * @param answer for its clients: the subnet's, less what the range's own block says
     */
    public record Range(AddressRange addresses, LeaseTime lease, Answer answer) {
        public Range(AddressRange addresses, LeaseTime lease) {
            this(addresses, lease, Answer.PLAIN);
        }
    }

    /**
     * What a client is told beside its address.
     *
     * @param boot what to boot from
     * @param options by number, each once
     */
    public record Answer(Optional<Boot> boot, List<Option> options) {
        public static final Answer PLAIN = new Answer(Optional.empty(), List.of());

        public Answer {
            options = List.copyOf(options);
        }

        public Optional<Option> option(int number) {
            return options.stream().filter(option -> option.number() == number).findFirst();
        }
    }

    /**
     * What to boot from (IPv4).
     *
     * @param file its name for the server, or a URL; printable, at most 127 bytes
     * @param server that has it; absent: the host itself
     */
    public record Boot(String file, Optional<IpAddress> server) {}

    /**
     * A DHCP option (RFC 2132, RFC 8415).
     *
     * @param number of it in its family
     * @param values of one type; empty: it is not sent, where dnsmasq would
     */
    public record Option(int number, List<OptionValue> values) {
        public Option {
            values = List.copyOf(values);
        }
    }

    /**
     * An address kept for one client.
     *
     * @param name that the client gets: one label in lower case, and no word of dnsmasq's hosts file; there where the
     *     client is known by nothing else
     * @param identity by which it is known
     * @param address inside the subnet
     * @param lease absent: infinite is never assumed, the service's default holds
     * @param range in whose block it stands, by its first address, whose answer it gets; absent: the subnet's
     * @param origin of the line
     */
    public record Reservation(
            Optional<String> name,
            Identity identity,
            IpAddress address,
            Optional<LeaseTime> lease,
            Optional<IpAddress> range,
            Origin origin) {
        public Reservation(
                String name, Identity identity, IpAddress address, Optional<LeaseTime> lease, Origin origin) {
            this(Optional.of(name), identity, address, lease, Optional.empty(), origin);
        }
    }

    /** By what a client is known. */
    public sealed interface Identity {
        record ByMac(MacAddress mac) implements Identity {}

        /** DHCPv6 unique identifier (RFC 8415 section 11), as colon separated octets in lower case. */
        record ByDuid(String duid) implements Identity {}

        /** By the name that the client sends. */
        record ByName() implements Identity {}
    }
}
