// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.netlink.system;

import java.nio.ByteBuffer;

/**
 * A datagram socket, as far as netlink needs one. It belongs to the network namespace it was made in. Not thread-safe.
 *
 * <p>Buffers have to be direct, with position 0.
 */
public final class Socket implements AutoCloseable {
    /** {@code AF_NETLINK}. */
    public static final int NETLINK = 16;

    /** {@code SOL_SOCKET}, the level of options that all sockets have. */
    public static final int SOCKET_LEVEL = 1;

    /** Do not take the datagram from the queue. */
    public static final int PEEK = 0x2;

    /** Return the length that the datagram really has, even when the buffer is shorter. */
    public static final int TRUNCATE = 0x20;

    /** Do not wait. */
    public static final int DO_NOT_WAIT = 0x40;

    private static final int SOCK_RAW = 3;

    private final Descriptor descriptor;
    private final ByteBuffer length = Descriptor.direct(Integer.BYTES);

    private Socket(Descriptor descriptor) {
        this.descriptor = descriptor;
    }

    /** Makes a raw socket in the network namespace of the calling thread. */
    public static Socket open(int domain, int protocol, String operation) throws SystemCallException {
        return new Socket(Descriptor.socket(domain, SOCK_RAW, protocol, operation));
    }

    /** Gives the socket its address. */
    public void bind(ByteBuffer address, String operation) throws SystemCallException {
        Descriptor.check(LibC.bind(descriptor.number(), address, address.remaining()), operation);
    }

    /** Fills {@code address} with the socket's own. */
    public void name(ByteBuffer address, String operation) throws SystemCallException {
        length.putInt(0, address.remaining());
        Descriptor.check(LibC.getsockname(descriptor.number(), address, length), operation);
    }

    /** Sets an option whose value is an {@code int}, or whatever the buffer holds. */
    public void setOption(int level, int option, ByteBuffer value, String operation) throws SystemCallException {
        Descriptor.check(LibC.setsockopt(descriptor.number(), level, option, value, value.remaining()), operation);
    }

    /** Reads an option into {@code value}. */
    public void option(int level, int option, ByteBuffer value, String operation) throws SystemCallException {
        length.putInt(0, value.remaining());
        Descriptor.check(LibC.getsockopt(descriptor.number(), level, option, value, length), operation);
    }

    /** Sends what remains in {@code data} as one datagram to {@code address}. */
    public void send(ByteBuffer data, ByteBuffer address, String operation) throws SystemCallException {
        long sent;
        do {
            sent = LibC.sendto(descriptor.number(), data, data.remaining(), 0, address, address.remaining());
        } while (sent < 0 && Descriptor.interrupted());
        Descriptor.check(sent, operation);
    }

    /**
     * Receives one datagram and its sender.
     *
     * @param data filled from its start, up to its limit
     * @param flags of {@link #PEEK}, {@link #TRUNCATE}, {@link #DO_NOT_WAIT}
     * @return the length of the datagram
     */
    public int receive(ByteBuffer data, int flags, ByteBuffer sender, String operation) throws SystemCallException {
        long received;
        do {
            length.putInt(0, sender.remaining());
            received = LibC.recvfrom(descriptor.number(), data, data.remaining(), flags, sender, length);
        } while (received < 0 && Descriptor.interrupted());
        return (int) Descriptor.check(received, operation);
    }

    @Override
    public void close() {
        descriptor.close();
    }
}
