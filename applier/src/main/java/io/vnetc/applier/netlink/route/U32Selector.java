// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.netlink.route;

import io.vnetc.dsl.value.MacAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What a filter of the kind u32 looks at: {@code struct tc_u32_sel}. All keys have to match.
 *
 * @param keys sorted by offset
 */
public record U32Selector(List<Key> keys) {
    /** Matches every packet. */
    public static final U32Selector ALL = new U32Selector(List.of(new Key(0, 0, 0)));

    private static final int HEADER = 16;
    private static final int KEY = 16;
    /** {@code TC_U32_TERMINAL}: a match ends the search. */
    private static final byte TERMINAL = 1;

    private static final int FLAGS_OFFSET = 0;
    private static final int COUNT_OFFSET = 2;

    public U32Selector {
        keys = keys.stream().sorted(Comparator.comparingInt(Key::offset)).toList();
    }

    /**
     * 32 bits of a packet, as they go over the wire.
     *
     * @param mask of the bits that count
     * @param value that they are to have
     * @param offset in octets from the network header; the Ethernet header is at -14
     */
    public record Key(int mask, int value, int offset) {}

    /** Frames to a MAC address; tc(8) writes it {@code match ether dst}. */
    public static U32Selector destination(MacAddress mac) {
        long bits = mac.bits();
        return new U32Selector(
                List.of(new Key(0xffff, (int) (bits >>> 32), -16), new Key(0xffff_ffff, (int) bits, -12)));
    }

    /** Frames from a MAC address; tc(8) writes it {@code match ether src}. */
    public static U32Selector source(MacAddress mac) {
        long bits = mac.bits();
        return new U32Selector(
                List.of(new Key(0xffff_ffff, (int) (bits >>> 16), -8), new Key(0xffff_0000, (int) (bits << 16), -4)));
    }

    byte[] toOctets() {
        ByteBuffer data = ByteBuffer.allocate(HEADER + KEY * keys.size()).order(ByteOrder.BIG_ENDIAN);
        data.put(FLAGS_OFFSET, TERMINAL).put(COUNT_OFFSET, (byte) keys.size());
        int at = HEADER;
        for (Key key : keys) {
            // Mask and value are in network order, the offset is in the machine's.
            data.putInt(at, key.mask()).putInt(at + 4, key.value());
            data.order(ByteOrder.nativeOrder()).putInt(at + 8, key.offset()).order(ByteOrder.BIG_ENDIAN);
            at += KEY;
        }
        return data.array();
    }

    static U32Selector of(byte[] octets) {
        ByteBuffer data = ByteBuffer.wrap(octets).order(ByteOrder.BIG_ENDIAN);
        List<Key> keys = new ArrayList<>();
        int count = octets.length < HEADER ? 0 : data.get(COUNT_OFFSET) & 0xff;
        for (int at = HEADER; keys.size() < count && at + KEY <= octets.length; at += KEY) {
            int offset = data.order(ByteOrder.nativeOrder()).getInt(at + 8);
            data.order(ByteOrder.BIG_ENDIAN);
            keys.add(new Key(data.getInt(at), data.getInt(at + 4), offset));
        }
        return new U32Selector(keys);
    }
}
