// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.netlink.conntrack;

import io.vnetc.applier.netlink.Answer;
import io.vnetc.applier.netlink.KernelTransport;
import io.vnetc.applier.netlink.NetlinkException;
import io.vnetc.applier.netlink.Transport;
import io.vnetc.applier.netlink.system.Errno;
import io.vnetc.applier.netlink.wire.AttributeWriter;
import io.vnetc.applier.netlink.wire.Attributes;
import io.vnetc.applier.netlink.wire.Message;
import io.vnetc.applier.netlink.wire.MessageType;
import io.vnetc.applier.netlink.wire.Request;
import io.vnetc.dsl.value.IpFamily;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The flows that the kernel keeps track of in one network namespace. Not thread-safe: every thread opens its own.
 *
 * <p>Rules are asked for the first packet of a flow only: to take a permission back, end the flows too that have it.
 */
public final class ConntrackSocket implements AutoCloseable {
    private static final int AF_INET = 2;
    private static final int AF_INET6 = 10;

    private final Transport transport;

    /** Works over a transport, and closes it in the end. */
    public ConntrackSocket(Transport transport) {
        this.transport = transport;
    }

    /** Opens a socket in the network namespace of the calling thread, whichever thread uses it later. */
    public static ConntrackSocket open() throws NetlinkException {
        return new ConntrackSocket(KernelTransport.open(ConntrackProtocol.PROTOCOL));
    }

    /** All flows of IPv4 and IPv6. */
    public List<FlowInfo> flows() throws NetlinkException {
        Request request = request(ConntrackProtocol.GET, "list the tracked flows", 0)
                .flags(Request.DUMP)
                .build();
        List<FlowInfo> flows = new ArrayList<>();
        for (Message message : transport.dump(request).orThrow()) {
            long family = message.header(ConntrackProtocol.FAMILY);
            if (family == AF_INET || family == AF_INET6) {
                flows.add(FlowInfo.of(message));
            }
        }
        return flows;
    }

    /**
     * Ends flows: the next packet of each passes the rules anew. One that has ended by itself is passed over, and so is
     * another in its place, as far as the kernel numbers it differently.
     *
     * @return how many were ended
     */
    public int end(List<FlowInfo> flows) throws NetlinkException {
        List<Request> requests = new ArrayList<>(flows.size());
        for (FlowInfo flow : flows) {
            Attributes known = flow.message().attributes();
            Request.Builder builder = request(ConntrackProtocol.DELETE, "end the flow of " + flow.original(), (int)
                    flow.message().header(ConntrackProtocol.FAMILY));
            builder.put(ConntrackProtocol.ORIGINAL, known.require(ConntrackProtocol.ORIGINAL));
            builder.put(ConntrackProtocol.ID, known.require(ConntrackProtocol.ID));
            Optional<Long> zone = known.get(ConntrackProtocol.ZONE);
            if (zone.isPresent()) {
                builder.put(ConntrackProtocol.ZONE, zone.get());
            }
            requests.add(builder.build());
        }
        int ended = 0;
        for (Answer answer : transport.exchange(requests)) {
            ended += done(answer) ? 1 : 0;
        }
        return ended;
    }

    /**
     * Ends the flow whose original direction this is, where the protocol has ports (TCP, UDP, SCTP, DCCP, UDP-Lite).
     *
     * @return whether there was one
     */
    public boolean end(FlowTuple original) throws NetlinkException {
        boolean v4 = original.source().family() == IpFamily.IPV4;
        Request.Builder builder =
                request(ConntrackProtocol.DELETE, "end the flow of " + original, v4 ? AF_INET : AF_INET6);
        AttributeWriter writer = builder.attributes().begin(ConntrackProtocol.ORIGINAL);
        writer.begin(ConntrackProtocol.IP)
                .put(v4 ? ConntrackProtocol.V4_SOURCE : ConntrackProtocol.V6_SOURCE, original.source())
                .put(v4 ? ConntrackProtocol.V4_DESTINATION : ConntrackProtocol.V6_DESTINATION, original.destination())
                .end();
        writer.begin(ConntrackProtocol.TRANSPORT)
                .put(ConntrackProtocol.NUMBER, original.protocol())
                .put(ConntrackProtocol.SOURCE_PORT, original.sourcePort())
                .put(ConntrackProtocol.DESTINATION_PORT, original.destinationPort())
                .end();
        writer.end();
        return done(transport.exchange(builder.build()));
    }

    // A deletion without a tuple empties the whole table: none is ever built without one.
    private static Request.Builder request(MessageType type, String operation, int family) {
        return Request.of(ConntrackProtocol.PROTOCOL, type, operation).header(ConntrackProtocol.FAMILY, family);
    }

    private static boolean done(Answer answer) throws NetlinkException {
        Optional<NetlinkException> failure = answer.failure();
        if (failure.isEmpty()) {
            return true;
        }
        if (failure.get().errno().equals(Errno.ENOENT)) {
            return false;
        }
        throw failure.get();
    }

    @Override
    public void close() {
        transport.close();
    }
}
