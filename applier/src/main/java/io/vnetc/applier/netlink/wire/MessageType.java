// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.netlink.wire;

/**
 * One line of a protocol's table of messages.
 *
 * @param number its {@code nlmsg_type}
 * @param name as the kernel's header has it, such as {@code RTM_NEWLINK}
 * @param header the fixed structure that it begins with
 * @param attributes those that follow
 */
public record MessageType(int number, String name, HeaderLayout header, AttributeSet attributes) {
    @Override
    public String toString() {
        return name;
    }
}
