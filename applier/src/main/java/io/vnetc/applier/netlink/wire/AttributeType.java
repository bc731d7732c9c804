// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.netlink.wire;

import io.vnetc.dsl.value.IpAddress;
import io.vnetc.dsl.value.MacAddress;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;

/**
 * How the payload of an attribute becomes a value and back. What {@link #encode} writes, {@link #decode} reads, and the
 * other way round.
 *
 * @param <T> the value
 */
public sealed interface AttributeType<T> {
    /**
     * Reads the payload.
     *
     * @param siblings the attributes in which this one stands
     * @param from where in their data the payload starts
     * @param length in octets
     * @throws MessageFormatException when the payload has another length than this type has
     */
    T decode(Attributes siblings, int from, int length);

    /** Writes the payload, and nothing else. */
    void encode(AttributeWriter writer, T value);

    /** The value as a reader wants to see it. */
    default String print(T value) {
        return String.valueOf(value);
    }

    /** The set that nested attributes belong to; {@code null} for a type that nests nothing. */
    default AttributeSet inner(Attributes siblings) {
        return null;
    }

    /** Whole numbers of one to eight octets. */
    record WholeNumber(int width, boolean signed, boolean networkOrder) implements AttributeType<Long> {
        @Override
        public Long decode(Attributes siblings, int from, int length) {
            return read(siblings, from, length);
        }

        long read(Attributes siblings, int from, int length) {
            require(length == width, length, width + " octets");
            return switch (width) {
                case 1 -> siblings.data().get(from) & 0xff;
                case 2 -> swap(siblings.data().getShort(from)) & 0xffff;
                case 4 -> {
                    int word = siblings.data().getInt(from);
                    int value = networkOrder && Order.LITTLE ? Integer.reverseBytes(word) : word;
                    yield signed ? value : value & 0xffff_ffffL;
                }
                default -> siblings.data().getLong(from);
            };
        }

        @Override
        public void encode(AttributeWriter writer, Long value) {
            long number = value;
            if (width < Long.BYTES) {
                long least = signed ? -(1L << (8 * width - 1)) : 0;
                long most = (1L << (signed ? 8 * width - 1 : 8 * width)) - 1;
                if (number < least || number > most) {
                    throw new IllegalArgumentException(number + " does not fit: " + least + " to " + most);
                }
            }
            switch (width) {
                case 1 -> writer.room(1).put((byte) number);
                case 2 -> writer.room(2).putShort(swap((short) number));
                case 4 ->
                    writer.room(4)
                            .putInt(networkOrder && Order.LITTLE ? Integer.reverseBytes((int) number) : (int) number);
                default -> writer.room(8).putLong(number);
            }
        }

        @Override
        public String print(Long value) {
            return width == Long.BYTES ? Long.toUnsignedString(value) : value.toString();
        }

        private short swap(short value) {
            return networkOrder && Order.LITTLE ? Short.reverseBytes(value) : value;
        }
    }

    /** Text with its NUL. */
    record Text() implements AttributeType<String> {
        @Override
        public String decode(Attributes siblings, int from, int length) {
            for (int i = 0; i < length; i++) {
                boolean last = i == length - 1;
                require((siblings.data().get(from + i) == 0) == last, length, "text with a NUL at its end only");
            }
            require(length > 0, length, "text with a NUL at its end only");
            byte[] octets = new byte[length - 1];
            siblings.data().get(from, octets);
            return new String(octets, StandardCharsets.UTF_8);
        }

        @Override
        public void encode(AttributeWriter writer, String value) {
            if (value.indexOf(0) >= 0) {
                throw new IllegalArgumentException("a text with a NUL inside cannot be given to the kernel");
            }
            byte[] octets = value.getBytes(StandardCharsets.UTF_8);
            writer.room(octets.length + 1).put(octets).put((byte) 0);
        }
    }

    /** Octets as they are. */
    record Octets() implements AttributeType<byte[]> {
        @Override
        public byte[] decode(Attributes siblings, int from, int length) {
            byte[] octets = new byte[length];
            siblings.data().get(from, octets);
            return octets;
        }

        @Override
        public void encode(AttributeWriter writer, byte[] value) {
            writer.room(value.length).put(value);
        }

        @Override
        public String print(byte[] value) {
            return "0x" + HexFormat.of().formatHex(value);
        }
    }

    /** Six octets. */
    record Mac() implements AttributeType<MacAddress> {
        @Override
        public MacAddress decode(Attributes siblings, int from, int length) {
            require(length == 6, length, "6 octets");
            return MacAddress.ofBytes(AttributeTypes.OCTETS.decode(siblings, from, length));
        }

        @Override
        public void encode(AttributeWriter writer, MacAddress value) {
            writer.room(6).put(value.toBytes());
        }
    }

    /** Four or sixteen octets. */
    record Address() implements AttributeType<IpAddress> {
        @Override
        public IpAddress decode(Attributes siblings, int from, int length) {
            require(length == 4 || length == 16, length, "4 or 16 octets");
            return IpAddress.ofBytes(AttributeTypes.OCTETS.decode(siblings, from, length));
        }

        @Override
        public void encode(AttributeWriter writer, IpAddress value) {
            byte[] octets = value.toBytes();
            writer.room(octets.length).put(octets);
        }
    }

    /** An array. */
    record Words() implements AttributeType<int[]> {
        @Override
        public int[] decode(Attributes siblings, int from, int length) {
            require(length % Integer.BYTES == 0, length, "whole 32-bit words");
            int[] words = new int[length / Integer.BYTES];
            for (int i = 0; i < words.length; i++) {
                words[i] = siblings.data().getInt(from + Integer.BYTES * i);
            }
            return words;
        }

        @Override
        public void encode(AttributeWriter writer, int[] value) {
            for (int word : value) {
                writer.room(Integer.BYTES).putInt(word);
            }
        }

        @Override
        public String print(int[] value) {
            StringBuilder text = new StringBuilder("[");
            for (int word : value) {
                text.append(text.length() == 1 ? "" : " ").append(word);
            }
            return text.append(']').toString();
        }
    }

    /** Attributes of a fixed set. */
    record Nested(AttributeSet set) implements AttributeType<Attributes> {
        @Override
        public Attributes decode(Attributes siblings, int from, int length) {
            return Attributes.parse(set, siblings.data(), from, from + length);
        }

        @Override
        public void encode(AttributeWriter writer, Attributes value) {
            writer.copy(value);
        }

        @Override
        public AttributeSet inner(Attributes siblings) {
            return set;
        }
    }

    /** Attributes of a set that a neighbour selects. */
    record Selected(Attribute<String> selector, Map<String, AttributeSet> sets) implements AttributeType<Attributes> {
        @Override
        public Attributes decode(Attributes siblings, int from, int length) {
            return Attributes.parse(inner(siblings), siblings.data(), from, from + length);
        }

        @Override
        public void encode(AttributeWriter writer, Attributes value) {
            writer.copy(value);
        }

        @Override
        public AttributeSet inner(Attributes siblings) {
            return sets.getOrDefault(siblings.text(selector, ""), AttributeSet.UNKNOWN);
        }
    }

    private static void require(boolean condition, int length, String wanted) {
        if (!condition) {
            throw new MessageFormatException(length + " octets where " + wanted + " should be");
        }
    }
}
