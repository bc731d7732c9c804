// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.kinds.rtnetlink;

import io.vnetc.applier.netlink.route.BridgePortAttributes;
import io.vnetc.applier.netlink.route.LinkInfo;
import io.vnetc.applier.netlink.wire.Attribute;
import io.vnetc.compiler.model.PortOption;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The options of a port as the kernel has them. */
final class PortOptions {
    private PortOptions() {}

    static Attribute<Long> attribute(PortOption option) {
        return switch (option) {
            case BPDU_GUARD -> BridgePortAttributes.GUARD;
            case ROOT_GUARD -> BridgePortAttributes.PROTECT;
            case FAST_LEAVE -> BridgePortAttributes.FAST_LEAVE;
            case NEIGHBOUR_SUPPRESSION -> BridgePortAttributes.NEIGH_SUPPRESS;
        };
    }

    /** Those that are on. */
    static SortedSet<PortOption> of(LinkInfo link) {
        return Stream.of(PortOption.values())
                .filter(option -> link.port(attribute(option)).orElse(0L) != 0)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
