// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.resolve;

import io.vnetc.compiler.model.Forwarding;
import io.vnetc.compiler.model.Uplink;
import io.vnetc.dsl.diagnostic.Diagnostic;
import io.vnetc.dsl.diagnostic.DiagnosticCode;
import io.vnetc.dsl.diagnostic.SourceRange;
import io.vnetc.dsl.value.InterfaceName;
import io.vnetc.dsl.vnet.Forward;
import io.vnetc.dsl.vnet.Network;
import io.vnetc.dsl.vnet.VnetPackage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What networks use the links of a host for. A link that is a port of a bridge, or passed through, has no address by
 * which the host could send for others, and is nobody else's.
 */
final class UplinkUses {
    private final Resolution resolution;
    private final Map<HostClaims, Map<InterfaceName, List<Use>>> uses = new HashMap<>();

    UplinkUses(Resolution resolution) {
        this.resolution = resolution;
    }

    private enum Purpose {
        ROUTED("the host sends for its guests by it", false),
        MACVTAP("its guests have macvtaps on it", false),
        BRIDGED("it is a port of its bridge", true),
        PASSED_THROUGH("a guest of it has it to itself", true);

        private final String words;
        private final boolean exclusive;

        Purpose(String words, boolean exclusive) {
            this.words = words;
            this.exclusive = exclusive;
        }
    }

    private record Use(String network, Purpose purpose, SourceRange place) {}

    /** Takes down what a network uses its uplinks for, and reports what does not go with others. */
    void forwarding(Network network, Forwarding forwarding, HostClaims host) {
        Optional<Purpose> purpose = purpose(forwarding);
        if (purpose.isEmpty()) {
            return;
        }
        Forward forward = network.getForwards().get(0);
        for (Uplink uplink : via(forwarding)) {
            int at = position(forward, uplink);
            Use use = new Use(
                    network.getName(),
                    purpose.get(),
                    resolution.sources().rangeOf(forward, VnetPackage.Literals.FORWARD__UPLINKS, at));
            List<Use> others = uses.computeIfAbsent(host, absent -> new HashMap<>())
                    .computeIfAbsent(uplink.link(), absent -> new ArrayList<>());
            others.stream()
                    .filter(other -> !other.network().equals(use.network())
                            && (other.purpose().exclusive || use.purpose().exclusive))
                    .findFirst()
                    .ifPresent(other -> clash(uplink, use, other));
            others.add(use);
        }
    }

    private void clash(Uplink uplink, Use use, Use other) {
        resolution.report(Diagnostic.error(
                        DiagnosticCode.LINK_SHARED,
                        use.place(),
                        "the uplink `" + uplink.role() + "` cannot serve the network `" + use.network() + "` ("
                                + use.purpose().words + ") and the network `" + other.network() + "` ("
                                + other.purpose().words + ")")
                .withHint("use another uplink for one of them, or plug the guests of both into one network")
                .withRelated(other.place(), "the other one"));
    }

    private static Optional<Purpose> purpose(Forwarding forwarding) {
        if (forwarding instanceof Forwarding.Nat || forwarding instanceof Forwarding.Routed) {
            return Optional.of(Purpose.ROUTED);
        }
        if (forwarding instanceof Forwarding.ManagedBridge) {
            return Optional.of(Purpose.BRIDGED);
        }
        if (forwarding instanceof Forwarding.Macvtap macvtap) {
            return Optional.of(
                    macvtap.mode() == Forwarding.Macvtap.Mode.PASSTHROUGH ? Purpose.PASSED_THROUGH : Purpose.MACVTAP);
        }
        return Optional.empty();
    }

    private static List<Uplink> via(Forwarding forwarding) {
        if (forwarding instanceof Forwarding.Nat nat) {
            return nat.via();
        }
        if (forwarding instanceof Forwarding.Routed routed) {
            return routed.via();
        }
        if (forwarding instanceof Forwarding.ManagedBridge bridge) {
            return bridge.via();
        }
        return forwarding instanceof Forwarding.Macvtap macvtap ? macvtap.via() : List.of();
    }

    private static int position(Forward forward, Uplink uplink) {
        for (int i = 0; i < forward.getUplinks().size(); i++) {
            if (forward.getUplinks().get(i).getName().equals(uplink.role())) {
                return i;
            }
        }
        return 0;
    }
}
