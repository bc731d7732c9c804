// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.kind;

import io.vnetc.dsl.value.Cidr;
import io.vnetc.dsl.value.IpAddress;
import java.util.Optional;

/**
 * A lasting unicast route of the host over one link, as whoever made it did.
 *
 * @param destination where to
 * @param gateway the next hop; absent: the destination is on the link
 * @param table by number, 254 the main one
 * @param metric as the kernel has it
 * @param protocol by number: who made it
 * @param scope 0 global, 253 link, 254 host
 * @param source that the host's own packets get
 * @param onLink whether the gateway is taken to be on the link although no route says so
 */
public record CarriedRoute(
        Cidr destination,
        Optional<IpAddress> gateway,
        long table,
        long metric,
        int protocol,
        int scope,
        Optional<IpAddress> source,
        boolean onLink) {
    private static final long MOST_U32 = 0xffff_ffffL;
    private static final int MAIN_TABLE = 254;

    static CarriedRoute parse(String line) {
        Words words = new Words(line);
        CarriedRoute route = new CarriedRoute(
                words.take(Cidr::parse),
                words.after("via", IpAddress::parse),
                words.number("table", MAIN_TABLE, MOST_U32),
                words.number("metric", 0, MOST_U32),
                (int) words.number("proto", 0, 255),
                (int) words.number("scope", 0, 255),
                words.after("src", IpAddress::parse),
                words.skip("onlink"));
        words.end();
        return route;
    }

    /** As {@code ip route add} takes it, less the link; the inverse of {@link #parse}. */
    @Override
    public String toString() {
        return destination
                + gateway.map(address -> " via " + address).orElse("")
                + (table == MAIN_TABLE ? "" : " table " + table)
                + (metric == 0 ? "" : " metric " + metric)
                + (protocol == 0 ? "" : " proto " + protocol)
                + (scope == 0 ? "" : " scope " + scope)
                + source.map(address -> " src " + address).orElse("")
                + (onLink ? " onlink" : "");
    }
}
