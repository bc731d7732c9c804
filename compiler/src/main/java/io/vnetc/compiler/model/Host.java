// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.model;

import io.vnetc.dsl.value.InterfaceName;
import java.util.List;
import java.util.Optional;

/**
 * A machine that runs guests.
 *
 * @param name as `--host` takes it
 * @param uplinks the links that lead out of it, sorted by role
 * @param links that it makes for itself, sorted by name
 * @param qemu the version that its guests are run by; absent: {@link QemuVersion#DEFAULT}
 * @param origin of the block
 */
public record Host(String name, List<Uplink> uplinks, List<HostLink> links, Optional<QemuVersion> qemu, Origin origin) {
    public Host {
        uplinks = List.copyOf(uplinks);
        links = List.copyOf(links);
    }

    /** The link of this name, where it makes that. */
    public Optional<HostLink> link(InterfaceName wanted) {
        return links.stream().filter(link -> link.name().equals(wanted)).findFirst();
    }

    /** A host that makes no links, and whose QEMU nothing is said of. */
    public Host(String name, List<Uplink> uplinks, Origin origin) {
        this(name, uplinks, List.of(), Optional.empty(), origin);
    }
}
