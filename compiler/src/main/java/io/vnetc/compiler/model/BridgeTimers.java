// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.model;

import java.time.Duration;

/**
 * How long a bridge waits, beside its forward delay; whole hundredths of a second.
 *
 * @param hello 1 to 10 s: between what the root of the spanning tree says
 * @param maxAge 6 to 40 s: that what the root said holds
 * @param ageing that an address which was learned is kept; with none all is sent to all ports
 */
public record BridgeTimers(Duration hello, Duration maxAge, Duration ageing) {
    /** As the kernel makes a bridge. */
    public static final BridgeTimers DEFAULT =
            new BridgeTimers(Duration.ofSeconds(2), Duration.ofSeconds(20), Duration.ofMinutes(5));
}
