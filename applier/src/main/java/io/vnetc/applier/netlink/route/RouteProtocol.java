// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.netlink.route;

import io.vnetc.applier.netlink.wire.MessageType;
import io.vnetc.applier.netlink.wire.Protocol;

/** {@code NETLINK_ROUTE}: links, addresses, routes and rules ({@code rtnetlink(7)}). */
public final class RouteProtocol {
    static final MessageType NEW_LINK = link(16, "RTM_NEWLINK");
    static final MessageType DELETE_LINK = link(17, "RTM_DELLINK");
    static final MessageType GET_LINK = link(18, "RTM_GETLINK");
    static final MessageType NEW_ADDRESS = address(20, "RTM_NEWADDR");
    static final MessageType DELETE_ADDRESS = address(21, "RTM_DELADDR");
    static final MessageType GET_ADDRESS = address(22, "RTM_GETADDR");
    static final MessageType NEW_ROUTE = route(24, "RTM_NEWROUTE");
    static final MessageType DELETE_ROUTE = route(25, "RTM_DELROUTE");
    static final MessageType GET_ROUTE = route(26, "RTM_GETROUTE");
    static final MessageType NEW_RULE = rule(32, "RTM_NEWRULE");
    static final MessageType GET_RULE = rule(34, "RTM_GETRULE");

    /** The protocol. */
    public static final Protocol PROTOCOL = new Protocol(
            0,
            "NETLINK_ROUTE",
            NEW_LINK,
            DELETE_LINK,
            GET_LINK,
            NEW_ADDRESS,
            DELETE_ADDRESS,
            GET_ADDRESS,
            NEW_ROUTE,
            DELETE_ROUTE,
            GET_ROUTE,
            NEW_RULE,
            GET_RULE);

    private RouteProtocol() {}

    private static MessageType link(int number, String name) {
        return new MessageType(number, name, LinkAttributes.HEADER, LinkAttributes.SET);
    }

    private static MessageType address(int number, String name) {
        return new MessageType(number, name, AddressAttributes.HEADER, AddressAttributes.SET);
    }

    private static MessageType route(int number, String name) {
        return new MessageType(number, name, RouteAttributes.HEADER, RouteAttributes.SET);
    }

    private static MessageType rule(int number, String name) {
        return new MessageType(number, name, RuleAttributes.HEADER, RuleAttributes.SET);
    }
}
