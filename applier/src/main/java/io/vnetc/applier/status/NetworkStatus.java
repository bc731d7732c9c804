// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.status;

import java.util.List;
import java.util.Optional;

/**
 * A network that runs.
 *
 * @param name of the network; of an existing bridge, that bridge's
 * @param bridge that its guests are plugged into
 * @param isOwned whether the bridge is vnetc's
 * @param addresses of the host on it
 * @param routes over routers on it, as {@code 10.9.0.0/16 via 10.20.1.2}
 * @param service its DHCP and DNS, where it has them
 * @param leases granted
 * @param guests plugged in
 */
public record NetworkStatus(
        String name,
        String bridge,
        boolean isOwned,
        List<String> addresses,
        List<String> routes,
        Optional<Service> service,
        List<Lease> leases,
        List<GuestPort> guests) {
    public NetworkStatus {
        addresses = List.copyOf(addresses);
        routes = List.copyOf(routes);
        leases = List.copyOf(leases);
        guests = List.copyOf(guests);
    }

    /**
     * A dnsmasq.
     *
     * @param isRunning with the configuration that it is to have
     * @param process its number, where that is known
     */
    public record Service(boolean isRunning, Optional<Long> process) {}

    /**
     * A guest's card.
     *
     * @param guest and card, as {@code web.eth0}
     * @param tap the host's end
     * @param isHeld whether a process has it open: the guest runs
     * @param holder which, where that is known
     */
    public record GuestPort(String guest, String tap, boolean isHeld, Optional<String> holder) {}
}
