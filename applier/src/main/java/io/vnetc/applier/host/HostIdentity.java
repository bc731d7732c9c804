// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.host;

import io.vnetc.applier.kinds.DriverException;
import io.vnetc.applier.netlink.system.NetworkNamespaces;
import io.vnetc.applier.netlink.system.SystemCallException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Which life of which namespace this is. What is only in the kernel is gone when either differs.
 *
 * @param bootId of {@code /proc/sys/kernel/random/boot_id}
 * @param namespaceCookie of the calling thread's network namespace (SO_NETNS_COOKIE)
 */
public record HostIdentity(String bootId, long namespaceCookie) {
    private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");

    static HostIdentity read() throws DriverException {
        try {
            return new HostIdentity(Files.readString(BOOT_ID).strip(), NetworkNamespaces.cookie());
        } catch (SystemCallException e) {
            throw new DriverException(
                    "cannot tell which network namespace this is",
                    e.getMessage(),
                    "vnetc wants Linux 5.14 or later.",
                    e);
        } catch (IOException e) {
            throw new DriverException("cannot read " + BOOT_ID, e.getMessage(), "Mount /proc.", e);
        }
    }
}
