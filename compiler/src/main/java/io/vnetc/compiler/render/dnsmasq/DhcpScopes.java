// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.render.dnsmasq;

import io.vnetc.compiler.dnsmasq.ConfigurationLine;
import io.vnetc.compiler.dnsmasq.Tags;
import io.vnetc.compiler.model.Dhcp;
import io.vnetc.compiler.model.Subnet;
import io.vnetc.dsl.value.IpAddress;
import io.vnetc.dsl.value.IpFamily;
import io.vnetc.dsl.value.LeaseTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Who is told what. Where all clients of a family are told the same, that is said to all; else each range has a tag, and
 * each subnet another one for its reservations that are in no range.
 */
final class DhcpScopes {
    private final List<Subnet> subnets;
    private final List<Scope> scopes = new ArrayList<>();

    /** Clients that are told the same; {@code range} is empty for those of the subnet that are in none. */
    private record Scope(Subnet subnet, Optional<IpAddress> range, Dhcp.Answer answer, String tag) {
        IpFamily family() {
            return subnet.network().family();
        }
    }

    DhcpScopes(List<Subnet> subnets) {
        this.subnets = subnets;
        for (Subnet subnet : subnets) {
            subnet.dhcp().filter(dhcp -> dhcp.relays().isEmpty()).ifPresent(dhcp -> {
                dhcp.ranges()
                        .forEach(range ->
                                add(subnet, Optional.of(range.addresses().first()), range.answer()));
                if (dhcp.ranges().isEmpty() || isForReservations(dhcp)) {
                    add(subnet, Optional.empty(), dhcp.answer());
                }
            });
        }
    }

    /** A single range's block speaks for all that are reserved in it, so only then is the subnet's answer nobody's. */
    private static boolean isForReservations(Dhcp dhcp) {
        return dhcp.ranges().size() > 1
                || dhcp.reservations().stream()
                        .anyMatch(reservation -> reservation.range().isEmpty());
    }

    private void add(Subnet subnet, Optional<IpAddress> range, Dhcp.Answer answer) {
        scopes.add(new Scope(subnet, range, answer, Tags.ofRange(scopes.size() + 1)));
    }

    boolean gives() {
        return !scopes.isEmpty();
    }

    private boolean isTagged(IpFamily family) {
        return scopes.stream()
                        .filter(scope -> scope.family() == family)
                        .map(Scope::answer)
                        .distinct()
                        .count()
                > 1;
    }

    /**
     * The tag that a reservation needs beside that of its address: it stands in the block of a range and has an address
     * elsewhere.
     */
    Optional<String> tag(Subnet subnet, Dhcp.Reservation reservation) {
        return isTagged(subnet.network().family())
                ? reservation
                        .range()
                        .flatMap(first -> subnet.dhcp().stream()
                                .flatMap(dhcp -> dhcp.ranges().stream())
                                .filter(range -> range.addresses().first().equals(first)
                                        && !range.addresses().contains(reservation.address()))
                                .findFirst()
                                .flatMap(range -> scope(subnet, Optional.of(first)))
                                .map(Scope::tag))
                : Optional.empty();
    }

    private Optional<Scope> scope(Subnet subnet, Optional<IpAddress> range) {
        return scopes.stream()
                .filter(scope -> scope.subnet().equals(subnet) && scope.range().equals(range))
                .findFirst();
    }

    /** Values of {@code dhcp-range}. */
    List<String> ranges() {
        List<String> lines = new ArrayList<>();
        for (Subnet subnet : subnets) {
            String prefix = subnet.network().family() == IpFamily.IPV4
                    ? netmask(subnet.network().length())
                    : Integer.toString(subnet.network().length());
            Optional<Dhcp> dhcp =
                    subnet.dhcp().filter(service -> service.relays().isEmpty());
            if (dhcp.isEmpty()) {
                if (subnet.advertise()) {
                    lines.add(subnet.network().base() + ",ra-only," + prefix);
                }
                continue;
            }
            for (Dhcp.Range range : dhcp.get().ranges()) {
                lines.add(set(subnet, Optional.of(range.addresses().first()))
                        + range.addresses().first() + "," + range.addresses().last() + "," + prefix + ","
                        + Lines.lease(range.lease()));
            }
            String tag = set(subnet, Optional.empty());
            if (dhcp.get().ranges().isEmpty() || !tag.isEmpty()) {
                lines.add(tag + subnet.network().base() + ",static," + prefix + "," + Lines.lease(LeaseTime.DEFAULT));
            }
        }
        return lines;
    }

    private String set(Subnet subnet, Optional<IpAddress> range) {
        return scopes.stream()
                .filter(scope ->
                        scope.subnet().equals(subnet) && scope.range().equals(range) && isTagged(scope.family()))
                .map(scope -> "set:" + scope.tag() + ",")
                .findFirst()
                .orElse("");
    }

    /** Whether all clients of IPv4 are told this option alike, or that it is not sent. */
    boolean isToldToAll(int number) {
        return !isTagged(IpFamily.IPV4)
                && scopes.stream()
                        .anyMatch(scope -> scope.family() == IpFamily.IPV4
                                && scope.answer().option(number).isPresent());
    }

    /**
     * The lines of options and boot files. Where a client has two tags dnsmasq takes the boot file that is written last, so
     * those of ranges come behind those of subnets.
     */
    List<String> answers() {
        List<String> lines = new ArrayList<>();
        for (IpFamily family : IpFamily.values()) {
            boolean tagged = isTagged(family);
            List<Scope> told = scopes.stream()
                    .filter(scope -> scope.family() == family)
                    .limit(tagged ? scopes.size() : 1)
                    .toList();
            List<Scope> ordered = Stream.concat(
                            told.stream().filter(scope -> scope.range().isEmpty()),
                            told.stream().filter(scope -> scope.range().isPresent()))
                    .toList();
            for (Scope scope : ordered) {
                String tag = tagged ? scope.tag() : "";
                scope.answer()
                        .boot()
                        .ifPresent(boot -> lines.add("dhcp-boot=" + (tag.isEmpty() ? "" : "tag:" + tag + ",")
                                + ConfigurationLine.quoted(boot.file())
                                + boot.server().map(server -> ",," + server).orElse("")));
                scope.answer().options().forEach(option -> lines.add(ConfigurationLine.of(option, family, tag)));
            }
        }
        return lines;
    }

    private static String netmask(int length) {
        long mask = length == 0 ? 0 : -1L << (32 - length) & 0xffff_ffffL;
        return (mask >>> 24) + "." + (mask >>> 16 & 0xff) + "." + (mask >>> 8 & 0xff) + "." + (mask & 0xff);
    }
}
