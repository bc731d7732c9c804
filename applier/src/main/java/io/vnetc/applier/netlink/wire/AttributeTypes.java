// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.netlink.wire;

import io.vnetc.dsl.value.IpAddress;
import io.vnetc.dsl.value.MacAddress;
import java.util.Map;

/** The types that attribute tables are made of. */
public final class AttributeTypes {
    /** An unsigned octet. */
    public static final AttributeType<Long> U8 = new AttributeType.WholeNumber(1, false, false);

    /** 16 unsigned bits in the machine's order. */
    public static final AttributeType<Long> U16 = new AttributeType.WholeNumber(2, false, false);

    /** 32 unsigned bits in the machine's order. */
    public static final AttributeType<Long> U32 = new AttributeType.WholeNumber(4, false, false);

    /** 64 unsigned bits in the machine's order; a value over {@link Long#MAX_VALUE} shows as negative. */
    public static final AttributeType<Long> U64 = new AttributeType.WholeNumber(8, false, false);

    /** 32 signed bits in the machine's order, as interface indexes are. */
    public static final AttributeType<Long> S32 = new AttributeType.WholeNumber(4, true, false);

    /** 16 unsigned bits in network order. */
    public static final AttributeType<Long> BIG_ENDIAN_U16 = new AttributeType.WholeNumber(2, false, true);

    /** 32 unsigned bits in network order. */
    public static final AttributeType<Long> BIG_ENDIAN_U32 = new AttributeType.WholeNumber(4, false, true);

    /** Text that ends with a NUL. */
    public static final AttributeType<String> TEXT = new AttributeType.Text();

    /** Octets whose meaning is not looked into. */
    public static final AttributeType<byte[]> OCTETS = new AttributeType.Octets();

    /** An Ethernet address. */
    public static final AttributeType<MacAddress> MAC = new AttributeType.Mac();

    /** An IPv4 or IPv6 address: its length tells. */
    public static final AttributeType<IpAddress> IP_ADDRESS = new AttributeType.Address();

    /** 32-bit words in the machine's order. */
    public static final AttributeType<int[]> WORDS = new AttributeType.Words();

    /** Attributes of another set inside. */
    public static AttributeType<Attributes> nested(AttributeSet set) {
        return new AttributeType.Nested(set);
    }

    /** Attributes inside, of the set that the text in a neighbouring attribute selects; of no set where there is none. */
    public static AttributeType<Attributes> nestedBy(Attribute<String> selector, Map<String, AttributeSet> sets) {
        return new AttributeType.Selected(selector, Map.copyOf(sets));
    }

    private AttributeTypes() {}
}
