// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.model;

import io.vnetc.dsl.value.ByteSize;
import io.vnetc.dsl.value.Rate;
import java.util.Optional;

/**
 * Rates. Of a network they are for all of its guests together and what comes from or goes to elsewhere; of a portgroup
 * or a NIC for one NIC. They count whole Ethernet frames, as the kernel does.
 *
 * @param inbound towards the guest
 * @param outbound from the guest
 */
public record Qos(Optional<Limit> inbound, Optional<Limit> outbound) {
    /**
     * A limit of one direction: over time the average, and after a pause as much as the burst at the rate of the peak.
     *
     * @param average that holds over time; absent only where there is a floor
     * @param peak that a burst may be sent at, at least the average; absent: as fast as the link takes it
     * @param burst sent at once after a pause; absent: what a few milliseconds of the average are
     * @param floor that the network keeps free for the NIC whatever the others do; inbound only
     */
    public record Limit(Optional<Rate> average, Optional<Rate> peak, Optional<ByteSize> burst, Optional<Rate> floor) {
        /** The most there can ever be: the peak, or else the average; absent: no limit. */
        public Optional<Rate> most() {
            return peak.or(() -> average);
        }
    }
}
