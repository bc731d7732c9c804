// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.netlink.route;

import java.util.Optional;

/** How a link gets its IPv6 addresses by itself: {@code enum in6_addr_gen_mode} of linux/if_link.h. */
public enum AddressGeneration {
    /** From its hardware address. */
    EUI64(0),
    /** Not at all: no link-local address, and none from router advertisements. */
    NONE(1),
    /** From the secret that is set (RFC 7217). */
    STABLE_PRIVACY(2),
    /** From a secret that the kernel makes (RFC 7217). */
    RANDOM(3);

    private final int number;

    AddressGeneration(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }

    static Optional<AddressGeneration> of(long number) {
        for (AddressGeneration mode : values()) {
            if (mode.number == number) {
                return Optional.of(mode);
            }
        }
        return Optional.empty();
    }
}
