// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.resolve;

import static io.vnetc.compiler.resolve.Resolution.only;

import io.vnetc.dsl.vnet.Forward;
import io.vnetc.dsl.vnet.ForwardMode;
import io.vnetc.dsl.vnet.MacTable;
import io.vnetc.dsl.vnet.MacvtapMode;
import io.vnetc.dsl.vnet.Network;
import java.util.Optional;

/**
 * What the ports of a network are ports of.
 *
 * @param network its name
 * @param plug what guests are plugged into
 * @param passthrough whether each guest has a link of the host to itself
 * @param foreign whether somebody else made the bridge, which may be one of another switch than Linux
 * @param managedTable whether the bridge knows all MAC addresses
 * @param hosted whether the host has an address in the network
 */
record Segment(String network, Plug plug, boolean passthrough, boolean foreign, boolean managedTable, boolean hosted) {
    /** What guests are plugged into. */
    enum Plug {
        BRIDGE,
        MACVTAP,
        DEVICE
    }

    static Segment of(Network network) {
        Optional<Forward> forward = only(network.getForwards());
        Optional<ForwardMode> mode = forward.map(Forward::getMode);
        return new Segment(
                network.getName(),
                mode.map(Segment::plug).orElse(Plug.BRIDGE),
                mode.filter(ForwardMode.MACVTAP::equals).isPresent()
                        && forward.get().getMacvtap() == MacvtapMode.PASSTHROUGH,
                mode.filter(ForwardMode.BRIDGE::equals).isPresent()
                        && forward.get().getUplinks().isEmpty(),
                only(network.getBridges())
                        .flatMap(bridge -> only(bridge.getMacTables()))
                        .filter(MacTable.MANAGED::equals)
                        .isPresent(),
                mode.filter(ForwardMode.BRIDGE::equals).isEmpty()
                        && network.getSubnets().stream()
                                .anyMatch(subnet -> !subnet.getGateways().isEmpty()));
    }

    /** What a card leads to that is a device. */
    static Segment ofDevice(String card) {
        return new Segment(card, Plug.DEVICE, false, false, false, false);
    }

    private static Plug plug(ForwardMode mode) {
        return switch (mode) {
            case MACVTAP -> Plug.MACVTAP;
            case HOSTDEV -> Plug.DEVICE;
            case NAT, ROUTE, OPEN, BRIDGE -> Plug.BRIDGE;
        };
    }
}
