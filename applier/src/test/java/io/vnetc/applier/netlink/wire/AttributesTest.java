// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.netlink.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vnetc.dsl.value.IpAddress;
import io.vnetc.dsl.value.MacAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AttributesTest {
    private static final AttributeSet.Table INNER = new AttributeSet.Table("inner");
    private static final Attribute<Long> PORT = INNER.add(1, "PORT", AttributeTypes.BIG_ENDIAN_U16);

    private static final AttributeSet.Table OUTER = new AttributeSet.Table("outer");
    private static final Attribute<Long> SMALL = OUTER.add(1, "SMALL", AttributeTypes.U8);
    private static final Attribute<Long> INDEX = OUTER.add(2, "INDEX", AttributeTypes.S32);
    private static final Attribute<Long> BIG = OUTER.add(3, "BIG", AttributeTypes.U64);
    private static final Attribute<String> KIND = OUTER.add(4, "KIND", AttributeTypes.TEXT);
    private static final Attribute<MacAddress> MAC = OUTER.add(5, "MAC", AttributeTypes.MAC);
    private static final Attribute<IpAddress> ADDRESS = OUTER.add(6, "ADDRESS", AttributeTypes.IP_ADDRESS);
    private static final Attribute<Attributes> DATA =
            OUTER.add(8, "DATA", AttributeTypes.nestedBy(KIND, Map.of("port", INNER.build())));
    private static final Attribute<int[]> WORDS = OUTER.add(9, "WORDS", AttributeTypes.WORDS);
    private static final AttributeSet SET = OUTER.build();

    @Test
    void whatIsWrittenIsRead() {
        AttributeWriter writer = new AttributeWriter()
                .put(SMALL, 255L)
                .put(INDEX, -1L)
                .put(BIG, -1L)
                .put(KIND, "port")
                .put(MAC, MacAddress.parse("52:54:00:01:02:03"))
                .put(ADDRESS, IpAddress.parse("fd00::1"))
                .put(WORDS, new int[] {1, -2});
        writer.begin(DATA).put(PORT, 443).end();

        Attributes read = read(writer.toOctets());

        assertThat(read.require(SMALL)).isEqualTo(255);
        assertThat(read.number(INDEX, 0)).isEqualTo(-1);
        assertThat(read.get(ADDRESS)).contains(IpAddress.parse("fd00::1"));
        assertThat(read.nested(DATA).require(PORT)).isEqualTo(443);
        assertThat(read)
                .hasToString("SMALL=255 INDEX=-1 BIG=18446744073709551615 KIND=port MAC=52:54:00:01:02:03"
                        + " ADDRESS=fd00::1 WORDS=[1 -2] DATA={PORT=443}");
    }

    @Test
    void numbersStandInTheMachinesOrderButForThoseOfTheNetworkAndAllIsPaddedToFour() {
        byte[] octets = new AttributeWriter().put(KIND, "port").put(SMALL, 7).toOctets();
        ByteBuffer expected = ByteBuffer.allocate(20).order(ByteOrder.nativeOrder());
        expected.putShort((short) 9).putShort((short) 4).put(new byte[] {'p', 'o', 'r', 't', 0, 0, 0, 0});
        expected.putShort((short) 5).putShort((short) 1).put(new byte[] {7, 0, 0, 0});
        assertThat(octets).isEqualTo(expected.array());

        AttributeWriter port = new AttributeWriter().put(PORT, 0x0102);
        assertThat(HexFormat.of().formatHex(port.toOctets(), 4, 8)).isEqualTo("01020000");
    }

    @Test
    void whatIsAbsentIsAbsent() {
        Attributes none = read(new byte[0]);
        assertThat(none.isEmpty()).isTrue();
        assertThat(none.get(KIND)).isEmpty();
        assertThat(none.number(SMALL, 9)).isEqualTo(9);
        assertThat(none.nested(DATA).isEmpty()).isTrue();
        assertThatThrownBy(() -> none.require(KIND))
                .isInstanceOf(MessageFormatException.class)
                .hasMessage("a outer message without KIND");
    }

    @Test
    void ofSeveralTheLastCounts() {
        Attributes read = read(new AttributeWriter().put(SMALL, 1).put(SMALL, 2).toOctets());
        assertThat(read.require(SMALL)).isEqualTo(2);
        assertThat(read.entries()).hasSize(2);
    }

    @Test
    void whatNoTableKnowsIsKeptAndWrittenAgainWithItsFlags() {
        AttributeWriter writer = new AttributeWriter()
                .putOctets(7, new byte[] {1, 2, 3})
                .putOctets(99 | 0x4000, new byte[] {4})
                // Known, but not as the table has it.
                .putOctets(1, new byte[] {1, 2})
                // Text, but not UTF-8.
                .putOctets(4, new byte[] {(byte) 0xff, 0})
                .put(KIND, "other");
        writer.begin(DATA).putOctets(5, new byte[] {9}).end();
        byte[] octets = writer.toOctets();
        Attributes read = read(octets);
        assertThat(new AttributeWriter().copy(read).toOctets()).isEqualTo(octets);
        assertThat(read)
                .hasToString(
                        "outer#7=0x010203 outer#99=0x04 SMALL=0x0102 KIND=\ufffd KIND=other DATA={unknown#5=0x09}");
    }

    @Test
    void valuesThatDoNotFitAreRefused() {
        assertThatThrownBy(() -> new AttributeWriter().put(SMALL, 256))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("SMALL: 256 does not fit: 0 to 255");
        assertThatThrownBy(() -> new AttributeWriter().put(INDEX, 1L << 31)).hasMessageContaining("INDEX");
        assertThatThrownBy(() -> new AttributeWriter().put(KIND, "a\0b")).hasMessageContaining("KIND");
        assertThatThrownBy(() -> new AttributeWriter().putOctets(1, new byte[65_532]))
                .hasMessageContaining("65536 octets");
    }

    @Test
    void malformedAttributesAreToldByName() {
        assertThatThrownBy(() -> read(raw(4, 1)))
                .isInstanceOf(MessageFormatException.class)
                .hasMessage("SMALL claims 3 octets where 4 are left");
        assertThatThrownBy(() -> read(raw(8, 8))).hasMessage("DATA claims 40 octets where 8 are left");
        assertThatThrownBy(() -> read(new byte[3])).hasMessage("outer attributes end with 3 stray octets");
        Attributes wrong = read(new AttributeWriter().putOctets(5, new byte[5]).toOctets());
        assertThatThrownBy(() -> wrong.require(MAC)).hasMessage("MAC: 5 octets where 6 octets should be");
        Attributes open =
                read(new AttributeWriter().putOctets(4, new byte[] {'a'}).toOctets());
        assertThatThrownBy(() -> open.text(KIND, "")).hasMessageContaining("text with a NUL at its end only");
    }

    @Test
    void aPlaceIsNamedWithTheWayToIt() {
        AttributeWriter writer = new AttributeWriter().put(SMALL, 1).put(KIND, "port");
        writer.begin(DATA).put(PORT, 1).put(PORT, 2).end();
        Attributes read = read(writer.toOctets());
        assertThat(read.path(0)).contains("SMALL");
        assertThat(read.path(8)).contains("KIND");
        assertThat(read.path(20)).contains("DATA");
        assertThat(read.path(24)).contains("DATA/PORT");
        assertThat(read.path(32)).contains("DATA/PORT");
        assertThat(read.path(1000)).isEmpty();
    }

    @Test
    void aTableHasEachNumberOnce() {
        AttributeSet.Table table = new AttributeSet.Table("twice");
        table.add(1, "A", AttributeTypes.U8);
        table.add(1, "B", AttributeTypes.U8);
        assertThatThrownBy(table::build).hasMessage("twice: 1 is given twice");
    }

    private static Attributes read(byte[] octets) {
        return Attributes.parse(SET, ByteBuffer.wrap(octets).order(ByteOrder.nativeOrder()), 0, octets.length);
    }

    /** One attribute of so many octets that claims a wrong length. */
    private static byte[] raw(int size, int number) {
        int claimed = size == 4 ? 3 : 40;
        return ByteBuffer.allocate(size)
                .order(ByteOrder.nativeOrder())
                .putShort((short) claimed)
                .putShort((short) number)
                .array();
    }
}
