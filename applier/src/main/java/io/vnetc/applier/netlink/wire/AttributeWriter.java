// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.netlink.wire;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/** Writes attributes one after the other, padded and nested as the kernel wants them. */
public final class AttributeWriter {
    private static final int MAX_LENGTH = 0xffff;

    private ByteBuffer data = ByteBuffer.allocate(256).order(ByteOrder.nativeOrder());
    private final Deque<Integer> open = new ArrayDeque<>();

    AttributeWriter() {}

    /**
     * Writes an attribute.
     *
     * @throws IllegalArgumentException when the value does not fit its type
     */
    public <T> AttributeWriter put(Attribute<T> attribute, T value) {
        int flags = value instanceof Attributes ? Attribute.NESTED_FLAG : 0;
        start(attribute.number() | flags);
        try {
            attribute.type().encode(this, value);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(attribute.name() + ": " + e.getMessage(), e);
        }
        return end();
    }

    /** Writes a number. */
    public AttributeWriter put(Attribute<Long> attribute, int value) {
        return put(attribute, Long.valueOf(value));
    }

    /** Opens an attribute; those that are written until {@link #end} stand in it. */
    public AttributeWriter begin(Attribute<Attributes> attribute) {
        return start(attribute.number() | Attribute.NESTED_FLAG);
    }

    /** Writes an attribute that no table knows, as it is. */
    public AttributeWriter putOctets(int typeWithFlags, byte[] payload) {
        start(typeWithFlags);
        room(payload.length).put(payload);
        return end();
    }

    /**
     * Closes what {@link #begin} opened last.
     *
     * @throws IllegalArgumentException when it has become longer than 65,535 octets
     */
    public AttributeWriter end() {
        int start = open.pop();
        int length = data.position() - start;
        if (length > MAX_LENGTH) {
            throw new IllegalArgumentException("an attribute of " + length + " octets; the limit is " + MAX_LENGTH);
        }
        data.putShort(start, (short) length);
        int padding = Attribute.align(length) - length;
        room(padding);
        for (int i = 0; i < padding; i++) {
            data.put((byte) 0);
        }
        return this;
    }

    /** Writes attributes that were read: octet for octet what they were, those that no table knows too. */
    public AttributeWriter copy(Attributes attributes) {
        for (Attributes.Entry entry : attributes.entries()) {
            Attribute<?> attribute = attributes.set().line(entry.number());
            if (attribute == null || !copy(attributes, attribute, entry)) {
                putOctets(entry.number() | entry.flags(), attributes.octets(entry));
            }
        }
        return this;
    }

    private <T> boolean copy(Attributes attributes, Attribute<T> attribute, Attributes.Entry entry) {
        int start = data.position();
        try {
            start(entry.number() | entry.flags());
            attribute.type().encode(this, attributes.decode(attribute, entry));
            end();
        } catch (MessageFormatException e) {
            open.pop();
            data.position(start);
            return false;
        }
        ByteBuffer written = data.slice(start + Attribute.HEADER, data.position() - start - Attribute.HEADER);
        ByteBuffer read = attributes.data().slice(entry.payload(), entry.length());
        if (written.remaining() == Attribute.align(entry.length())
                && written.limit(entry.length()).equals(read)) {
            return true;
        }
        // Text that is not UTF-8, and the like.
        data.position(start);
        return false;
    }

    private AttributeWriter start(int typeWithFlags) {
        open.push(data.position());
        room(Attribute.HEADER).putShort((short) 0).putShort((short) typeWithFlags);
        return this;
    }

    /** The data, with room for so many octets more. */
    ByteBuffer room(int octets) {
        if (data.remaining() < octets) {
            byte[] larger = Arrays.copyOf(data.array(), Math.max(2 * data.capacity(), data.position() + octets));
            data = ByteBuffer.wrap(larger).order(ByteOrder.nativeOrder()).position(data.position());
        }
        return data;
    }

    /** What was written. */
    byte[] toOctets() {
        if (!open.isEmpty()) {
            throw new IllegalStateException(open.size() + " attributes are still open");
        }
        return Arrays.copyOf(data.array(), data.position());
    }
}
