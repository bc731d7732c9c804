// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.model;

import java.util.List;

/**
 * A machine that runs guests.
 *
 * @param name as `--host` takes it
 * @param uplinks its physical links, sorted by role
 * @param origin of the block
 */
public record Host(String name, List<Uplink> uplinks, Origin origin) {
    public Host {
        uplinks = List.copyOf(uplinks);
    }
}
