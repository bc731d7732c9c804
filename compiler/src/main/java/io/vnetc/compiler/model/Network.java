// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.model;

import io.vnetc.dsl.value.DomainName;
import io.vnetc.dsl.value.IpAddress;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A segment that guests are plugged into.
 *
 * @param name unique on its host
 * @param host that runs it; absent: whichever host reads the source
 * @param forwarding how its packets leave it
 * @param bridge the link in the kernel; of a network without one ({@link Forwarding#hasBridge}) the MTU alone counts
 * @param domain of its guests' names
 * @param subnets of both families, sorted by address
 * @param routes over routers among the guests, sorted by destination and metric
 * @param dns what the resolver of the network knows
 * @param dnsmasq other settings of its dnsmasq, sorted by name, those of one name in source order
 * @param ports for its guests
 * @param qos of all guests together
 * @param policy what may pass to guests and between them
 * @param about what is said of it
 * @param lifecycle what becomes of it
 * @param origin of the block
 */
public record Network(
        String name,
        Optional<String> host,
        Forwarding forwarding,
        Bridge bridge,
        Optional<Domain> domain,
        List<Subnet> subnets,
        List<StaticRoute> routes,
        Dns dns,
        List<DnsmasqSetting> dnsmasq,
        Ports ports,
        Optional<Qos> qos,
        Policy policy,
        About about,
        Lifecycle lifecycle,
        Origin origin) {
    public Network {
        subnets = List.copyOf(subnets);
        routes = List.copyOf(routes);
        dnsmasq = List.copyOf(dnsmasq);
    }

    /** One whose dnsmasq is told nothing more. */
    public Network(
            String name,
            Optional<String> host,
            Forwarding forwarding,
            Bridge bridge,
            Optional<Domain> domain,
            List<Subnet> subnets,
            List<StaticRoute> routes,
            Dns dns,
            Ports ports,
            Optional<Qos> qos,
            Policy policy,
            About about,
            Lifecycle lifecycle,
            Origin origin) {
        this(
                name,
                host,
                forwarding,
                bridge,
                domain,
                subnets,
                routes,
                dns,
                List.of(),
                ports,
                qos,
                policy,
                about,
                lifecycle,
                origin);
    }

    /**
     * The domain of a network.
     *
     * @param name of it
     * @param local whether names in it are never asked for elsewhere
     * @param registered whether the host's own resolver (systemd-resolved) asks this network's for it
     */
    public record Domain(DomainName name, boolean local, boolean registered) {}

    /** The same with other rules. */
    public Network with(Policy other) {
        return new Network(
                name,
                host,
                forwarding,
                bridge,
                domain,
                subnets,
                routes,
                dns,
                dnsmasq,
                ports,
                qos,
                other,
                about,
                lifecycle,
                origin);
    }

    /** The addresses that are reserved for a NIC in it: by its MAC, or by the guest's name. */
    public List<IpAddress> addressesOf(Nic nic) {
        return reservations()
                .filter(reservation -> reservation.identity() instanceof Dhcp.Identity.ByMac mac
                        ? mac.mac().equals(nic.mac())
                        : reservation
                                .name()
                                .filter(nic.guest().toLowerCase(Locale.ROOT)::equals)
                                .isPresent())
                .map(Dhcp.Reservation::address)
                .toList();
    }

    /** All of its subnets together. */
    public Stream<Dhcp.Reservation> reservations() {
        return subnets.stream().flatMap(subnet -> subnet.dhcp().stream()).flatMap(dhcp -> dhcp.reservations().stream());
    }

    public Owner owner() {
        return Owner.network(name);
    }
}
