// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.resolve;

import static io.vnetc.compiler.resolve.Resolution.only;

import io.vnetc.compiler.model.Forwarding;
import io.vnetc.compiler.model.Uplink;
import io.vnetc.dsl.diagnostic.DiagnosticCode;
import io.vnetc.dsl.value.PortRange;
import io.vnetc.dsl.vnet.Expression;
import io.vnetc.dsl.vnet.Forward;
import io.vnetc.dsl.vnet.ForwardMode;
import io.vnetc.dsl.vnet.Network;
import io.vnetc.dsl.vnet.VnetPackage;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** How packets leave a network. */
final class ForwardingResolver {
    private final Resolution resolution;
    private final Map<io.vnetc.dsl.vnet.Uplink, Uplink> uplinks;

    ForwardingResolver(Resolution resolution, Map<io.vnetc.dsl.vnet.Uplink, Uplink> uplinks) {
        this.resolution = resolution;
        this.uplinks = uplinks;
    }

    Forwarding resolve(Network network) {
        return only(network.getForwards())
                .map(forward -> resolve(network, forward))
                .orElseGet(Forwarding.Isolated::new);
    }

    private Forwarding resolve(Network network, Forward forward) {
        Optional<PortRange> ports = ports(forward);
        return switch (forward.getMode()) {
            case NAT -> {
                checkSubnets(network, forward);
                yield new Forwarding.Nat(via(forward), ports);
            }
            case ROUTE -> new Forwarding.Routed(via(forward));
            case OPEN -> {
                refuseVia(forward, "leaves all rules to the host's own firewall");
                yield new Forwarding.Open();
            }
            case BRIDGE -> {
                refuseVia(forward, "plugs guests into a bridge that is there, whose ports are not ours");
                yield new Forwarding.ExistingBridge();
            }
        };
    }

    /** Sorted, for their order means nothing. */
    private List<Uplink> via(Forward forward) {
        for (int i = 1; i < forward.getUplinks().size(); i++) {
            io.vnetc.dsl.vnet.Uplink uplink = forward.getUplinks().get(i);
            if (forward.getUplinks().indexOf(uplink) < i) {
                resolution.error(
                        DiagnosticCode.REPEATED_SETTING,
                        resolution.sources().rangeOf(forward, VnetPackage.Literals.FORWARD__UPLINKS, i),
                        "the uplink `" + uplink.getName() + "` is named twice",
                        "remove one");
            }
        }
        return forward.getUplinks().stream()
                .map(uplinks::get)
                .filter(Objects::nonNull)
                .sorted(Comparator.comparing(Uplink::role))
                .toList();
    }

    private Optional<PortRange> ports(Forward forward) {
        Optional<Expression> ports = only(forward.getPorts());
        if (ports.isPresent() && forward.getMode() != ForwardMode.NAT) {
            resolution.error(
                    DiagnosticCode.SETTING_NOT_HERE,
                    resolution.place(forward, VnetPackage.Literals.FORWARD__PORTS),
                    "`ports` are what NAT maps sources to; `forward " + forward.getMode() + "` maps none",
                    "remove `ports`");
            return Optional.empty();
        }
        return ports.flatMap(resolution.values()::portRange);
    }

    private void refuseVia(Forward forward, String because) {
        if (!forward.getUplinks().isEmpty()) {
            resolution.error(
                    DiagnosticCode.SETTING_NOT_HERE,
                    resolution.place(forward, VnetPackage.Literals.FORWARD__UPLINKS),
                    "`forward " + forward.getMode() + "` takes no `via`: it " + because,
                    "remove `via`, or use `forward nat` or `forward route`");
        }
    }

    private void checkSubnets(Network network, Forward forward) {
        if (network.getSubnets().isEmpty()) {
            resolution.warning(
                    DiagnosticCode.NOTHING_TO_FORWARD,
                    resolution.place(forward),
                    "the network `" + network.getName() + "` has no subnet, so there is nothing to translate",
                    "add a `subnet`, or remove `forward nat`");
        }
    }
}
