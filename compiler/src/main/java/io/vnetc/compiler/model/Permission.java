// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.model;

import io.vnetc.dsl.value.PortRange;
import io.vnetc.dsl.value.Rate;
import java.util.List;
import java.util.Optional;

/**
 * A rule of who may reach whom.
 *
 * @param allow else it forbids
 * @param from who opens the connection
 * @param to who is reached
 * @param both whether either may open it
 * @param protocol absent: any
 * @param ports of the one who is reached; empty: any
 * @param limit of packets that open a connection, or between guests of one bridge of all packets
 * @param rate that is let through
 */
public record Permission(
        boolean allow,
        Endpoint from,
        Endpoint to,
        boolean both,
        Optional<Protocol> protocol,
        List<PortRange> ports,
        Optional<PacketLimit> limit,
        Optional<Rate> rate,
        Origin origin) {
    public Permission {
        ports = List.copyOf(ports);
    }

    /** Of the transport layer, and ICMP of either family. */
    public enum Protocol {
        TCP,
        UDP,
        ICMP
    }

    /**
     * So many packets in a time.
     *
     * @param packets at least 1
     * @param per as iptables writes it
     */
    public record PacketLimit(int packets, Unit per) {
        /** A time that packets are counted in. */
        public enum Unit {
            SECOND,
            MINUTE,
            HOUR,
            DAY
        }
    }
}
