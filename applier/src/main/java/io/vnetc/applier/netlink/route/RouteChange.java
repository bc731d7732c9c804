// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.netlink.route;

import io.vnetc.applier.netlink.wire.AttributeWriter;
import io.vnetc.applier.netlink.wire.MessageType;
import io.vnetc.applier.netlink.wire.Request;
import io.vnetc.dsl.value.Cidr;
import io.vnetc.dsl.value.IpAddress;
import io.vnetc.dsl.value.IpFamily;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Adds, replaces or deletes a route. A record: each method that changes something returns another.
 *
 * @param action which of them
 * @param destination 0.0.0.0/0 or ::/0 for the default route
 * @param type how it treats packets
 * @param table 254 is the main one
 * @param protocol who makes it; 4 is static
 * @param link that packets leave by
 * @param gateway that they are sent to
 * @param source that this host's own packets get
 * @param metric the lower wins; IPv6 makes 1024 of 0
 * @param scope where it is to be another than what follows from the rest
 * @param onLink the gateway is taken for a neighbour although no route says so
 */
public record RouteChange(
        Action action,
        Cidr destination,
        RouteType type,
        long table,
        int protocol,
        Optional<String> link,
        Optional<IpAddress> gateway,
        Optional<IpAddress> source,
        long metric,
        OptionalInt scope,
        boolean onLink)
        implements Change {
    private static final int MAIN_TABLE = 254;
    private static final int STATIC = 4;
    private static final int SCOPE_LINK = 253;
    private static final int SCOPE_HOST = 254;
    private static final int ON_LINK = 0x4;

    /** What to do with a route. */
    public enum Action {
        /** Add it; fail where there is one with the same destination, metric and table (and in IPv6 next hop). */
        ADD,
        /** Put it in the place of the one with the same destination, metric and table, or add it. */
        REPLACE,
        /** Delete the first that agrees in all that is set; fail where there is none. */
        DELETE
    }

    /** A route of the main table, made by the administrator. */
    public static RouteChange of(Action action, Cidr destination) {
        return new RouteChange(
                action,
                destination,
                RouteType.UNICAST,
                MAIN_TABLE,
                STATIC,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                0,
                OptionalInt.empty(),
                false);
    }

    /** Adds a route of the main table. */
    public static RouteChange add(Cidr destination) {
        return of(Action.ADD, destination);
    }

    /** Deletes a route of the main table. */
    public static RouteChange delete(Cidr destination) {
        return of(Action.DELETE, destination);
    }

    /** By a link. */
    public RouteChange by(String name) {
        return new RouteChange(
                action, destination, type, table, protocol, Optional.of(name), gateway, source, metric, scope, onLink);
    }

    /** By a gateway. */
    public RouteChange via(IpAddress address) {
        return new RouteChange(
                action, destination, type, table, protocol, link, Optional.of(address), source, metric, scope, onLink);
    }

    /** In another table. */
    public RouteChange inTable(long number) {
        return new RouteChange(
                action, destination, type, number, protocol, link, gateway, source, metric, scope, onLink);
    }

    /** Of another type. */
    public RouteChange withType(RouteType changed) {
        return new RouteChange(
                action, destination, changed, table, protocol, link, gateway, source, metric, scope, onLink);
    }

    /** With the number of who makes it, 0 to 255. */
    public RouteChange withProtocol(int changed) {
        return new RouteChange(action, destination, type, table, changed, link, gateway, source, metric, scope, onLink);
    }

    /** With a metric. */
    public RouteChange withMetric(long changed) {
        return new RouteChange(
                action, destination, type, table, protocol, link, gateway, source, changed, scope, onLink);
    }

    /** With the address that this host's own packets get. */
    public RouteChange withSource(IpAddress changed) {
        return new RouteChange(
                action, destination, type, table, protocol, link, gateway, Optional.of(changed), metric, scope, onLink);
    }

    /** With a gateway that is taken for a neighbour. */
    public RouteChange withOnLinkGateway() {
        return new RouteChange(action, destination, type, table, protocol, link, gateway, source, metric, scope, true);
    }

    /** With a scope: 0 global, 253 link, 254 host. */
    public RouteChange withScope(int changed) {
        return new RouteChange(
                action,
                destination,
                type,
                table,
                protocol,
                link,
                gateway,
                source,
                metric,
                OptionalInt.of(changed),
                onLink);
    }

    @Override
    public String operation() {
        StringBuilder words = new StringBuilder();
        words.append(
                switch (action) {
                    case ADD -> "add";
                    case REPLACE -> "replace";
                    case DELETE -> "delete";
                });
        words.append(" route to ").append(destination);
        if (gateway.isPresent()) {
            words.append(" via ").append(gateway.get());
        }
        if (link.isPresent()) {
            words.append(" by ").append(link.get());
        }
        return table == MAIN_TABLE
                ? words.toString()
                : words.append(" in table ").append(table).toString();
    }

    @Override
    public List<String> neededLinks() {
        return link.isPresent() ? List.of(link.get()) : List.of();
    }

    @Override
    public List<String> affectedLinks() {
        return List.of();
    }

    @Override
    public Request request(Indexes indexes) {
        MessageType message = action == Action.DELETE ? RouteProtocol.DELETE_ROUTE : RouteProtocol.NEW_ROUTE;
        Request.Builder builder = Request.of(RouteProtocol.PROTOCOL, message, operation())
                .flags(
                        switch (action) {
                            case ADD -> Request.CREATE | Request.EXCLUSIVE;
                            case REPLACE -> Request.CREATE | Request.REPLACE;
                            case DELETE -> 0;
                        })
                .header(RouteAttributes.FAMILY, Families.number(destination.family()))
                .header(RouteAttributes.DESTINATION_LENGTH, destination.length())
                .header(RouteAttributes.ORIGIN, protocol)
                .header(RouteAttributes.SCOPE, scopeNumber())
                .header(RouteAttributes.TYPE, type.number())
                .header(RouteAttributes.FLAGS, onLink ? ON_LINK : 0);
        AttributeWriter writer = builder.attributes().put(RouteAttributes.TABLE, table);
        if (destination.length() > 0) {
            writer.put(RouteAttributes.DST, destination.base());
        }
        if (gateway.isPresent()) {
            writer.put(RouteAttributes.GATEWAY, gateway.get());
        }
        if (link.isPresent()) {
            writer.put(RouteAttributes.OIF, indexes.of(link.get()));
        }
        if (source.isPresent()) {
            writer.put(RouteAttributes.PREFSRC, source.get());
        }
        if (metric != 0) {
            writer.put(RouteAttributes.PRIORITY, metric);
        }
        return builder.build();
    }

    /** As {@code ip route} has it: IPv4 routes without a gateway reach the link's own neighbours only. */
    private int scopeNumber() {
        if (scope.isPresent()) {
            return scope.getAsInt();
        }
        if (destination.family() == IpFamily.IPV6) {
            return 0;
        }
        return switch (type) {
            case LOCAL -> SCOPE_HOST;
            case UNICAST, BROADCAST, MULTICAST -> gateway.isPresent() ? 0 : SCOPE_LINK;
            default -> 0;
        };
    }
}
