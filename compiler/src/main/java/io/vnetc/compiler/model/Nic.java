// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.model;

import io.vnetc.dsl.value.InterfaceName;
import io.vnetc.dsl.value.MacAddress;
import java.util.Optional;

/**
 * A guest's network card on a tap.
 *
 * @param guest that it is in
 * @param name unique in the guest
 * @param network that it is plugged into
 * @param tap the host's end
 * @param mac the guest's address
 * @param mtu absent: the network's
 * @param queues 1 to 256 pairs
 * @param user that may open the tap, by name or number; absent: root only
 * @param group that may open the tap, by name or number
 */
public record Nic(
        String guest,
        String name,
        String network,
        InterfaceName tap,
        MacAddress mac,
        Optional<Integer> mtu,
        int queues,
        Optional<String> user,
        Optional<String> group,
        Origin origin) {
    public Owner owner() {
        return Owner.nic(guest, name);
    }
}
