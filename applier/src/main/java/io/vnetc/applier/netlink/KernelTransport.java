// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.netlink;

import io.vnetc.applier.netlink.system.Descriptor;
import io.vnetc.applier.netlink.system.Errno;
import io.vnetc.applier.netlink.system.Socket;
import io.vnetc.applier.netlink.system.SystemCallException;
import io.vnetc.applier.netlink.wire.Acknowledgement;
import io.vnetc.applier.netlink.wire.Message;
import io.vnetc.applier.netlink.wire.MessageFormatException;
import io.vnetc.applier.netlink.wire.Protocol;
import io.vnetc.applier.netlink.wire.Request;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * The running kernel, in the network namespace of the thread that opened this, whichever thread uses it.
 *
 * <p>Acknowledgements are always asked for, extended ({@code NETLINK_EXT_ACK}) and without the request in them
 * ({@code NETLINK_CAP_ACK}); requests are checked strictly ({@code NETLINK_GET_STRICT_CHK}, Linux 4.20). A dump that was
 * disturbed ({@code NLM_F_DUMP_INTR}) or lost messages ({@code ENOBUFS}) is read again from the start, ten times at most.
 * Only messages that the kernel itself sent, and that answer what was asked, are believed.
 */
public final class KernelTransport implements Transport {
    private static final int DUMP_ATTEMPTS = 10;
    private static final int RECEIVE_BUFFER = 4 << 20;
    private static final int RECEIVE_SECONDS = 60;

    /** So many octets and requests at most go into one send: their acknowledgements have to fit the receive buffer. */
    private static final int SEND_OCTETS = 64 << 10;

    private static final int SEND_REQUESTS = 256;

    /** What the kernel puts into one datagram of a dump; one message may be longer. */
    private static final int DUMP_OCTETS = 32 << 10;

    private static final int SO_RCVBUF = 8;
    private static final int SO_RCVTIMEO = 20;
    private static final int SO_RCVBUFFORCE = 33;
    private static final int SOL_NETLINK = 270;
    private static final int NETLINK_CAP_ACK = 10;
    private static final int NETLINK_EXT_ACK = 11;
    private static final int NETLINK_GET_STRICT_CHK = 12;
    private static final int ADDRESS_LENGTH = 12;

    private final Protocol protocol;
    private final Socket socket;
    private final int port;
    private final ByteBuffer kernel = Descriptor.direct(ADDRESS_LENGTH);
    private final ByteBuffer sender = Descriptor.direct(ADDRESS_LENGTH);
    private final ByteBuffer outgoing = Descriptor.direct(SEND_OCTETS);
    private ByteBuffer incoming = Descriptor.direct(DUMP_OCTETS);
    private int sequence;

    private KernelTransport(Protocol protocol, Socket socket) throws SystemCallException {
        this.protocol = protocol;
        this.socket = socket;
        String operation = "set up a " + protocol + " socket";
        kernel.putShort(0, (short) Socket.NETLINK);
        socket.bind(kernel, operation);
        try {
            socket.setOption(Socket.SOCKET_LEVEL, SO_RCVBUFFORCE, number(RECEIVE_BUFFER), operation);
        } catch (SystemCallException e) {
            // Without CAP_NET_ADMIN the administrator's limit holds (net.core.rmem_max).
            socket.setOption(Socket.SOCKET_LEVEL, SO_RCVBUF, number(RECEIVE_BUFFER), operation);
        }
        ByteBuffer timeout = Descriptor.direct(2 * Long.BYTES).putLong(0, RECEIVE_SECONDS);
        socket.setOption(Socket.SOCKET_LEVEL, SO_RCVTIMEO, timeout, operation);
        socket.setOption(SOL_NETLINK, NETLINK_CAP_ACK, number(1), operation);
        socket.setOption(SOL_NETLINK, NETLINK_EXT_ACK, number(1), operation);
        socket.setOption(SOL_NETLINK, NETLINK_GET_STRICT_CHK, number(1), operation + " (strict checking, Linux 4.20)");
        socket.name(sender, operation);
        this.port = sender.getInt(Integer.BYTES);
    }

    /** Opens a socket in the network namespace of the calling thread. */
    public static KernelTransport open(Protocol protocol) throws NetlinkException {
        String operation = "open a " + protocol + " socket";
        Socket socket = null;
        try {
            socket = Socket.open(Socket.NETLINK, protocol.number(), operation);
            return new KernelTransport(protocol, socket);
        } catch (SystemCallException e) {
            if (socket != null) {
                socket.close();
            }
            throw NetlinkException.failed(operation, e);
        }
    }

    private static ByteBuffer number(int value) {
        return Descriptor.direct(Integer.BYTES).putInt(0, value);
    }

    @Override
    public List<Answer> exchange(List<Request> requests) throws NetlinkException {
        List<Answer> answers = new ArrayList<>(requests.size());
        while (answers.size() < requests.size()) {
            int first = answers.size();
            int end = send(requests, first);
            int firstSequence = sequence - (end - first) + 1;
            for (int i = first; i < end; i++) {
                answers.add(receive(requests.get(i), firstSequence + i - first, false));
            }
        }
        return answers;
    }

    @Override
    public Answer dump(Request request) throws NetlinkException {
        if (!request.isDump()) {
            throw new IllegalArgumentException("not a dump: " + request);
        }
        for (int attempt = 0; attempt < DUMP_ATTEMPTS; attempt++) {
            send(List.of(request), 0);
            Answer answer = receive(request, sequence, true);
            if (answer != null) {
                return answer;
            }
        }
        throw NetlinkException.failed(
                request.operation(),
                Errno.EINTR,
                "it changed while it was read, " + DUMP_ATTEMPTS + " times in a row; try again when less is going on");
    }

    /** Sends as many requests as go into one datagram; returns the index of the first that did not. */
    private int send(List<Request> requests, int first) throws NetlinkException {
        Request request = requests.get(first);
        outgoing.clear();
        int next = first;
        while (next < requests.size() && next - first < SEND_REQUESTS) {
            byte[] octets = requests.get(next).toOctets(sequence + 1);
            if (octets.length > outgoing.remaining()) {
                break;
            }
            outgoing.put(octets);
            // Attributes are padded, so the next message starts where this one ends.
            sequence++;
            next++;
        }
        if (next == first) {
            throw new IllegalArgumentException(
                    "a request longer than " + SEND_OCTETS + " octets: " + request.operation());
        }
        outgoing.flip();
        try {
            socket.send(outgoing, kernel, "send to the kernel");
        } catch (SystemCallException e) {
            throw NetlinkException.failed(request.operation(), e);
        }
        return next;
    }

    /** Reads the answer to one request; {@code null} when a dump has to be made again. */
    private Answer receive(Request request, int expected, boolean dump) throws NetlinkException {
        List<Message> messages = new ArrayList<>();
        boolean again = false;
        while (true) {
            List<Message> received;
            try {
                received = receive();
            } catch (SystemCallException e) {
                if (dump && e.errno().equals(Errno.ENOBUFS)) {
                    again = true;
                    continue;
                }
                throw lost(request, e);
            } catch (MessageFormatException e) {
                throw NetlinkException.failed(
                        request.operation(), Errno.EINVAL, "unreadable answer: " + e.getMessage());
            }
            for (Message message : received) {
                if (message.port() != port || message.sequence() - expected < 0) {
                    // To somebody else, or left over from an exchange that failed.
                    continue;
                }
                if (message.sequence() != expected) {
                    throw NetlinkException.failed(
                            request.operation(), Errno.EINVAL, "the kernel answered a later request first");
                }
                again |= dump && (message.flags() & Acknowledgement.INTERRUPTED_FLAG) != 0;
                if (Acknowledgement.is(message)) {
                    return again ? null : new Answer(request, messages, message);
                }
                messages.add(message);
            }
        }
    }

    private static NetlinkException lost(Request request, SystemCallException e) {
        if (e.errno().equals(Errno.EAGAIN)) {
            return NetlinkException.failed(
                    request.operation(),
                    e.errno(),
                    "no answer within " + RECEIVE_SECONDS + " s; it may have been done");
        }
        if (e.errno().equals(Errno.ENOBUFS)) {
            return NetlinkException.failed(
                    request.operation(), e.errno(), "the answer was lost; it may have been done");
        }
        return NetlinkException.failed(request.operation(), e);
    }

    /** One datagram of the kernel, in a buffer that is long enough for it. */
    private List<Message> receive() throws SystemCallException {
        while (true) {
            incoming.clear();
            int length = socket.receive(incoming, Socket.PEEK | Socket.TRUNCATE, sender, "hear from the kernel");
            if (length > incoming.capacity()) {
                incoming = Descriptor.direct(length);
            }
            length = socket.receive(incoming, Socket.TRUNCATE, sender, "hear from the kernel");
            boolean fromKernel = sender.getInt(Integer.BYTES) == 0;
            if (fromKernel && length <= incoming.capacity()) {
                byte[] octets = new byte[length];
                incoming.get(0, octets);
                return Message.split(protocol, octets);
            }
        }
    }

    @Override
    public void close() {
        socket.close();
    }
}
