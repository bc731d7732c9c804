// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.model;

import io.vnetc.dsl.value.InterfaceName;
import io.vnetc.dsl.value.MacAddress;
import java.time.Duration;
import java.util.Optional;

/**
 * The link of a network; of an existing bridge only the name counts.
 *
 * @param name in the kernel
 * @param stp whether the spanning tree protocol runs
 * @param forwardDelay 2 s to 30 s with STP, else 0 s to 30 s; in whole hundredths of a second, as the kernel keeps it
 * @param mtu 68 to 65535 bytes, at least 1280 where IPv6 is used
 * @param mac of the bridge; where it has addresses of an uplink, see {@link Forwarding.ManagedBridge#ownMac}
 * @param switching the rest of how it forwards
 * @param zone of firewalld that it is put in
 */
public record Bridge(
        InterfaceName name,
        boolean stp,
        Duration forwardDelay,
        int mtu,
        MacAddress mac,
        Switching switching,
        Optional<String> zone) {
    /** A bridge that forwards as the kernel does by itself, in no zone. */
    public Bridge(InterfaceName name, boolean stp, Duration forwardDelay, int mtu, MacAddress mac) {
        this(name, stp, forwardDelay, mtu, mac, Switching.DEFAULT, Optional.empty());
    }
}
