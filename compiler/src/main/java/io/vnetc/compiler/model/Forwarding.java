// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.model;

import io.vnetc.dsl.value.PortRange;
import java.util.List;
import java.util.Optional;

/** How packets leave a network, and whether they come in. */
public sealed interface Forwarding {
    /** Guests and host among themselves; nothing is forwarded. */
    record Isolated() implements Forwarding {}

    /**
     * Out with the host's address; in only what answers. That goes for both families: IPv6 subnets are masqueraded as
     * well, for whoever writes NAT expects nothing to come in; to hand on global
     * addresses as they are, use {@link Routed}.
     *
     * @param via the uplinks that may be used; empty: any link that is not a network's bridge
     * @param ports that sources are mapped to; absent: the kernel's choice
     */
    record Nat(List<Uplink> via, Optional<PortRange> ports) implements Forwarding {
        public Nat {
            via = List.copyOf(via);
        }
    }

    /**
     * Out and in, addresses unchanged.
     *
     * @param via the uplinks that may be used; empty: any link that is not a network's bridge
     */
    record Routed(List<Uplink> via) implements Forwarding {
        public Routed {
            via = List.copyOf(via);
        }
    }

    /** Forwarded, with no rule of ours; the host's own firewall decides. */
    record Open() implements Forwarding {}

    /** A bridge that somebody else made; guests are plugged in, nothing else is touched. */
    record ExistingBridge() implements Forwarding {}
}
