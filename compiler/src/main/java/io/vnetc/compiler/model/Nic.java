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
 * @param tap the host's end, a tap or a macvtap
 * @param lower the link of the host that the macvtap is on; absent: it is a tap
 * @param mac the guest's address
 * @param mtu absent: the network's
 * @param queues 1 to 256 pairs
 * @param user that may open the tap, by name or number; absent: root only
 * @param group that may open the tap, by name or number
 * @param portgroup that it is in, by its own word or as the network's default
 * @param port how its port is set, the network's and the portgroup's settings merged into its own
 * @param qos of it, or else of its portgroup
 * @param lifecycle what becomes of it; protected where its guest is
 */
public record Nic(
        String guest,
        String name,
        String network,
        InterfaceName tap,
        Optional<InterfaceName> lower,
        MacAddress mac,
        Optional<Integer> mtu,
        int queues,
        Optional<String> user,
        Optional<String> group,
        Optional<String> portgroup,
        PortSettings port,
        Optional<Qos> qos,
        Lifecycle lifecycle,
        Origin origin) {
    /** A card on a tap. */
    public Nic(
            String guest,
            String name,
            String network,
            InterfaceName tap,
            MacAddress mac,
            Optional<Integer> mtu,
            int queues,
            Optional<String> user,
            Optional<String> group,
            Optional<String> portgroup,
            PortSettings port,
            Optional<Qos> qos,
            Lifecycle lifecycle,
            Origin origin) {
        this(
                guest,
                name,
                network,
                tap,
                Optional.empty(),
                mac,
                mtu,
                queues,
                user,
                group,
                portgroup,
                port,
                qos,
                lifecycle,
                origin);
    }

    /** The same with its port set in another way. */
    public Nic with(PortSettings other) {
        return new Nic(
                guest, name, network, tap, lower, mac, mtu, queues, user, group, portgroup, other, qos, lifecycle,
                origin);
    }

    public Owner owner() {
        return Owner.nic(guest, name);
    }
}
