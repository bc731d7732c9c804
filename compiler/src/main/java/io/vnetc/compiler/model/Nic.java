// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.model;

import io.vnetc.dsl.value.InterfaceName;
import io.vnetc.dsl.value.MacAddress;
import java.util.Optional;

/**
 * A guest's network card.
 *
 * @param guest that it is in
 * @param name unique in the guest
 * @param network that it is plugged into; absent: what it leads to is not the host's, or not known
 * @param attachment what it is on the host
 * @param mac the guest's address
 * @param mtu absent: the network's
 * @param queues 1 to 256 pairs
 * @param user that may open the tap, by name or number; absent: root only
 * @param group that may open the tap, by name or number
 * @param portgroup that it is in, by its own word or as the network's default
 * @param port how its port is set, the network's and the portgroup's settings merged into its own
 * @param qos of it, or else of its portgroup
 * @param card what QEMU makes of it
 * @param lifecycle what becomes of it; protected where its guest is
 */
public record Nic(
        String guest,
        String name,
        Optional<String> network,
        Attachment attachment,
        MacAddress mac,
        Optional<Integer> mtu,
        int queues,
        Optional<String> user,
        Optional<String> group,
        Optional<String> portgroup,
        PortSettings port,
        Optional<Qos> qos,
        Card card,
        Lifecycle lifecycle,
        Origin origin) {
    /** A usual card on a tap. */
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
                Optional.of(network),
                new Attachment.Tap(tap),
                mac,
                mtu,
                queues,
                user,
                group,
                portgroup,
                port,
                qos,
                Card.PLAIN,
                lifecycle,
                origin);
    }

    /** The same with its port set in another way. */
    public Nic with(PortSettings other) {
        return with(mac, other, card);
    }

    /** The same with another card in the guest. */
    public Nic with(Card other) {
        return with(mac, port, other);
    }

    /** The same with another address. */
    public Nic with(MacAddress other) {
        return with(other, port, card);
    }

    private Nic with(MacAddress otherMac, PortSettings otherPort, Card otherCard) {
        return new Nic(
                guest,
                name,
                network,
                attachment,
                otherMac,
                mtu,
                queues,
                user,
                group,
                portgroup,
                otherPort,
                qos,
                otherCard,
                lifecycle,
                origin);
    }

    /** Whether it is plugged into the network of this name. */
    public boolean isOn(String other) {
        return network.filter(other::equals).isPresent();
    }

    public Owner owner() {
        return Owner.nic(guest, name);
    }
}
