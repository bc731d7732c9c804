// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.netlink.tun;

import io.vnetc.applier.netlink.system.Descriptor;
import io.vnetc.applier.netlink.system.SystemCallException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** How an open file becomes a queue of a tap ({@code linux/if_tun.h}); a macvtap's file is one already, and of what kind it says. */
final class TunRequests {
    static final int IFF_MULTI_QUEUE = 0x0100;

    private static final long TUNSETIFF = 0x400454caL;

    private static final int IFF_TUN = 0x0001;
    private static final int IFF_TAP = 0x0002;
    private static final int IFF_NO_PI = 0x1000;
    private static final int IFF_VNET_HDR = 0x4000;

    private static final int IFREQ_LENGTH = 40;
    private static final int IFREQ_FLAGS = 16;

    private TunRequests() {}

    /** Attaches it, for whole frames, each with the header of virtio. */
    static void attach(Descriptor descriptor, String name, int more, String operation) throws SystemCallException {
        request(descriptor, name, IFF_TAP | IFF_NO_PI | IFF_VNET_HDR | more, operation);
    }

    /** Attaches it, for IP packets as they are. */
    static void attachPackets(Descriptor descriptor, String name, int more, String operation)
            throws SystemCallException {
        request(descriptor, name, IFF_TUN | IFF_NO_PI | more, operation);
    }

    private static void request(Descriptor descriptor, String name, int flags, String operation)
            throws SystemCallException {
        ByteBuffer request = Descriptor.direct(IFREQ_LENGTH);
        request.put(0, name.getBytes(StandardCharsets.UTF_8));
        request.putShort(IFREQ_FLAGS, (short) flags);
        descriptor.ioctl(TUNSETIFF, request, operation);
    }
}
