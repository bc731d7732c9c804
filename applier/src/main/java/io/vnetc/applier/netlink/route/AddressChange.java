// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.netlink.route;

import io.vnetc.applier.netlink.wire.AttributeWriter;
import io.vnetc.applier.netlink.wire.MessageType;
import io.vnetc.applier.netlink.wire.Request;
import io.vnetc.dsl.value.InterfaceAddress;
import io.vnetc.dsl.value.IpAddress;
import io.vnetc.dsl.value.IpFamily;
import java.util.List;
import java.util.Optional;

/**
 * Gives a link an address or takes it away. A record: each method that changes something returns another.
 *
 * @param add or delete
 * @param link its name
 * @param address with the prefix of its network
 * @param flags {@code IFA_F_…} of linux/if_addr.h
 * @param scope 0 global, 253 link, 254 host
 * @param protocol who sets it: kept by Linux 5.18 and later, 0 for nobody
 * @param broadcast IPv4's address for all of the network; without it there is none
 * @param metric of the route to its network; 0 as by default
 * @param label IPv4's name for it; without it the link's
 */
public record AddressChange(
        boolean add,
        String link,
        InterfaceAddress address,
        int flags,
        int scope,
        int protocol,
        Optional<IpAddress> broadcast,
        long metric,
        Optional<String> label)
        implements Change {
    /** Gives it; fails where the link has it. */
    public static AddressChange add(String link, InterfaceAddress address) {
        return new AddressChange(true, link, address, 0, 0, 0, Optional.empty(), 0, Optional.empty());
    }

    /**
     * Takes it away; fails where the link does not have it. In IPv4 the other addresses of its network may go with it, if it
     * was the first of them ({@code promote_secondaries}).
     */
    public static AddressChange delete(String link, InterfaceAddress address) {
        return new AddressChange(false, link, address, 0, 0, 0, Optional.empty(), 0, Optional.empty());
    }

    /** Without asking first whether anybody else has it (IPv6): it can be used at once. */
    public AddressChange withoutDuplicateDetection() {
        return withFlags(flags | AddressInfo.NO_DAD);
    }

    /** Without a route to its network. */
    public AddressChange withoutPrefixRoute() {
        return withFlags(flags | AddressInfo.NO_PREFIX_ROUTE);
    }

    private AddressChange withFlags(int changed) {
        return new AddressChange(add, link, address, changed, scope, protocol, broadcast, metric, label);
    }

    /** With another scope. */
    public AddressChange withScope(int changed) {
        return new AddressChange(add, link, address, flags, changed, protocol, broadcast, metric, label);
    }

    /** With the number of who sets it, 4 to 255; 1 to 3 are the kernel's. */
    public AddressChange withProtocol(int changed) {
        return new AddressChange(add, link, address, flags, scope, changed, broadcast, metric, label);
    }

    /** With a broadcast address. */
    public AddressChange withBroadcast(IpAddress changed) {
        return new AddressChange(add, link, address, flags, scope, protocol, Optional.of(changed), metric, label);
    }

    /** With another metric of the route to its network. */
    public AddressChange withMetric(long changed) {
        return new AddressChange(add, link, address, flags, scope, protocol, broadcast, changed, label);
    }

    /** With a name of its own (IPv4). */
    public AddressChange withLabel(String changed) {
        return new AddressChange(add, link, address, flags, scope, protocol, broadcast, metric, Optional.of(changed));
    }

    @Override
    public String operation() {
        return add ? "add address " + address + " to " + link : "delete address " + address + " from " + link;
    }

    @Override
    public List<String> neededLinks() {
        return List.of(link);
    }

    @Override
    public List<String> affectedLinks() {
        return List.of();
    }

    @Override
    public Request request(Indexes indexes) {
        MessageType type = add ? RouteProtocol.NEW_ADDRESS : RouteProtocol.DELETE_ADDRESS;
        Request.Builder builder = Request.of(RouteProtocol.PROTOCOL, type, operation())
                .flags(add ? Request.CREATE | Request.EXCLUSIVE : 0)
                .header(AddressAttributes.FAMILY, Families.number(address.family()))
                .header(AddressAttributes.PREFIX_LENGTH, address.length())
                .header(AddressAttributes.SCOPE, scope)
                .header(AddressAttributes.INDEX, indexes.of(link));
        AttributeWriter writer = builder.attributes()
                .put(AddressAttributes.LOCAL, address.address())
                .put(AddressAttributes.ADDRESS, address.address());
        if (broadcast.isPresent() && address.family() == IpFamily.IPV4) {
            writer.put(AddressAttributes.BROADCAST, broadcast.get());
        }
        if (label.isPresent() && address.family() == IpFamily.IPV4) {
            writer.put(AddressAttributes.LABEL, label.get());
        }
        if (metric != 0) {
            writer.put(AddressAttributes.RT_PRIORITY, metric);
        }
        if (flags != 0) {
            writer.put(AddressAttributes.FLAGS, flags);
        }
        if (protocol != 0) {
            writer.put(AddressAttributes.PROTO, protocol);
        }
        return builder.build();
    }
}
