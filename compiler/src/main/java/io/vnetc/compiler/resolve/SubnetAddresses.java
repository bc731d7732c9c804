// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.resolve;

import io.vnetc.dsl.value.Cidr;
import io.vnetc.dsl.value.IpAddress;
import io.vnetc.dsl.value.IpFamily;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Which addresses a host can have. */
final class SubnetAddresses {
    private static final Map<Cidr, String> SPECIAL = special();

    private SubnetAddresses() {}

    private static Map<Cidr, String> special() {
        Map<Cidr, String> special = new LinkedHashMap<>();
        special.put(Cidr.parse("0.0.0.0/8"), "\"this network\" (RFC 791)");
        special.put(Cidr.parse("127.0.0.0/8"), "the host itself (RFC 1122)");
        special.put(Cidr.parse("224.0.0.0/4"), "multicast (RFC 5771)");
        special.put(Cidr.parse("240.0.0.0/4"), "reserved (RFC 1112)");
        special.put(Cidr.parse("::/127"), "the host itself (RFC 4291)");
        special.put(Cidr.parse("::ffff:0:0/96"), "IPv4 addresses in IPv6 form (RFC 4291)");
        special.put(Cidr.parse("fe80::/10"), "link-local, which the kernel gives out itself (RFC 4291)");
        special.put(Cidr.parse("ff00::/8"), "multicast (RFC 4291)");
        return special;
    }

    /** What addresses of {@code network} are for, where they are not for hosts, wholly or in part. */
    static Optional<String> specialUse(Cidr network) {
        return SPECIAL.entrySet().stream()
                .filter(use -> use.getKey().overlaps(network))
                .map(use -> use.getKey() + " is " + use.getValue())
                .findFirst();
    }

    /** Likewise, where no address of it is for hosts. */
    static Optional<String> onlySpecialUse(Cidr network) {
        return SPECIAL.entrySet().stream()
                .filter(use -> use.getKey().contains(network))
                .map(use -> use.getKey() + " is " + use.getValue())
                .findFirst();
    }

    /**
     * Why no host of {@code network} can have {@code address}, which is in it: the first address is the network's own,
     * the last in IPv4 the broadcast address, but for the short networks of RFC 3021 and RFC 6164.
     */
    static Optional<String> reservedAs(Cidr network, IpAddress address) {
        if (network.length() >= network.family().bits() - 1) {
            return Optional.empty();
        }
        if (address.equals(network.first())) {
            return Optional.of(
                    network.family() == IpFamily.IPV4
                            ? "the address of the network itself"
                            : "the subnet-router anycast address (RFC 4291)");
        }
        return network.family() == IpFamily.IPV4 && address.equals(network.last())
                ? Optional.of("the broadcast address")
                : Optional.empty();
    }

    /** The addresses that hosts can have, for hints. */
    static String usable(Cidr network) {
        boolean small = network.length() >= network.family().bits() - 1;
        IpAddress first = small ? network.first() : network.first().plus(1);
        IpAddress last = small || network.family() == IpFamily.IPV6
                ? network.last()
                : network.last().plus(-1);
        return first.equals(last) ? "only " + first + " is there" : "choose from " + first + " to " + last;
    }
}
