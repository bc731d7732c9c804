// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.netlink.wire;

import java.util.HashMap;
import java.util.Map;

/** A netlink protocol: its number for {@code socket(2)} and its messages. */
public final class Protocol {
    private final int number;
    private final String name;
    private final Map<Integer, MessageType> types = new HashMap<>();

    /** The protocol with these messages. */
    public Protocol(int number, String name, MessageType... messages) {
        this.number = number;
        this.name = name;
        types.put(Acknowledgement.ERROR, control(Acknowledgement.ERROR, "NLMSG_ERROR"));
        types.put(Acknowledgement.DONE, control(Acknowledgement.DONE, "NLMSG_DONE"));
        for (MessageType type : messages) {
            types.put(type.number(), type);
        }
    }

    /** For {@code socket(2)}. */
    public int number() {
        return number;
    }

    /** Such as {@code NETLINK_ROUTE}. */
    public String name() {
        return name;
    }

    /** The description of a message; one without a header or attributes where the number is not known. */
    public MessageType type(int type) {
        MessageType known = types.get(type);
        return known != null ? known : control(type, name + "#" + type);
    }

    private static MessageType control(int type, String name) {
        return new MessageType(type, name, HeaderLayout.NONE, AttributeSet.UNKNOWN);
    }

    @Override
    public String toString() {
        return name;
    }
}
