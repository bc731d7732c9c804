// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.netlink.wire;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** The fixed structure that stands between the netlink header and the attributes, such as {@code ifinfomsg}. */
public final class HeaderLayout {
    /** No structure at all. */
    public static final HeaderLayout NONE = new Table("none").build();

    private final String name;
    private final int size;
    private final List<Field> fields;

    private HeaderLayout(String name, int size, List<Field> fields) {
        this.name = name;
        this.size = size;
        this.fields = fields;
    }

    /**
     * A field of the structure: an unsigned number, in the machine's order.
     *
     * @param name for printing
     * @param offset in octets
     * @param width one, two or four octets
     */
    public record Field(String name, int offset, int width) {
        long read(ByteBuffer data, int start) {
            return switch (width) {
                case 1 -> data.get(start + offset) & 0xff;
                case 2 -> data.getShort(start + offset) & 0xffff;
                default -> data.getInt(start + offset) & 0xffff_ffffL;
            };
        }

        void write(ByteBuffer data, int start, long value) {
            if (value >>> (8 * width) != 0) {
                throw new IllegalArgumentException(name + " has " + width + " octets: " + value + " does not fit");
            }
            switch (width) {
                case 1 -> data.put(start + offset, (byte) value);
                case 2 -> data.putShort(start + offset, (short) value);
                default -> data.putInt(start + offset, (int) value);
            }
        }
    }

    /** Takes the fields in their order, then {@link #build}s the layout. */
    public static final class Table {
        private final String name;
        private final List<Field> fields = new ArrayList<>();
        private int size;

        /** Starts a layout by the name of the kernel's structure. */
        public Table(String name) {
            this.name = name;
        }

        /** Adds a field and returns it, to be kept in a constant. */
        public Field add(String field, int width) {
            Field line = new Field(field, size, width);
            fields.add(line);
            size += width;
            return line;
        }

        /** Leaves out octets that mean nothing. */
        public Table skip(int octets) {
            size += octets;
            return this;
        }

        /** The finished layout. */
        public HeaderLayout build() {
            return new HeaderLayout(name, size, List.copyOf(fields));
        }
    }

    /** In octets. */
    public int size() {
        return size;
    }

    /** In their order. */
    public List<Field> fields() {
        return fields;
    }

    ByteBuffer allocate() {
        return ByteBuffer.allocate(size).order(ByteOrder.nativeOrder());
    }

    void print(StringBuilder text, ByteBuffer data, int start) {
        for (Field field : fields) {
            text.append(' ').append(field.name()).append('=').append(field.read(data, start));
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
