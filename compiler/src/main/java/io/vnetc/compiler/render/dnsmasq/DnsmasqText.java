// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.render.dnsmasq;

import io.vnetc.compiler.dnsmasq.ConfigurationLine;
import io.vnetc.compiler.dnsmasq.DhcpOptions;
import io.vnetc.compiler.dnsmasq.ReverseZones;
import io.vnetc.compiler.kind.Dnsmasq;
import io.vnetc.compiler.model.Dhcp;
import io.vnetc.compiler.model.Dns;
import io.vnetc.compiler.model.Forwarding;
import io.vnetc.compiler.model.Network;
import io.vnetc.compiler.model.Subnet;
import io.vnetc.dsl.value.AddressRange;
import io.vnetc.dsl.value.DomainName;
import io.vnetc.dsl.value.IpFamily;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
                                || subnet.tftp().isPresent()
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
        values.put("network", Lines.checked(network.lifecycle().identity()));
        values.put("bridge", network.bridge().name().text());
        values.put("pidFile", Lines.checked(place.directory() + "/" + Dnsmasq.PID_FILE));
        values.put("leaseFile", Lines.checked(place.leaseFile()));
        values.put("dhcpHostsFile", Lines.checked(place.directory() + "/" + Dnsmasq.DHCP_HOSTS_FILE));
        values.put("dnsHostsFile", Lines.checked(place.directory() + "/" + Dnsmasq.DNS_HOSTS_FILE));
        network.domain().ifPresent(domain -> values.put("domain", domain.name().text()));
        if (network.domain().map(Network.Domain::local).orElse(false)) {
            network.domain()
                    .ifPresent(domain -> values.put("localDomain", domain.name().text()));
        }
        values.put("resolves", network.dns().enabled());
        values.put("plainNames", network.dns().plainNames());
        values.put("noResolv", asksNobody(network.dns(), isolated));
        values.put("servers", servers(network.dns()));
        values.put("localZones", localZones(network));
        values.put("texts", texts(network));
        values.put("services", services(network.dns()));
        values.put("aliases", aliases(network));
        values.put("pointers", pointers(network));
        DhcpScopes scopes = new DhcpScopes(subnets);
        values.put("gives", scopes.gives());
        values.put("leases", leases(network, subnets));
        values.put("ranges", scopes.ranges());
        values.put("relays", relays(subnets));
        values.put("reservations", reservations(network, true));
        values.put("advertises", subnets.stream().anyMatch(Subnet::advertise));
        values.put("isolated", isolated);
        if (network.bridge().mtu() != ETHERNET_MTU && !scopes.isToldToAll(DhcpOptions.MTU)) {
            values.put("mtu", network.bridge().mtu());
        }
        values.put("noRouter", isolated && !scopes.isToldToAll(DhcpOptions.ROUTER));
        values.put("answers", scopes.answers());
        subnets.stream()
                .flatMap(subnet -> subnet.tftp().stream())
                .findFirst()
                .ifPresent(root -> values.put("tftpRoot", ConfigurationLine.quoted(root)));
        values.put(
                "settings",
                network.dnsmasq().stream().map(ConfigurationLine::of).toList());
        return template.fill(values);
    }

    /** Whether those of the host's resolv.conf are left alone. */
    private static boolean asksNobody(Dns dns, boolean isolated) {
        List<Dns.Forwarder> general = dns.forwarders().stream()
                .filter(forwarder -> forwarder.domain().isEmpty())
                .toList();
        return general.isEmpty() ? isolated : general.stream().noneMatch(Dns.Forwarder::asHost);
    }

    private static List<String> servers(Dns dns) {
        List<String> servers = new ArrayList<>();
        for (Dns.Forwarder forwarder : dns.forwarders()) {
            String domain = forwarder.domain().map(name -> "/" + name + "/").orElse("");
            if (forwarder.asHost() && !domain.isEmpty()) {
                servers.add(domain + "#");
            }
            forwarder
                    .servers()
                    .forEach(server -> servers.add(
                            domain + server.address() + (server.port() == Dns.Server.PORT ? "" : "#" + server.port())));
        }
        return servers;
    }

    /** Zones of addresses that are known here or nowhere. */
    private static List<String> localZones(Network network) {
        return network.subnets().stream()
                .filter(Subnet::localPtr)
                .flatMap(subnet -> ReverseZones.of(subnet.network()).stream())
                .map(DomainName::text)
                .toList();
    }

    private static List<String> texts(Network network) {
        return network.dns().texts().stream()
                .map(text -> qualified(text.name(), network) + "," + ConfigurationLine.quoted(text.value()))
                .toList();
    }

    /** An alias of one label is known with the network's domain as well, as hosts are. */
    private static List<String> aliases(Network network) {
        return network.dns().aliases().stream()
                .map(alias -> {
                    String full = qualified(alias.name(), network);
                    return (full.equals(alias.name().text()) ? "" : alias.name() + ",") + full + ","
                            + qualified(alias.target(), network);
                })
                .toList();
    }

    private static List<String> pointers(Network network) {
        return network.dns().pointers().stream()
                .map(pointer -> qualified(pointer.name(), network) + ","
                        + ConfigurationLine.quoted(qualified(pointer.target(), network)))
                .toList();
    }

    private static List<String> relays(List<Subnet> subnets) {
        return subnets.stream()
                .flatMap(subnet -> subnet.dhcp().stream()
                        .flatMap(dhcp -> dhcp.relays().stream())
                        .map(server -> subnet.gateway().orElseThrow() + "," + server))
                .toList();
    }

    /** A name of one label is in the network's domain. */
    private static String qualified(DomainName name, Network network) {
        return name.text().contains(".")
                ? name.text()
                : name + network.domain().map(domain -> "." + domain.name()).orElse("");
    }

    private static List<String> services(Dns dns) {
        return dns.services().stream()
                .map(service -> service.target().isEmpty()
                        ? service.service().text()
                        : service.service() + "," + service.target().get() + "," + service.port() + ","
                                + service.priority() + "," + service.weight())
                .toList();
    }

    /** As many as there are addresses: counting ranges and reservations, each new one would need a restart. */
    private static long leases(Network network, List<Subnet> subnets) {
        boolean said =
                network.dnsmasq().stream().anyMatch(setting -> setting.name().equals("dhcp-lease-max"));
        return said
                ? 0
                : subnets.stream()
                        .filter(subnet -> subnet.dhcp().isPresent())
                        .mapToLong(subnet -> new AddressRange(
                                        subnet.network().first(),
                                        subnet.network().last())
                                .size())
                        .map(size -> Math.min(size, MOST_LEASES))
                        .reduce(0, (sum, size) -> Math.min(sum + size, MOST_LEASES));
    }

    /** The lines of {@link Dnsmasq#DHCP_HOSTS_FILE}. */
    public List<String> dhcpHosts(Network network) {
        return reservations(network, false);
    }

    /**
     * Reservations with a tag are in the configuration: from a file that is read again dnsmasq 2.90 takes a tag once, and
     * dies of it when it is told to read.
     */
    private static List<String> reservations(Network network, boolean tagged) {
        List<String> lines = new ArrayList<>();
        DhcpScopes scopes = new DhcpScopes(served(network));
        for (Subnet subnet : served(network)) {
            for (Dhcp.Reservation reservation :
                    subnet.dhcp().map(Dhcp::reservations).orElse(List.of())) {
                Optional<String> tag = scopes.tag(subnet, reservation);
                if (tag.isPresent() == tagged) {
                    lines.add(dhcpHost(reservation, tag));
                }
            }
        }
        return lines;
    }

    private static String dhcpHost(Dhcp.Reservation reservation, Optional<String> tag) {
        List<String> parts = new ArrayList<>();
        if (reservation.identity() instanceof Dhcp.Identity.ByMac known) {
            parts.add(known.mac().toString());
        } else if (reservation.identity() instanceof Dhcp.Identity.ByDuid known) {
            parts.add("id:" + duid(known.duid()));
        }
        tag.ifPresent(name -> parts.add("set:" + name));
        parts.add(
                reservation.address().family() == IpFamily.IPV4
                        ? reservation.address().toString()
                        : "[" + reservation.address() + "]");
        reservation.name().ifPresent(name -> parts.add(DomainName.parse(name).text()));
        reservation.lease().ifPresent(lease -> parts.add(Lines.lease(lease)));
        return String.join(",", parts);
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
