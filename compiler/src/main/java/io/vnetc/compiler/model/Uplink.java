// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.model;

import io.vnetc.dsl.value.InterfaceName;
import io.vnetc.dsl.value.MacAddress;
import java.util.Optional;

/**
 * A link that leads out of the host, used by its role: a physical one, or one that the host makes.
 *
 * @param role its name in the source
 * @param link its name in the kernel
 * @param mtu that it is given while it is used, in bytes; absent: it keeps its own
 * @param mac that it is given while it is used; absent: it keeps its own
 * @param origin of the line
 */
public record Uplink(String role, InterfaceName link, Optional<Integer> mtu, Optional<MacAddress> mac, Origin origin) {
    /** One that is left as it is. */
    public Uplink(String role, InterfaceName link, Origin origin) {
        this(role, link, Optional.empty(), Optional.empty(), origin);
    }
}
