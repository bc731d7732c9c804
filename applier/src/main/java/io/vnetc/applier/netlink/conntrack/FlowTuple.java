// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.netlink.conntrack;

import io.vnetc.applier.netlink.wire.Attributes;
import io.vnetc.applier.netlink.wire.MessageFormatException;
import io.vnetc.dsl.value.IpAddress;
import java.util.Optional;

/**
 * One direction of a flow.
 *
 * @param source of its packets
 * @param destination of its packets
 * @param protocol 6 TCP, 17 UDP, 1 ICMP, 58 ICMPv6, …
 * @param sourcePort 0 where the protocol has none
 * @param destinationPort 0 where the protocol has none
 */
public record FlowTuple(IpAddress source, IpAddress destination, int protocol, int sourcePort, int destinationPort) {
    static FlowTuple of(Attributes tuple) {
        Attributes ip = tuple.nested(ConntrackProtocol.IP);
        Attributes transport = tuple.nested(ConntrackProtocol.TRANSPORT);
        return new FlowTuple(
                either(ip.get(ConntrackProtocol.V4_SOURCE), ip.get(ConntrackProtocol.V6_SOURCE)),
                either(ip.get(ConntrackProtocol.V4_DESTINATION), ip.get(ConntrackProtocol.V6_DESTINATION)),
                (int) transport.number(ConntrackProtocol.NUMBER, 0),
                (int) transport.number(ConntrackProtocol.SOURCE_PORT, 0),
                (int) transport.number(ConntrackProtocol.DESTINATION_PORT, 0));
    }

    private static IpAddress either(Optional<IpAddress> v4, Optional<IpAddress> v6) {
        if (v4.isPresent()) {
            return v4.get();
        }
        if (v6.isPresent()) {
            return v6.get();
        }
        throw new MessageFormatException("a flow without addresses");
    }

    @Override
    public String toString() {
        return "protocol " + protocol + " " + end(source, sourcePort) + " to " + end(destination, destinationPort);
    }

    private static String end(IpAddress address, int port) {
        return port == 0 ? address.toString() : "[" + address + "]:" + port;
    }
}
