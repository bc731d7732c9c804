// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.dnsmasq;

import io.vnetc.dsl.value.Cidr;
import io.vnetc.dsl.value.DomainName;
import io.vnetc.dsl.value.IpAddress;
import io.vnetc.dsl.value.IpFamily;
import java.util.ArrayList;
import java.util.List;

/** The names that addresses have in the DNS (RFC 1035 section 3.5, RFC 3596 section 2.5). */
public final class ReverseZones {
    private ReverseZones() {}

    /** The name that the address is asked for by. */
    public static DomainName name(IpAddress address) {
        return zone(address, address.family().bits() / step(address.family()));
    }

    /**
     * The zones that together hold the names of just the addresses of a network. Zones end between octets, in IPv6
     * between half octets: a network that does not has up to 128 of them, in IPv6 up to 8.
     */
    public static List<DomainName> of(Cidr network) {
        int step = step(network.family());
        int labels = Math.max(1, (network.length() + step - 1) / step);
        int length = labels * step;
        List<DomainName> zones = new ArrayList<>();
        for (long i = 0; i < 1L << (length - network.length()); i++) {
            zones.add(zone(network.subnet(length, i).base(), labels));
        }
        return zones;
    }

    /** Bits of a label. */
    private static int step(IpFamily family) {
        return family == IpFamily.IPV4 ? 8 : 4;
    }

    private static DomainName zone(IpAddress address, int labels) {
        byte[] octets = address.toBytes();
        StringBuilder name = new StringBuilder();
        for (int i = labels - 1; i >= 0; i--) {
            if (address.family() == IpFamily.IPV4) {
                name.append(octets[i] & 0xff);
            } else {
                name.append(Character.forDigit(octets[i / 2] >> (i % 2 == 0 ? 4 : 0) & 0xf, 16));
            }
            name.append('.');
        }
        return new DomainName(name + (address.family() == IpFamily.IPV4 ? "in-addr.arpa" : "ip6.arpa"));
    }
}
