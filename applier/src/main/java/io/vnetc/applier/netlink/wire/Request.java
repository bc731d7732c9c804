// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.netlink.wire;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * A message for the kernel, finished but for its sequence number, together with what it does in words, which becomes the
 * beginning of the error should the kernel refuse it.
 */
public final class Request {
    /** {@code NLM_F_REQUEST}. */
    public static final int REQUEST = 0x1;

    /** {@code NLM_F_ACK}. */
    public static final int ACKNOWLEDGE = 0x4;

    /** {@code NLM_F_DUMP}. */
    public static final int DUMP = 0x300;

    /** {@code NLM_F_REPLACE}: change what is there. */
    public static final int REPLACE = 0x100;

    /** {@code NLM_F_EXCL}: fail where it is there already. */
    public static final int EXCLUSIVE = 0x200;

    /** {@code NLM_F_CREATE}: make it where it is not there. */
    public static final int CREATE = 0x400;

    /** {@code NLM_F_APPEND}: add it behind those that are there. */
    public static final int APPEND = 0x800;

    private final String operation;
    private final Message message;

    private Request(String operation, Message message) {
        this.operation = operation;
        this.message = message;
    }

    /** Starts a request that wants an acknowledgement: the operation reads on after "cannot". */
    public static Builder of(Protocol protocol, MessageType type, String operation) {
        return new Builder(protocol, type, operation);
    }

    /** What it does, such as {@code create bridge vbr-office}. */
    public String operation() {
        return operation;
    }

    /** The message, with sequence number 0. */
    public Message message() {
        return message;
    }

    /** Whether it asks for everything of a kind. */
    public boolean isDump() {
        return (message.flags() & DUMP) == DUMP;
    }

    /** A copy of its octets with a sequence number put in. */
    public byte[] toOctets(int sequence) {
        byte[] octets = message.toOctets();
        ByteBuffer.wrap(octets).order(ByteOrder.nativeOrder()).putInt(8, sequence);
        return octets;
    }

    /** The names of the attributes on the way to an offset from the start of the message, as the kernel counts. */
    public Optional<String> attributeAt(int offset) {
        return message.attributes().path(message.start() + offset);
    }

    @Override
    public String toString() {
        return operation + ": " + message;
    }

    /** Puts a request together. The methods of {@link AttributeWriter} are on {@link #attributes()}. */
    public static final class Builder {
        private final Protocol protocol;
        private final MessageType type;
        private final String operation;
        private final ByteBuffer header;
        private final AttributeWriter writer = new AttributeWriter();
        private int flags = REQUEST | ACKNOWLEDGE;

        private Builder(Protocol protocol, MessageType type, String operation) {
            this.protocol = protocol;
            this.type = type;
            this.operation = operation;
            this.header = type.header().allocate();
            writer.room(Message.HEADER + Attribute.align(header.capacity()))
                    .position(Message.HEADER + Attribute.align(header.capacity()));
        }

        /** Adds flags such as {@link Request#CREATE}. */
        public Builder flags(int more) {
            flags |= more;
            return this;
        }

        /** Sets a field of the fixed structure; those not set are 0. */
        public Builder header(HeaderLayout.Field field, long value) {
            field.write(header, 0, value);
            return this;
        }

        /** Adds an attribute. */
        public <T> Builder put(Attribute<T> attribute, T value) {
            writer.put(attribute, value);
            return this;
        }

        /** Where to write attributes. */
        public AttributeWriter attributes() {
            return writer;
        }

        /** The finished request. */
        public Request build() {
            byte[] octets = writer.toOctets();
            ByteBuffer data = ByteBuffer.wrap(octets).order(ByteOrder.nativeOrder());
            data.putInt(0, octets.length)
                    .putShort(4, (short) type.number())
                    .putShort(6, (short) flags)
                    .put(Message.HEADER, header, 0, header.capacity());
            return new Request(operation, Message.split(protocol, octets).get(0));
        }
    }
}
