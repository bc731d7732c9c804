// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.model;

import io.vnetc.dsl.value.InterfaceName;
import io.vnetc.dsl.value.MacAddress;
import java.time.Duration;

/**
 * The link of a network; of an existing bridge only the name counts.
 *
 * @param name in the kernel
 * @param stp whether the spanning tree protocol runs
 * @param forwardDelay 2 s to 30 s with STP, else 0 s to 30 s; in whole hundredths of a second, as the kernel keeps it
 * @param mtu 68 to 65535 bytes, at least 1280 where IPv6 is used
 * @param mac of the bridge, never derived from its ports
 */
public record Bridge(InterfaceName name, boolean stp, Duration forwardDelay, int mtu, MacAddress mac) {}
