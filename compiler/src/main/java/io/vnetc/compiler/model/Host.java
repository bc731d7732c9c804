// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.model;

import java.util.List;
import java.util.Optional;

/**
 * A machine that runs guests.
 *
 * @param name as `--host` takes it
 * @param uplinks its physical links, sorted by role
 * @param qemu the version that its guests are run by; absent: {@link QemuVersion#DEFAULT}
 * @param origin of the block
 */
public record Host(String name, List<Uplink> uplinks, Optional<QemuVersion> qemu, Origin origin) {
    public Host {
        uplinks = List.copyOf(uplinks);
    }

    /** A host whose QEMU nothing is said of. */
    public Host(String name, List<Uplink> uplinks, Origin origin) {
        this(name, uplinks, Optional.empty(), origin);
    }
}
