// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.resolve;

import static io.vnetc.compiler.resolve.Resolution.only;

import io.vnetc.compiler.model.Forwarding;
import io.vnetc.compiler.model.Uplink;
import io.vnetc.dsl.diagnostic.DiagnosticCode;
import io.vnetc.dsl.value.AddressRange;
import io.vnetc.dsl.value.Cidr;
import io.vnetc.dsl.value.IpFamily;
import io.vnetc.dsl.value.PortRange;
import io.vnetc.dsl.vnet.Expression;
import io.vnetc.dsl.vnet.Forward;
import io.vnetc.dsl.vnet.ForwardMode;
import io.vnetc.dsl.vnet.Network;
import io.vnetc.dsl.vnet.VnetPackage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.eclipse.emf.ecore.EStructuralFeature;

/** How packets leave a network. */
final class ForwardingResolver {
    /** An uplink learns who is behind it, also where the addresses of all guests are known. */
    private static final Segment PORT_OF_HOST = new Segment("", Segment.Plug.BRIDGE, false, false, false, false);

    private final Resolution resolution;
    private final PortResolver ports;
    private final Map<io.vnetc.dsl.vnet.Uplink, Uplink> uplinks;

    ForwardingResolver(Resolution resolution, Map<io.vnetc.dsl.vnet.Uplink, Uplink> uplinks) {
        this.resolution = resolution;
        this.uplinks = uplinks;
        this.ports = new PortResolver(resolution);
    }

    Forwarding resolve(Network network) {
        return only(network.getForwards())
                .map(forward -> resolve(network, forward))
                .orElseGet(Forwarding.Isolated::new);
    }

    private static Forwarding.Macvtap.Mode mode(Forward forward) {
        return switch (forward.getMacvtap()) {
            case PRIVATE -> Forwarding.Macvtap.Mode.PRIVATE;
            case VEPA -> Forwarding.Macvtap.Mode.VEPA;
            case BRIDGE -> Forwarding.Macvtap.Mode.BRIDGE;
            case PASSTHROUGH -> Forwarding.Macvtap.Mode.PASSTHROUGH;
        };
    }

    /** How a port is set counts where the uplinks are ports. */
    private void refusePortSettings(Forward forward) {
        if (forward.getMode() == ForwardMode.BRIDGE && !forward.getUplinks().isEmpty()) {
            if (!forward.getVlans().isEmpty()) {
                resolution.error(
                        DiagnosticCode.NOT_YET,
                        resolution.place(forward, VnetPackage.Literals.PORT_SETTING__VLANS),
                        "the VLANs of an uplink in a bridge cannot be set yet",
                        "remove `vlan`");
            }
            return;
        }
        for (EStructuralFeature feature : VnetPackage.Literals.PORT_SETTING.getEStructuralFeatures()) {
            if (forward.eIsSet(feature)) {
                resolution.error(
                        DiagnosticCode.SETTING_NOT_HERE,
                        resolution.place(forward, feature),
                        "this is set for the port that an uplink is, and here no uplink is a port of a bridge",
                        "write it in the network for its guests, or use `forward bridge via UPLINK`");
            }
        }
    }

    private Forwarding resolve(Network network, Forward forward) {
        refusePortSettings(forward);
        Optional<PortRange> mapped = ports(forward);
        refuseOutsideNat(forward, VnetPackage.Literals.FORWARD__ADDRESSES, "addresses");
        refuseOutsideNat(forward, VnetPackage.Literals.FORWARD__IPV6, "ipv6");
        return switch (forward.getMode()) {
            case NAT -> {
                checkSubnets(network, forward);
                yield new Forwarding.Nat(via(forward), mapped, addresses(forward), isIpv6Routed(forward));
            }
            case ROUTE -> new Forwarding.Routed(via(forward));
            case OPEN -> {
                refuseVia(forward, "leaves all rules to the host's own firewall");
                yield new Forwarding.Open();
            }
            case BRIDGE ->
                forward.getUplinks().isEmpty()
                        ? new Forwarding.ExistingBridge()
                        : new Forwarding.ManagedBridge(
                                via(forward),
                                ports.resolve(forward, PORT_OF_HOST),
                                network.getBridges().stream()
                                        .anyMatch(bridge -> !bridge.getMacs().isEmpty()));
            case MACVTAP -> {
                if (forward.getUplinks().isEmpty()) {
                    resolution.error(
                            DiagnosticCode.MISSING_SETTING,
                            resolution.place(forward),
                            "it is not said which links of the host the macvtaps are on",
                            "add `via UPLINK`, or several");
                }
                yield new Forwarding.Macvtap(mode(forward), inOrder(forward));
            }
            case HOSTDEV -> {
                refuseVia(forward, "has the devices of its pool");
                yield new Forwarding.Hostdev(forward.getPool().getName());
            }
        };
    }

    /** Sorted, for their order means nothing. */
    private List<Uplink> via(Forward forward) {
        return inOrder(forward).stream()
                .sorted(Comparator.comparing(Uplink::role))
                .toList();
    }

    private List<Uplink> inOrder(Forward forward) {
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

    private void refuseOutsideNat(Forward forward, EStructuralFeature feature, String setting) {
        if (forward.getMode() != ForwardMode.NAT && forward.eIsSet(feature)) {
            resolution.error(
                    DiagnosticCode.SETTING_NOT_HERE,
                    resolution.place(forward, feature),
                    "`" + setting + "` says how addresses are translated; `forward " + forward.getMode()
                            + "` translates none",
                    "remove it");
        }
    }

    private static boolean isIpv6Routed(Forward forward) {
        return only(forward.getIpv6()).filter(ForwardMode.ROUTE::equals).isPresent();
    }

    /** One range of each family at most, in families that are translated. */
    private List<AddressRange> addresses(Forward forward) {
        List<AddressRange> ranges = new ArrayList<>();
        for (Expression written : forward.getAddresses()) {
            resolution.values().addressRange(written, Optional.empty()).ifPresent(range -> {
                boolean twice = ranges.stream().anyMatch(other -> other.family() == range.family());
                boolean routed = range.family() == IpFamily.IPV6 && isIpv6Routed(forward);
                Optional<String> use = SubnetAddresses.onlySpecialUse(
                        new Cidr(range.first(), range.family().bits()));
                if (twice || routed || use.isPresent()) {
                    resolution.error(
                            DiagnosticCode.NAT_ADDRESSES,
                            resolution.place(written),
                            twice
                                    ? "there are two ranges of " + range.family() + " addresses"
                                    : use.map(text -> "packets cannot leave with " + range.first() + ": " + text)
                                            .orElse("IPv6 is not translated here, by `ipv6 route`"),
                            twice ? "write one range" : "remove it, or write other addresses");
                } else {
                    ranges.add(range);
                }
            });
        }
        ranges.sort(Comparator.comparing(AddressRange::first));
        return ranges;
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
