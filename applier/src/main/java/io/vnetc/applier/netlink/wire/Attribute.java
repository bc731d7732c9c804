// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.netlink.wire;

/**
 * One line of an attribute table.
 *
 * @param number its {@code nla_type}, without the two flag bits
 * @param name as the kernel's header has it, such as {@code IFLA_MTU}
 * @param type of its payload
 * @param <T> the value that the payload stands for
 */
public record Attribute<T>(int number, String name, AttributeType<T> type) {
    /** {@code NLA_F_NESTED}. */
    public static final int NESTED_FLAG = 0x8000;

    /** What remains of {@code nla_type} without its flags. */
    static final int NUMBER_MASK = 0x3fff;

    /** {@code NLA_HDRLEN}. */
    static final int HEADER = 4;

    /** The next multiple of four: where the attribute after one of this length starts. */
    static int align(int length) {
        return (length + 3) & ~3;
    }

    @Override
    public String toString() {
        return name;
    }
}
