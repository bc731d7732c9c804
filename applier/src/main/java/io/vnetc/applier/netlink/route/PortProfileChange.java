// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.netlink.route;

import io.vnetc.applier.netlink.wire.AttributeWriter;
import io.vnetc.applier.netlink.wire.Request;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Has the switch behind a link admit a guest, or let it go: {@code IFLA_PORT_…} of linux/if_link.h.
 *
 * @param link the host's link that leads to the switch
 * @param associate or dissociate
 * @param profile of 802.1Qbh: its name at the switch, 1 to 39 octets
 * @param instance of 802.1Qbg: its type at the switch
 * @param guest identifies the guest's port
 * @param host identifies the host
 * @param function number of the SR-IOV function that the guest has; absent: the link itself is its
 */
public record PortProfileChange(
        String link,
        boolean associate,
        Optional<String> profile,
        Optional<Instance> instance,
        Optional<UUID> guest,
        Optional<UUID> host,
        Optional<Integer> function)
        implements Change {
    /** {@code PORT_REQUEST_ASSOCIATE} and {@code PORT_REQUEST_DISASSOCIATE}. */
    private static final long ASSOCIATE = 2;

    private static final long DISASSOCIATE = 3;

    /**
     * A type of 802.1Qbg ({@code struct ifla_port_vsi}).
     *
     * @param manager 0 to 255
     * @param type 0 to 16777215
     * @param version 0 to 255
     */
    public record Instance(int manager, int type, int version) {
        byte[] octets() {
            return new byte[] {
                (byte) manager,
                // The least first: a number of 24 bits as the structure has it on every machine.
                (byte) type,
                (byte) (type >> 8),
                (byte) (type >> 16),
                (byte) version,
                0,
                0,
                0
            };
        }
    }

    @Override
    public String operation() {
        return (associate ? "associate " : "dissociate ") + link + " with its switch";
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
        Request.Builder builder = Request.of(RouteProtocol.PROTOCOL, RouteProtocol.SET_LINK, operation())
                .header(LinkAttributes.INDEX, indexes.of(link));
        AttributeWriter writer = builder.attributes();
        if (function.isPresent()) {
            writer.begin(LinkAttributes.VF_PORTS)
                    .begin(PortProfileAttributes.VF_PORT)
                    .put(PortProfileAttributes.VF, function.get());
        } else {
            writer.begin(LinkAttributes.PORT_SELF);
        }
        profile.ifPresent(name -> writer.put(PortProfileAttributes.PROFILE, name));
        instance.ifPresent(type -> writer.put(PortProfileAttributes.VSI_TYPE, type.octets()));
        guest.ifPresent(id -> writer.put(PortProfileAttributes.INSTANCE_UUID, octets(id)));
        host.ifPresent(id -> writer.put(PortProfileAttributes.HOST_UUID, octets(id)));
        writer.put(PortProfileAttributes.REQUEST, associate ? ASSOCIATE : DISASSOCIATE)
                .end();
        if (function.isPresent()) {
            writer.end();
        }
        return builder.build();
    }

    private static byte[] octets(UUID id) {
        return ByteBuffer.allocate(16)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
    }
}
