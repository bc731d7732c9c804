// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.render.dnsmasq;

import io.vnetc.compiler.kind.Dnsmasq;
import io.vnetc.compiler.model.Dhcp;
import io.vnetc.compiler.model.Dns;
import io.vnetc.compiler.model.Forwarding;
import io.vnetc.compiler.model.Network;
import io.vnetc.compiler.model.Subnet;
import io.vnetc.dsl.value.AddressRange;
import io.vnetc.dsl.value.DomainName;
import io.vnetc.dsl.value.IpFamily;
import io.vnetc.dsl.value.LeaseTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The files of a network's dnsmasq. What changes often is in the two hosts files, which it reads again without being
 * started anew.
 */
public final class DnsmasqText {
    private static final int ETHERNET_MTU = 1500;

    /** Leases at most, which bounds dnsmasq's memory; a subnet of IPv6 has 2^64 addresses. */
    private static final long MOST_LEASES = 100_000;

    private final DnsmasqTemplate template = new DnsmasqTemplate();

    /** Whether the network needs one: somebody has to be given an address, a router or a name. */
    public static boolean isNeeded(Network network) {
        return !(network.forwarding() instanceof Forwarding.ExistingBridge)
                && served(network).stream()
                        .anyMatch(subnet -> network.dns().enabled()
                                || subnet.advertise()
                                || subnet.dhcp().isPresent());
    }

    /** The subnets in which the host has an address to serve at. */
    private static List<Subnet> served(Network network) {
        return network.subnets().stream()
                .filter(subnet -> subnet.gateway().isPresent())
                .toList();
    }

    /** The lines of {@link Dnsmasq#CONFIGURATION_FILE}. */
    public List<String> configuration(Network network, DnsmasqPlace place) {
        boolean isolated = network.forwarding() instanceof Forwarding.Isolated;
        List<Subnet> subnets = served(network);
        Map<String, Object> values = new TreeMap<>();
        values.put("network", Lines.checked(network.name()));
        values.put("bridge", network.bridge().name().text());
        values.put("pidFile", Lines.checked(place.directory() + "/" + Dnsmasq.PID_FILE));
        values.put("leaseFile", Lines.checked(place.leaseFile()));
        values.put("dhcpHostsFile", Lines.checked(place.directory() + "/" + Dnsmasq.DHCP_HOSTS_FILE));
        values.put("dnsHostsFile", Lines.checked(place.directory() + "/" + Dnsmasq.DNS_HOSTS_FILE));
        network.domain().ifPresent(domain -> values.put("domain", domain.text()));
        if (network.domainIsLocal()) {
            network.domain().ifPresent(domain -> values.put("localDomain", domain.text()));
        }
        values.put("resolves", network.dns().enabled());
        values.put(
                "noResolv",
                isolated
                        || network.dns().forwarders().stream()
                                .anyMatch(f -> f.domain().isEmpty()));
        values.put("servers", servers(network.dns()));
        values.put("texts", texts(network));
        values.put("services", services(network.dns()));
        values.put("gives", subnets.stream().anyMatch(subnet -> subnet.dhcp().isPresent()));
        values.put("leases", leases(subnets));
        values.put("ranges", ranges(subnets));
        values.put("advertises", subnets.stream().anyMatch(Subnet::advertise));
        values.put("isolated", isolated);
        if (network.bridge().mtu() != ETHERNET_MTU) {
            values.put("mtu", network.bridge().mtu());
        }
        return template.fill(values);
    }

    private static List<String> servers(Dns dns) {
        return dns.forwarders().stream()
                .flatMap(forwarder -> forwarder.servers().stream()
                        .map(server -> forwarder
                                        .domain()
                                        .map(domain -> "/" + domain + "/")
                                        .orElse("")
                                + server))
                .toList();
    }

    private static List<String> texts(Network network) {
        return network.dns().texts().stream()
                .map(text -> qualified(text.name(), network) + "," + Lines.quoted(text.value()))
                .toList();
    }

    /** A name of one label is in the network's domain. */
    private static String qualified(DomainName name, Network network) {
        return name.text().contains(".")
                ? name.text()
                : name + network.domain().map(domain -> "." + domain).orElse("");
    }

    private static List<String> services(Dns dns) {
        return dns.services().stream()
                .map(service -> service.service() + "," + service.target() + "," + service.port() + ","
                        + service.priority() + "," + service.weight())
                .toList();
    }

    /** As many as there are addresses: counting ranges and reservations, each new one would need a restart. */
    private static long leases(List<Subnet> subnets) {
        return subnets.stream()
                .filter(subnet -> subnet.dhcp().isPresent())
                .mapToLong(subnet -> new AddressRange(
                                subnet.network().first(), subnet.network().last())
                        .size())
                .map(size -> Math.min(size, MOST_LEASES))
                .reduce(0, (sum, size) -> Math.min(sum + size, MOST_LEASES));
    }

    private static List<String> ranges(List<Subnet> subnets) {
        List<String> ranges = new ArrayList<>();
        for (Subnet subnet : subnets) {
            String prefix = subnet.network().family() == IpFamily.IPV4
                    ? netmask(subnet.network().length())
                    : Integer.toString(subnet.network().length());
            if (subnet.dhcp().isPresent()) {
                Dhcp dhcp = subnet.dhcp().get();
                for (Dhcp.Range range : dhcp.ranges()) {
                    ranges.add(range.addresses().first() + ","
                            + range.addresses().last() + "," + prefix + "," + Lines.lease(range.lease()));
                }
                if (dhcp.ranges().isEmpty()) {
                    ranges.add(subnet.network().base() + ",static," + prefix + "," + Lines.lease(LeaseTime.DEFAULT));
                }
            } else if (subnet.advertise()) {
                ranges.add(subnet.network().base() + ",ra-only," + prefix);
            }
        }
        return ranges;
    }

    private static String netmask(int length) {
        long mask = length == 0 ? 0 : -1L << (32 - length) & 0xffff_ffffL;
        return (mask >>> 24) + "." + (mask >>> 16 & 0xff) + "." + (mask >>> 8 & 0xff) + "." + (mask & 0xff);
    }

    /** The lines of {@link Dnsmasq#DHCP_HOSTS_FILE}. */
    public List<String> dhcpHosts(Network network) {
        return served(network).stream()
                .flatMap(subnet -> subnet.dhcp().stream())
                .flatMap(dhcp -> dhcp.reservations().stream())
                .map(DnsmasqText::dhcpHost)
                .toList();
    }

    private static String dhcpHost(Dhcp.Reservation reservation) {
        String name = DomainName.parse(reservation.name()).text();
        String address = reservation.address().family() == IpFamily.IPV4
                ? reservation.address().toString()
                : "[" + reservation.address() + "]";
        String who = address + "," + name;
        if (reservation.identity() instanceof Dhcp.Identity.ByMac known) {
            who = known.mac() + "," + who;
        } else if (reservation.identity() instanceof Dhcp.Identity.ByDuid known) {
            who = "id:" + duid(known.duid()) + "," + who;
        }
        return who + reservation.lease().map(lease -> "," + Lines.lease(lease)).orElse("");
    }

    private static String duid(String text) {
        if (!text.matches("[0-9a-f]{2}(:[0-9a-f]{2}){1,129}")) {
            throw new IllegalArgumentException("not a DUID: " + text);
        }
        return text;
    }

    /** The lines of {@link Dnsmasq#DNS_HOSTS_FILE}. */
    public List<String> dnsHosts(Network network) {
        return network.dns().hosts().stream()
                .map(host -> host.address() + " "
                        + host.names().stream().map(DomainName::text).collect(Collectors.joining(" ")))
                .toList();
    }
}
