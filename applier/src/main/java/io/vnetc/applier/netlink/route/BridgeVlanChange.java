// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.netlink.route;

import io.vnetc.applier.netlink.wire.AttributeWriter;
import io.vnetc.applier.netlink.wire.Request;
import java.util.List;

/**
 * Puts a port of a bridge, or the bridge itself, into VLANs or takes it out of some. One that it is in is changed.
 *
 * @param add or delete
 * @param link name of the port, or of the bridge
 * @param ofBridge whether the link is the bridge and its own VLANs are meant, which are the host's
 * @param vlans that are meant; not empty
 */
public record BridgeVlanChange(boolean add, String link, boolean ofBridge, List<BridgeVlan> vlans) implements Change {
    /** {@code BRIDGE_FLAGS_SELF}. */
    private static final long SELF = 2;

    public BridgeVlanChange {
        vlans = List.copyOf(vlans);
    }

    @Override
    public String operation() {
        return (add ? "put " : "take ")
                + link
                + (add ? " into VLAN " : " out of VLAN ")
                + String.join(
                        ", ",
                        vlans.stream()
                                .map(vlan -> vlan.first() == vlan.last()
                                        ? Integer.toString(vlan.first())
                                        : vlan.first() + "-" + vlan.last())
                                .toList());
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
        Request.Builder builder = Request.of(
                        RouteProtocol.PROTOCOL, add ? RouteProtocol.SET_LINK : RouteProtocol.DELETE_LINK, operation())
                .header(LinkAttributes.FAMILY, Families.BRIDGE)
                .header(LinkAttributes.INDEX, indexes.of(link));
        AttributeWriter writer = builder.attributes().begin(BridgeVlan.SPECIFICATION);
        if (ofBridge) {
            writer.put(BridgeVlan.FLAGS, SELF);
        }
        for (BridgeVlan vlan : vlans) {
            vlan.encode().forEach(info -> writer.put(BridgeVlan.VLAN_INFO, info));
        }
        writer.end();
        return builder.build();
    }
}
