// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.kind;

import io.vnetc.dsl.value.InterfaceAddress;
import io.vnetc.dsl.value.IpAddress;
import java.util.Optional;

/**
 * A lasting address of the host, as whoever set it did.
 *
 * @param inet with the length of its network's prefix
 * @param broadcast of IPv4, where it was set
 * @param scope 0 global, 253 link, 254 host (rtnetlink(7))
 * @param prefixRoute whether the kernel makes the route to its network
 * @param metric of that route; 0 as by default
 * @param label of IPv4, where it is another than the link's name
 */
public record CarriedAddress(
        InterfaceAddress inet,
        Optional<IpAddress> broadcast,
        int scope,
        boolean prefixRoute,
        long metric,
        Optional<String> label) {
    private static final long MOST_U32 = 0xffff_ffffL;

    /** An address as {@code ip address add} makes it. */
    public static CarriedAddress of(InterfaceAddress inet) {
        return new CarriedAddress(inet, Optional.empty(), 0, true, 0, Optional.empty());
    }

    static CarriedAddress parse(String line) {
        Words words = new Words(line);
        CarriedAddress address = new CarriedAddress(
                words.take(InterfaceAddress::parse),
                words.after("broadcast", IpAddress::parse),
                (int) words.number("scope", 0, 255),
                !words.skip("noprefixroute"),
                words.number("metric", 0, MOST_U32),
                words.after("label", label -> label));
        words.end();
        return address;
    }

    /** As {@code ip address add} takes it; the inverse of {@link #parse}. */
    @Override
    public String toString() {
        return inet
                + broadcast.map(address -> " broadcast " + address).orElse("")
                + (scope == 0 ? "" : " scope " + scope)
                + (prefixRoute ? "" : " noprefixroute")
                + (metric == 0 ? "" : " metric " + metric)
                + label.map(text -> " label " + text).orElse("");
    }
}
