// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.netlink.route;

import io.vnetc.applier.netlink.wire.Attributes;
import io.vnetc.applier.netlink.wire.Message;
import io.vnetc.dsl.value.Cidr;
import io.vnetc.dsl.value.IpAddress;
import io.vnetc.dsl.value.IpFamily;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A route as the kernel told it.
 *
 * @param destination 0.0.0.0/0 or ::/0 for a default route
 * @param table 254 main, 255 local
 * @param protocol who made it: 2 the kernel, 3 boot, 4 static, 9 a router advertisement, …
 * @param scope 0 global, 253 link, 254 host
 * @param type how it treats packets
 * @param linkIndex of the link that they leave by
 * @param gateway where they are sent, in the route's own family
 * @param source that this host's own packets get
 * @param metric the lower wins; IPv6 has 1024 by default
 * @param flags {@code RTNH_F_…} and {@code RTM_F_…} of linux/rtnetlink.h
 * @param message everything the kernel told: several next hops, encapsulation, …
 */
public record RouteInfo(
        Cidr destination,
        long table,
        int protocol,
        int scope,
        RouteType type,
        OptionalInt linkIndex,
        Optional<IpAddress> gateway,
        Optional<IpAddress> source,
        long metric,
        int flags,
        Message message) {
    static RouteInfo of(Message message) {
        Attributes attributes = message.attributes();
        IpFamily family = Families.family(message.header(RouteAttributes.FAMILY));
        IpAddress base = attributes.get(RouteAttributes.DST).orElse(Families.unspecified(family));
        long out = attributes.number(RouteAttributes.OIF, 0);
        return new RouteInfo(
                Families.cidr(base, message.header(RouteAttributes.DESTINATION_LENGTH)),
                attributes.number(RouteAttributes.TABLE, message.header(RouteAttributes.LOW_TABLE)),
                (int) message.header(RouteAttributes.ORIGIN),
                (int) message.header(RouteAttributes.SCOPE),
                RouteType.of(message.header(RouteAttributes.TYPE)),
                out == 0 ? OptionalInt.empty() : OptionalInt.of((int) out),
                attributes.get(RouteAttributes.GATEWAY),
                attributes.get(RouteAttributes.PREFSRC),
                attributes.number(RouteAttributes.PRIORITY, 0),
                (int) message.header(RouteAttributes.FLAGS),
                message);
    }

    /** Of which family it is. */
    public IpFamily family() {
        return destination.family();
    }

    /** Whether it has several next hops; they are in {@link #message} as {@code RTA_MULTIPATH}. */
    public boolean isMultipath() {
        return message.attributes().has(RouteAttributes.MULTIPATH);
    }
}
