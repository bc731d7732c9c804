// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.netlink.wire;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Attributes as they stand in a message. One pass finds them and checks that they lie in each other and in the message as
 * they should; a payload is looked into only when it is asked for. Immutable.
 */
public final class Attributes {
    private final AttributeSet set;
    private final ByteBuffer data;
    private final int from;
    private final int to;

    /** Where each attribute of the set starts, by number; -1 where it is absent. Of several the last, as in the kernel. */
    private final int[] starts;

    private Attributes(AttributeSet set, ByteBuffer data, int from, int to) {
        this.set = set;
        this.data = data;
        this.from = from;
        this.to = to;
        this.starts = new int[set.size()];
        Arrays.fill(starts, -1);
    }

    /**
     * An attribute where it stands.
     *
     * @param number its number in the set
     * @param flags the two upper bits of its type, in their place
     * @param payload where its payload starts in the data
     * @param length of the payload
     */
    public record Entry(int number, int flags, int payload, int length) {}

    /**
     * Finds the attributes between two places.
     *
     * @param data in the machine's order; must not change afterwards
     * @throws MessageFormatException when a length is too small, or reaches beyond the end
     */
    public static Attributes parse(AttributeSet set, ByteBuffer data, int from, int to) {
        if (from < 0 || from > to || to > data.limit()) {
            throw new MessageFormatException("no room for " + set.name() + " attributes between " + from + " and " + to
                    + " of " + data.limit() + " octets");
        }
        Attributes found = new Attributes(set, data, from, to);
        found.index();
        return found;
    }

    private void index() {
        int at = from;
        while (at < to) {
            int length = to - at < Attribute.HEADER ? 0 : data.getShort(at) & 0xffff;
            if (length < Attribute.HEADER || length > to - at) {
                throw malformed(at, length);
            }
            int number = data.getShort(at + 2) & Attribute.NUMBER_MASK;
            if (number < starts.length) {
                starts[number] = at;
            }
            at += Attribute.align(length);
        }
    }

    private MessageFormatException malformed(int at, int length) {
        if (to - at < Attribute.HEADER) {
            return new MessageFormatException(set.name() + " attributes end with " + (to - at) + " stray octets");
        }
        return new MessageFormatException(set.describe(data.getShort(at + 2) & Attribute.NUMBER_MASK) + " claims "
                + length + " octets where " + (to - at) + " are left");
    }

    /** The table they are read by. */
    public AttributeSet set() {
        return set;
    }

    /** Whether there is none. */
    public boolean isEmpty() {
        return from == to;
    }

    /** Whether the attribute is there. */
    public boolean has(Attribute<?> attribute) {
        return start(attribute) >= 0;
    }

    /**
     * The value of an attribute of this set.
     *
     * @throws MessageFormatException when its payload is not what the table says
     */
    public <T> Optional<T> get(Attribute<T> attribute) {
        int start = start(attribute);
        return start < 0 ? Optional.empty() : Optional.of(decode(attribute, start));
    }

    /** The value of an attribute that has to be there, or a {@link MessageFormatException}. */
    public <T> T require(Attribute<T> attribute) {
        int start = start(attribute);
        if (start < 0) {
            throw new MessageFormatException("a " + set.name() + " message without " + attribute);
        }
        return decode(attribute, start);
    }

    /** A number without boxing it; {@code absent} where it is not there. */
    public long number(Attribute<Long> attribute, long absent) {
        int start = start(attribute);
        if (start < 0) {
            return absent;
        }
        if (attribute.type() instanceof AttributeType.WholeNumber type) {
            try {
                return type.read(this, start + Attribute.HEADER, length(start));
            } catch (MessageFormatException e) {
                throw within(attribute, e);
            }
        }
        return decode(attribute, start);
    }

    /** A text; {@code absent} where it is not there. */
    public String text(Attribute<String> attribute, String absent) {
        int start = start(attribute);
        return start < 0 ? absent : decode(attribute, start);
    }

    /** The attributes inside one; none where it is not there. */
    public Attributes nested(Attribute<Attributes> attribute) {
        int start = start(attribute);
        return start < 0 ? new Attributes(attribute.type().inner(this), data, from, from) : decode(attribute, start);
    }

    /** All attributes in their order, repeated and unknown ones too. */
    public List<Entry> entries() {
        List<Entry> entries = new ArrayList<>();
        for (int at = from; at < to; at += Attribute.align(data.getShort(at) & 0xffff)) {
            int type = data.getShort(at + 2) & 0xffff;
            int number = type & Attribute.NUMBER_MASK;
            entries.add(new Entry(number, type - number, at + Attribute.HEADER, length(at)));
        }
        return entries;
    }

    /** The value of an entry of this set's attribute, which may be one of several. */
    public <T> T decode(Attribute<T> attribute, Entry entry) {
        return decode(attribute, entry.payload() - Attribute.HEADER);
    }

    /** The payload of an entry. */
    public byte[] octets(Entry entry) {
        byte[] octets = new byte[entry.length()];
        data.get(entry.payload(), octets);
        return octets;
    }

    /**
     * The names of the attributes on the way to a place, as in {@code IFLA_LINKINFO/IFLA_INFO_KIND}.
     *
     * @param offset of an attribute's header or payload in the data
     * @return nothing where no attribute is there
     */
    public Optional<String> path(int offset) {
        for (Entry entry : entries()) {
            if (offset >= entry.payload() - Attribute.HEADER
                    && offset < entry.payload() + Math.max(entry.length(), 1)) {
                String name = set.describe(entry.number());
                Attribute<?> attribute = set.line(entry.number());
                boolean inside = offset >= entry.payload();
                AttributeSet inner =
                        attribute == null || !inside ? null : attribute.type().inner(this);
                if (inner == null) {
                    return Optional.of(name);
                }
                Attributes children = parse(inner, data, entry.payload(), entry.payload() + entry.length());
                return Optional.of(
                        children.path(offset).map(rest -> name + "/" + rest).orElse(name));
            }
        }
        return Optional.empty();
    }

    /** {@code IFLA_MTU=1500 IFLA_LINKINFO={IFLA_INFO_KIND=bridge}}. Malformed payloads are shown as octets. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (Entry entry : entries()) {
            text.append(text.isEmpty() ? "" : " ")
                    .append(set.describe(entry.number()))
                    .append('=');
            Attribute<?> attribute = set.line(entry.number());
            text.append(attribute == null ? AttributeTypes.OCTETS.print(octets(entry)) : print(attribute, entry));
        }
        return text.toString();
    }

    private <T> String print(Attribute<T> attribute, Entry entry) {
        try {
            T value = decode(attribute, entry);
            return value instanceof Attributes
                    ? "{" + value + "}"
                    : attribute.type().print(value);
        } catch (MessageFormatException e) {
            return AttributeTypes.OCTETS.print(octets(entry));
        }
    }

    ByteBuffer data() {
        return data;
    }

    private int start(Attribute<?> attribute) {
        return attribute.number() < starts.length ? starts[attribute.number()] : -1;
    }

    private int length(int start) {
        return (data.getShort(start) & 0xffff) - Attribute.HEADER;
    }

    private <T> T decode(Attribute<T> attribute, int start) {
        try {
            return attribute.type().decode(this, start + Attribute.HEADER, length(start));
        } catch (MessageFormatException e) {
            throw within(attribute, e);
        }
    }

    private static MessageFormatException within(Attribute<?> attribute, MessageFormatException e) {
        return new MessageFormatException(attribute.name() + ": " + e.getMessage());
    }
}
