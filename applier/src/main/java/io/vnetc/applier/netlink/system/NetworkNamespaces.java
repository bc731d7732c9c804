// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.netlink.system;

import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * Network namespaces, which belong to threads.
 *
 * <p>A thread that entered one has the right {@code /proc/sys/net} and {@code /proc/thread-self/net}, and so have its
 * threads and children; {@code /sys} and {@code /proc/net} stay those of the process.
 */
public final class NetworkNamespaces {
    private static final int CLONE_NEWNET = 0x40000000;
    private static final int SO_NETNS_COOKIE = 71;
    private static final int NETLINK_ROUTE = 0;

    private NetworkNamespaces() {}

    /**
     * Moves the calling thread into a namespace, for good. Do this on a platform thread that was made for it.
     *
     * @param namespace such as {@code /run/netns/NAME} or {@code /proc/PID/ns/net}
     */
    public static void enter(Path namespace) throws SystemCallException {
        try (Descriptor descriptor = Descriptor.open(namespace, Descriptor.READ_ONLY)) {
            Descriptor.check(LibC.setns(descriptor.number(), CLONE_NEWNET), "enter the network namespace " + namespace);
        }
    }

    /**
     * The cookie of the calling thread's namespace: unique until the machine restarts, so that a namespace that was
     * removed and made again under its name is told from the first ({@code SO_NETNS_COOKIE}, Linux 5.14).
     */
    public static long cookie() throws SystemCallException {
        String operation = "read the cookie of the network namespace";
        try (Socket socket = Socket.open(Socket.NETLINK, NETLINK_ROUTE, operation)) {
            ByteBuffer value = Descriptor.direct(Long.BYTES);
            socket.option(Socket.SOCKET_LEVEL, SO_NETNS_COOKIE, value, operation);
            return value.getLong(0);
        }
    }
}
