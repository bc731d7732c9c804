// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.netlink.wire;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * One netlink message as it was received or will be sent. The attributes are found when they are first asked for.
 * Immutable; two messages are equal when their octets are.
 */
public final class Message {
    /** {@code NLMSG_HDRLEN}. */
    public static final int HEADER = 16;

    private final Protocol protocol;
    private final MessageType type;
    private final ByteBuffer data;
    private final int start;
    private final int end;
    private Attributes attributes;

    private Message(Protocol protocol, ByteBuffer data, int start, int length) {
        this.protocol = protocol;
        this.data = data;
        this.start = start;
        this.end = start + length;
        this.type = protocol.type(data.getShort(start + 4) & 0xffff);
    }

    /**
     * Takes a datagram apart.
     *
     * @param octets must not be changed afterwards
     * @throws MessageFormatException when a length is too small, or reaches beyond the end
     */
    public static List<Message> split(Protocol protocol, byte[] octets) {
        ByteBuffer data = ByteBuffer.wrap(octets).order(ByteOrder.nativeOrder());
        List<Message> messages = new ArrayList<>();
        int at = 0;
        while (at < octets.length) {
            int left = octets.length - at;
            int length = left < HEADER ? 0 : data.getInt(at);
            if (length < HEADER || length > left) {
                throw new MessageFormatException(
                        "a " + protocol + " message claims " + length + " octets where " + left + " are left");
            }
            messages.add(new Message(protocol, data, at, length));
            at += Attribute.align(length);
        }
        return messages;
    }

    /** Its line in the protocol's table. */
    public MessageType type() {
        return type;
    }

    /** {@code nlmsg_flags}. */
    public int flags() {
        return data.getShort(start + 6) & 0xffff;
    }

    /** {@code nlmsg_seq}. */
    public int sequence() {
        return data.getInt(start + 8);
    }

    /** {@code nlmsg_pid}: the port of the socket that asked. */
    public int port() {
        return data.getInt(start + 12);
    }

    /** A field of the fixed structure. */
    public long header(HeaderLayout.Field field) {
        requireHeader();
        return field.read(data, start + HEADER);
    }

    /**
     * The attributes.
     *
     * @throws MessageFormatException when they are malformed
     */
    public Attributes attributes() {
        if (attributes == null) {
            requireHeader();
            int from = Math.min(start + HEADER + Attribute.align(type.header().size()), end);
            attributes = Attributes.parse(type.attributes(), data, from, end);
        }
        return attributes;
    }

    /** The message with its attributes read and written again: octet for octet the same, padding included. */
    public Message reencoded() {
        AttributeWriter writer = new AttributeWriter();
        int fixed = Attribute.align(HEADER + type.header().size());
        byte[] header = new byte[fixed];
        data.get(start, header, 0, Math.min(fixed, end - start));
        writer.room(fixed).put(header);
        writer.copy(attributes());
        byte[] octets = writer.toOctets();
        ByteBuffer.wrap(octets).order(ByteOrder.nativeOrder()).putInt(0, octets.length);
        return split(protocol, octets).get(0);
    }

    /** A copy of its octets. */
    public byte[] toOctets() {
        byte[] octets = new byte[end - start];
        data.get(start, octets);
        return octets;
    }

    ByteBuffer data() {
        return data;
    }

    /** Where what follows the netlink header starts in the data. */
    int payload() {
        return start + HEADER;
    }

    int start() {
        return start;
    }

    int end() {
        return end;
    }

    private void requireHeader() {
        if (end - start - HEADER < type.header().size()) {
            throw new MessageFormatException(type + " has " + (end - start - HEADER) + " octets; its " + type.header()
                    + " alone has " + type.header().size());
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Message message
                && type.equals(message.type)
                && data.slice(start, end - start)
                        .equals(message.data.slice(message.start, message.end - message.start));
    }

    @Override
    public int hashCode() {
        return data.slice(start, end - start).hashCode();
    }

    /** {@code RTM_NEWLINK flags=0x2 family=0 … IFLA_IFNAME=lo …}: everything, in words where there are any. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(type.name());
        text.append(" flags=0x").append(Integer.toHexString(flags()));
        try {
            requireHeader();
            type.header().print(text, data, start + HEADER);
            return text.append(' ').append(attributes()).toString();
        } catch (MessageFormatException e) {
            return text.append(" malformed: ").append(e.getMessage()).toString();
        }
    }
}
