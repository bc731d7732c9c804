// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.model;

import io.vnetc.dsl.value.Cidr;

/** One side of a rule. */
public sealed interface Endpoint {
    /** Whether a NIC is meant, be it by itself or with others; a network's own NICs are meant by it too. */
    default boolean holds(Nic nic) {
        return false;
    }

    /** A network, by name. */
    record OfNetwork(String network) implements Endpoint {
        @Override
        public boolean holds(Nic nic) {
            return nic.isOn(network);
        }
    }

    /** The guests of a portgroup. */
    record OfPortgroup(String network, String portgroup) implements Endpoint {
        @Override
        public boolean holds(Nic nic) {
            return nic.isOn(network)
                    && nic.portgroup().filter(portgroup::equals).isPresent();
        }
    }

    /** A guest with all of its NICs. */
    record OfGuest(String guest) implements Endpoint {
        @Override
        public boolean holds(Nic nic) {
            return nic.guest().equals(guest);
        }
    }

    /** One NIC of a guest. */
    record OfNic(String guest, String nic) implements Endpoint {
        @Override
        public boolean holds(Nic other) {
            return other.guest().equals(guest) && other.name().equals(nic);
        }
    }

    /** Whatever is beyond an uplink, by its role. */
    record OfUplink(String uplink) implements Endpoint {}

    /** Addresses. */
    record OfAddresses(Cidr addresses) implements Endpoint {}

    /** Whatever is beyond all uplinks, or all links that are no network's bridge. */
    record Internet() implements Endpoint {}

    /** The machine that runs the guests. */
    record ThisHost() implements Endpoint {}
}
