// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.netlink.route;

import io.vnetc.applier.netlink.wire.MessageType;
import io.vnetc.applier.netlink.wire.Protocol;

/** {@code NETLINK_ROUTE}: links, addresses, routes, rules and traffic control ({@code rtnetlink(7)}). */
public final class RouteProtocol {
    static final MessageType NEW_LINK = link(16, "RTM_NEWLINK");
    static final MessageType DELETE_LINK = link(17, "RTM_DELLINK");
    static final MessageType GET_LINK = link(18, "RTM_GETLINK");
    static final MessageType SET_LINK = link(19, "RTM_SETLINK");
    static final MessageType NEW_ADDRESS = address(20, "RTM_NEWADDR");
    static final MessageType DELETE_ADDRESS = address(21, "RTM_DELADDR");
    static final MessageType GET_ADDRESS = address(22, "RTM_GETADDR");
    static final MessageType NEW_ROUTE = route(24, "RTM_NEWROUTE");
    static final MessageType DELETE_ROUTE = route(25, "RTM_DELROUTE");
    static final MessageType GET_ROUTE = route(26, "RTM_GETROUTE");
    static final MessageType NEW_NEIGHBOUR = neighbour(28, "RTM_NEWNEIGH");
    static final MessageType DELETE_NEIGHBOUR = neighbour(29, "RTM_DELNEIGH");
    static final MessageType GET_NEIGHBOUR = neighbour(30, "RTM_GETNEIGH");
    static final MessageType NEW_RULE = rule(32, "RTM_NEWRULE");
    static final MessageType GET_RULE = rule(34, "RTM_GETRULE");
    static final MessageType NEW_QDISC = traffic(36, "RTM_NEWQDISC");
    static final MessageType DELETE_QDISC = traffic(37, "RTM_DELQDISC");
    static final MessageType GET_QDISC = traffic(38, "RTM_GETQDISC");
    static final MessageType NEW_CLASS = traffic(40, "RTM_NEWTCLASS");
    static final MessageType DELETE_CLASS = traffic(41, "RTM_DELTCLASS");
    static final MessageType GET_CLASS = traffic(42, "RTM_GETTCLASS");
    static final MessageType NEW_FILTER = traffic(44, "RTM_NEWTFILTER");
    static final MessageType DELETE_FILTER = traffic(45, "RTM_DELTFILTER");
    static final MessageType GET_FILTER = traffic(46, "RTM_GETTFILTER");

    /** The protocol. */
    public static final Protocol PROTOCOL = new Protocol(
            0,
            "NETLINK_ROUTE",
            NEW_LINK,
            DELETE_LINK,
            GET_LINK,
            SET_LINK,
            NEW_ADDRESS,
            DELETE_ADDRESS,
            GET_ADDRESS,
            NEW_ROUTE,
            DELETE_ROUTE,
            GET_ROUTE,
            NEW_NEIGHBOUR,
            DELETE_NEIGHBOUR,
            GET_NEIGHBOUR,
            NEW_RULE,
            GET_RULE,
            NEW_QDISC,
            DELETE_QDISC,
            GET_QDISC,
            NEW_CLASS,
            DELETE_CLASS,
            GET_CLASS,
            NEW_FILTER,
            DELETE_FILTER,
            GET_FILTER);

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

    private static MessageType traffic(int number, String name) {
        return new MessageType(number, name, TrafficAttributes.HEADER, TrafficAttributes.SET);
    }

    private static MessageType neighbour(int number, String name) {
        return new MessageType(number, name, NeighbourAttributes.HEADER, NeighbourAttributes.SET);
    }

    private static MessageType rule(int number, String name) {
        return new MessageType(number, name, RuleAttributes.HEADER, RuleAttributes.SET);
    }
}
