// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.netlink.route;

import io.vnetc.applier.netlink.wire.MessageFormatException;

/** How a route treats packets: {@code RTN_…} of linux/rtnetlink.h. */
public enum RouteType {
    /** Not said. */
    UNSPECIFIED(0),
    /** Sends them on. */
    UNICAST(1),
    /** They are for this host. */
    LOCAL(2),
    /** They are for this host, and go out as broadcast. */
    BROADCAST(3),
    /** They are for this host, and go out as unicast. */
    ANYCAST(4),
    /** Sends them to a group. */
    MULTICAST(5),
    /** Drops them without a word. */
    BLACKHOLE(6),
    /** Answers that the destination cannot be reached. */
    UNREACHABLE(7),
    /** Answers that it is forbidden. */
    PROHIBIT(8),
    /** Goes on in another table. */
    THROW(9),
    /** No longer used. */
    NAT(10),
    /** No longer used. */
    EXTERNAL(11);

    private final int number;

    RouteType(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }

    static RouteType of(long number) {
        for (RouteType type : values()) {
            if (type.number == number) {
                return type;
            }
        }
        throw new MessageFormatException("a route of type " + number);
    }
}
