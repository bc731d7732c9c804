// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.resolve;

import io.vnetc.compiler.model.Dhcp;
import io.vnetc.dsl.diagnostic.Diagnostic;
import io.vnetc.dsl.diagnostic.DiagnosticCode;
import io.vnetc.dsl.value.AddressRange;
import io.vnetc.dsl.value.Cidr;
import io.vnetc.dsl.value.IpAddress;
import io.vnetc.dsl.value.IpFamily;
import io.vnetc.dsl.value.LeaseTime;
import io.vnetc.dsl.vnet.Expression;
import io.vnetc.dsl.vnet.Subnet;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The DHCP service of a subnet, from all of its {@code dhcp} blocks. */
final class DhcpResolver {
    /** dnsmasq(8) on --dhcp-range: the prefix length of DHCPv6 is 64 to 128. */
    private static final int LEAST_IPV6_LENGTH = 64;

    private final Resolution resolution;
    private final ReservationResolver reservations;
    private final DhcpAnswerResolver answers;
    private final RelayResolver relays;

    DhcpResolver(Resolution resolution) {
        this.resolution = resolution;
        this.reservations = new ReservationResolver(resolution);
        this.answers = new DhcpAnswerResolver(resolution);
        this.relays = new RelayResolver(resolution);
    }

    /**
     * @param gateway the host's address; empty where there is none, or a wrong one
     * @param gatewayGiven whether the source gives one
     */
    Optional<Dhcp> resolve(Subnet subnet, Cidr network, Optional<IpAddress> gateway, boolean gatewayGiven) {
        if (subnet.getDhcp().isEmpty()) {
            return Optional.empty();
        }
        checkSubnet(subnet, network, gatewayGiven);
        Dhcp.Answer general = answers.answer(
                subnet.getDhcp().stream()
                        .filter(block -> block.getRange() == null)
                        .toList(),
                network);
        List<Placed<Dhcp.Range>> ranges = new ArrayList<>();
        ReservationResolver.Book book = reservations.book(network, gateway);
        for (io.vnetc.dsl.vnet.Dhcp block : subnet.getDhcp()) {
            Optional<LeaseTime> lease = Optional.ofNullable(block.getLease()).flatMap(resolution.values()::lease);
            Optional<Dhcp.Range> range = Optional.ofNullable(block.getRange())
                    .flatMap(written -> range(written, network))
                    .map(addresses -> new Dhcp.Range(
                            addresses,
                            lease.orElse(LeaseTime.DEFAULT),
                            DhcpAnswerResolver.over(answers.answer(List.of(block), network), general)));
            range.ifPresent(
                    known -> ranges.add(new Placed<>(known, "the range", () -> resolution.place(block.getRange()))));
            Optional<IpAddress> first = range.map(known -> known.addresses().first());
            block.getReservations().forEach(reservation -> book.add(reservation, lease, first));
            checkSaysSomething(block, network);
        }
        List<IpAddress> asked = relays.resolve(subnet, network, gateway);
        checkGives(subnet, network);
        checkOverlaps(ranges);
        gateway.ifPresent(own -> checkGateway(ranges, own));
        List<Dhcp.Range> sorted = ranges.stream()
                .map(Placed::value)
                .sorted(Comparator.comparing(range -> range.addresses().first()))
                .toList();
        return Optional.of(new Dhcp(sorted, book.sorted(), general, asked));
    }

    private void checkSaysSomething(io.vnetc.dsl.vnet.Dhcp block, Cidr network) {
        if (block.getRange() == null
                && block.getReservations().isEmpty()
                && block.getOptions().isEmpty()
                && block.getBoots().isEmpty()
                && block.getRelays().isEmpty()) {
            noAddress(block, network);
        }
    }

    private void noAddress(io.vnetc.dsl.vnet.Dhcp block, Cidr network) {
        resolution.error(
                DiagnosticCode.MISSING_SETTING,
                resolution.place(block),
                "`dhcp` has no address to give out in " + network,
                "give it a range, as in `dhcp "
                        + (network.family() == IpFamily.IPV4 ? ".100 .. .199" : "::100 .. ::1ff")
                        + "`, or reservations in braces");
    }

    /** Options alone reach nobody. */
    private void checkGives(Subnet subnet, Cidr network) {
        boolean gives = subnet.getDhcp().stream()
                .anyMatch(block -> block.getRange() != null
                        || !block.getReservations().isEmpty()
                        || !block.getRelays().isEmpty());
        io.vnetc.dsl.vnet.Dhcp block = subnet.getDhcp().get(0);
        if (!gives && !(block.getOptions().isEmpty() && block.getBoots().isEmpty())) {
            noAddress(block, network);
        }
    }

    private void checkSubnet(Subnet subnet, Cidr network, boolean gatewayGiven) {
        io.vnetc.dsl.vnet.Dhcp block = subnet.getDhcp().get(0);
        if (!gatewayGiven) {
            resolution.error(
                    DiagnosticCode.NO_GATEWAY,
                    resolution.place(block),
                    "DHCP needs an address of the host in " + network + ", and there is none",
                    "add `gateway " + (network.family() == IpFamily.IPV4 ? ".1" : "::1") + "` to the subnet");
        }
        if (network.family() == IpFamily.IPV6 && network.length() < LEAST_IPV6_LENGTH) {
            resolution.error(
                    DiagnosticCode.DHCP_FAMILY,
                    resolution.place(block),
                    "dnsmasq gives out no addresses of " + network + ": DHCPv6 needs a prefix of at least "
                            + LEAST_IPV6_LENGTH + " bits",
                    "make the subnet a /64, or remove `dhcp`");
        }
        if (network.family() == IpFamily.IPV6 && subnet.getAdvertise().isEmpty()) {
            resolution.warning(
                    DiagnosticCode.NO_ADVERTISEMENT,
                    resolution.place(block),
                    "no router advertisement tells the guests to use DHCPv6, nor which router to take",
                    "add `advertise` to the subnet");
        }
    }

    private Optional<AddressRange> range(Expression written, Cidr network) {
        return resolution.values().addressRange(written, Optional.of(network)).filter(range -> {
            Optional<String> wrong = Optional.empty();
            if (!network.contains(range.first()) || !network.contains(range.last())) {
                wrong = Optional.of("is not in the subnet " + network);
            } else {
                wrong = SubnetAddresses.reservedAs(network, range.first())
                        .or(() -> SubnetAddresses.reservedAs(network, range.last()))
                        .map(use -> "includes " + use + " of " + network);
            }
            wrong.ifPresent(why -> resolution.error(
                    DiagnosticCode.RANGE_OUTSIDE_SUBNET,
                    resolution.place(written),
                    "the DHCP range " + range.first() + " .. " + range.last() + " " + why,
                    SubnetAddresses.usable(network)));
            return wrong.isEmpty();
        });
    }

    private void checkOverlaps(List<Placed<Dhcp.Range>> ranges) {
        List<Placed<Dhcp.Range>> sorted = new ArrayList<>(ranges);
        sorted.sort(Comparator.<Placed<Dhcp.Range>, IpAddress>comparing(
                        range -> range.value().addresses().first())
                .thenComparing(Placed::place));
        for (int i = 1, reach = 0; i < sorted.size(); i++) {
            Placed<Dhcp.Range> low = sorted.get(reach);
            Placed<Dhcp.Range> high = sorted.get(i);
            if (low.value().addresses().overlaps(high.value().addresses())) {
                boolean inOrder = low.isBefore(high);
                Placed<Dhcp.Range> first = inOrder ? low : high;
                Placed<Dhcp.Range> second = inOrder ? high : low;
                resolution.report(Diagnostic.error(
                                DiagnosticCode.RANGES_OVERLAP,
                                second.place(),
                                "the DHCP range " + second.value().addresses() + " overlaps "
                                        + first.value().addresses())
                        .withHint("make them one range, or move one")
                        .withRelated(first.place(), "the other one"));
            }
            if (high.value()
                            .addresses()
                            .last()
                            .compareTo(low.value().addresses().last())
                    > 0) {
                reach = i;
            }
        }
    }

    private void checkGateway(List<Placed<Dhcp.Range>> ranges, IpAddress gateway) {
        for (Placed<Dhcp.Range> range : ranges) {
            if (range.value().addresses().contains(gateway)) {
                resolution.warning(
                        DiagnosticCode.RANGE_HOLDS_GATEWAY,
                        range.place(),
                        "the DHCP range " + range.value().addresses() + " includes the gateway " + gateway
                                + ", which is not given out",
                        "begin the range behind the gateway");
            }
        }
    }
}
