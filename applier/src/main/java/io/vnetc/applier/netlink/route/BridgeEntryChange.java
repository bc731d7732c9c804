// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.netlink.route;

import io.vnetc.applier.netlink.wire.Request;
import io.vnetc.dsl.value.MacAddress;
import java.util.List;

/**
 * Tells a bridge who is behind one of its ports, in all VLANs that the port is in by then, or has it forget that.
 *
 * @param add or delete
 * @param port name of the link
 * @param mac of who is behind it
 */
public record BridgeEntryChange(boolean add, String port, MacAddress mac) implements Change {
    /** {@code NTF_MASTER}: the bridge's table, and not the link's own. */
    private static final int OF_BRIDGE = 0x4;

    /** It is there and stays, however long nothing is heard of it; also where it was there before. */
    public static BridgeEntryChange add(String port, MacAddress mac) {
        return new BridgeEntryChange(true, port, mac);
    }

    /** It is forgotten; fails where it is not known. */
    public static BridgeEntryChange delete(String port, MacAddress mac) {
        return new BridgeEntryChange(false, port, mac);
    }

    @Override
    public String operation() {
        return add ? "put " + mac + " behind port " + port : "take " + mac + " from behind port " + port;
    }

    @Override
    public List<String> neededLinks() {
        return List.of(port);
    }

    @Override
    public List<String> affectedLinks() {
        return List.of();
    }

    @Override
    public Request request(Indexes indexes) {
        return Request.of(
                        RouteProtocol.PROTOCOL,
                        add ? RouteProtocol.NEW_NEIGHBOUR : RouteProtocol.DELETE_NEIGHBOUR,
                        operation())
                .flags(add ? Request.CREATE | Request.REPLACE : 0)
                .header(NeighbourAttributes.FAMILY, Families.BRIDGE)
                .header(NeighbourAttributes.INDEX, indexes.of(port))
                .header(NeighbourAttributes.STATE, add ? BridgeEntry.FIXED : 0)
                .header(NeighbourAttributes.FLAGS, OF_BRIDGE)
                .put(NeighbourAttributes.LLADDR, mac.toBytes())
                .build();
    }
}
