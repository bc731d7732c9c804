// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.kind;

import io.vnetc.compiler.state.Attributes;
import io.vnetc.dsl.value.InterfaceAddress;
import java.util.List;

/**
 * The addresses of the host itself that packets of a link are for, and the routes that lead over it. They are on the link,
 * or on the bridge that it is a port of: a port has no use for any. Only lasting ones: what a DHCP client or a router
 * advertisement has lent for a while stays where they look after it.
 *
 * @param addresses in the kernel's order, in which the first of a network is the one that packets are sent from
 * @param routes those over a gateway last, so that each can be made when those before it are there
 */
public record Carried(List<CarriedAddress> addresses, List<CarriedRoute> routes) {
    /** Nothing. */
    public static final Carried NONE = new Carried(List.of(), List.of());

    public Carried {
        addresses = List.copyOf(addresses);
        routes = List.copyOf(routes);
    }

    /** Whether there is anything. */
    public boolean isEmpty() {
        return addresses.isEmpty() && routes.isEmpty();
    }

    boolean has(InterfaceAddress address) {
        return addresses.stream().anyMatch(each -> each.inet().equals(address));
    }

    boolean has(Route route) {
        return routes.stream()
                .anyMatch(each -> each.destination().equals(route.destination()) && each.metric() == route.metric());
    }

    void describe(Attributes.Builder attributes) {
        if (!addresses.isEmpty()) {
            attributes.lines(
                    "addresses",
                    addresses.stream().map(CarriedAddress::toString).toList());
        }
        if (!routes.isEmpty()) {
            attributes.lines(
                    "routes", routes.stream().map(CarriedRoute::toString).toList());
        }
    }

    static Carried read(Attributes attributes) {
        return new Carried(
                attributes.optionalLines("addresses").orElse(List.of()).stream()
                        .map(CarriedAddress::parse)
                        .toList(),
                attributes.optionalLines("routes").orElse(List.of()).stream()
                        .map(CarriedRoute::parse)
                        .toList());
    }
}
