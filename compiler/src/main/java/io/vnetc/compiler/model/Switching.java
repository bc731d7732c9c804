// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.model;

import io.vnetc.dsl.value.VlanProtocol;

/**
 * How a bridge forwards, beyond the spanning tree's being on or off.
 *
 * @param stpPriority 0 to 65535, the lower the sooner it is the root (IEEE 802.1D section 9.2.5); 32768 unless said
 * @param managedTable whether the MAC table is ours: guests' addresses are written in it, none is learned or flooded
 * @param multicastSnooping whether multicast goes only to those who asked for it
 * @param vlanProtocol of the tags that it reads and writes
 * @param timers how long it waits
 */
public record Switching(
        int stpPriority,
        boolean managedTable,
        boolean multicastSnooping,
        VlanProtocol vlanProtocol,
        BridgeTimers timers) {
    /** As the kernel makes a bridge. */
    public static final Switching DEFAULT =
            new Switching(32_768, false, true, VlanProtocol.CUSTOMER, BridgeTimers.DEFAULT);
}
