// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.libvirt.exporting;

import io.vnetc.compiler.libvirt.xml.XmlElement;
import io.vnetc.compiler.model.Dhcp;
import io.vnetc.compiler.model.Origin;
import io.vnetc.compiler.model.Subnet;
import io.vnetc.dsl.value.IpFamily;
import io.vnetc.dsl.value.LeaseTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A subnet as {@code <ip>}. */
final class SubnetXml {
    private final Unsayable unsayable;

    SubnetXml(Unsayable unsayable) {
        this.unsayable = unsayable;
    }

    /** All of a network. */
    List<XmlElement> of(List<Subnet> subnets) {
        boolean dhcpv6 = subnets.stream().anyMatch(subnet -> isIpv6(subnet) && gives(subnet));
        return subnets.stream().flatMap(subnet -> of(subnet, dhcpv6).stream()).toList();
    }

    private static boolean isIpv6(Subnet subnet) {
        return subnet.network().family() == IpFamily.IPV6;
    }

    private static boolean gives(Subnet subnet) {
        return subnet.dhcp().isPresent();
    }

    /**
     * @param dhcpv6 whether the network gives IPv6 addresses out; libvirt then advertises only those prefixes in which it
     *     does, and else all
     */
    private Optional<XmlElement> of(Subnet subnet, boolean dhcpv6) {
        if (subnet.gateway().isEmpty()) {
            unsayable.report(subnet.origin(), "a subnet in which the host has no address");
            return Optional.empty();
        }
        boolean ipv6 = isIpv6(subnet);
        boolean advertised = !dhcpv6 || gives(subnet);
        if (ipv6 && subnet.advertise() != advertised) {
            unsayable.report(
                    subnet.origin(),
                    advertised
                            ? "an IPv6 subnet that is not advertised"
                            : "an IPv6 subnet that is advertised without DHCP beside one with DHCP");
        }
        return Optional.of(XmlElement.of("ip")
                .with("family", ipv6 ? "ipv6" : "ipv4")
                .with("address", subnet.gateway().get())
                .with("prefix", subnet.network().length())
                .with("localPtr", NetworkXml.yes(subnet.localPtr()))
                .with(subnet.tftp().stream()
                        .map(root -> XmlElement.of("tftp").with("root", root))
                        .toList())
                .with(subnet.dhcp().stream()
                        .map(dhcp -> dhcp(dhcp, subnet.origin()))
                        .toList()));
    }

    private XmlElement dhcp(Dhcp dhcp, Origin origin) {
        List<XmlElement> parts = new ArrayList<>();
        if (!dhcp.relays().isEmpty()) {
            unsayable.report(origin, "a DHCP relay");
        }
        for (Dhcp.Range range : dhcp.ranges()) {
            parts.add(XmlElement.of("range")
                    .with("start", range.addresses().first())
                    .with("end", range.addresses().last())
                    // An hour is what dnsmasq grants where libvirt says nothing.
                    .with(
                            range.lease().equals(defaultLease(range.addresses().family()))
                                    ? List.of()
                                    : List.of(lease(range.lease()))));
        }
        dhcp.reservations().forEach(reservation -> parts.add(host(reservation)));
        answers(dhcp, origin).ifPresent(parts::add);
        return XmlElement.of("dhcp").with(parts);
    }

    /** What clients boot from, which libvirt can say only of all of them; it has no words for options. */
    private Optional<XmlElement> answers(Dhcp dhcp, Origin origin) {
        Set<Dhcp.Answer> answers =
                dhcp.ranges().stream().map(Dhcp.Range::answer).collect(Collectors.toCollection(LinkedHashSet::new));
        if (answers.isEmpty()) {
            answers.add(dhcp.answer());
        }
        if (answers.size() > 1) {
            unsayable.report(origin, "ranges whose clients are told different things");
        }
        Dhcp.Answer answer = answers.iterator().next();
        return answer.boot()
                .map(boot -> XmlElement.of("bootp").with("file", boot.file()).with("server", boot.server()));
    }

    /** What dnsmasq grants where libvirt says nothing. */
    private static LeaseTime defaultLease(IpFamily family) {
        return LeaseTime.of(family == IpFamily.IPV4 ? Duration.ofHours(1) : Duration.ofDays(1));
    }

    private static XmlElement host(Dhcp.Reservation reservation) {
        XmlElement host = XmlElement.of("host");
        if (reservation.identity() instanceof Dhcp.Identity.ByMac known) {
            host = host.with("mac", known.mac());
        } else if (reservation.identity() instanceof Dhcp.Identity.ByDuid known) {
            host = host.with("id", known.duid());
        }
        return host.with("name", reservation.name())
                .with("ip", reservation.address())
                .with(reservation.lease().stream().map(SubnetXml::lease).toList());
    }

    private static XmlElement lease(LeaseTime lease) {
        XmlElement element = XmlElement.of("lease");
        if (lease.duration().isEmpty()) {
            return element.with("expiry", 0);
        }
        Duration duration = lease.duration().get();
        if (duration.toSeconds() % 3600 == 0) {
            return element.with("expiry", duration.toHours()).with("unit", "hours");
        }
        return duration.toSeconds() % 60 == 0
                ? element.with("expiry", duration.toMinutes()).with("unit", "minutes")
                : element.with("expiry", duration.toSeconds()).with("unit", "seconds");
    }
}
