// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.resolve;

import static io.vnetc.compiler.resolve.Resolution.only;

import io.vnetc.compiler.model.PortOption;
import io.vnetc.compiler.model.PortSettings;
import io.vnetc.compiler.model.Virtualport;
import io.vnetc.compiler.model.Vlan;
import io.vnetc.compiler.resolve.Segment.Plug;
import io.vnetc.dsl.diagnostic.DiagnosticCode;
import io.vnetc.dsl.vnet.Expression;
import io.vnetc.dsl.vnet.PortSetting;
import io.vnetc.dsl.vnet.Switch;
import io.vnetc.dsl.vnet.Toggle;
import io.vnetc.dsl.vnet.VnetPackage.Literals;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.eclipse.emf.ecore.EStructuralFeature;

/** How a port is set, as one declaration says it: a network, a portgroup, a NIC. */
final class PortResolver {
    private static final int MOST_COST = 65_535;
    /** BR_PORT_BITS of net/bridge/br_private.h leaves six bits of the port's identifier. */
    private static final int MOST_PRIORITY = 63;

    private static final String UNPLUGGED = "there is no bridge that the guests of `%s` are ports of";

    private static final Map<PortOption, Function<PortSetting, List<Toggle>>> OPTIONS = Map.of(
            PortOption.BPDU_GUARD, PortSetting::getBpduGuard,
            PortOption.ROOT_GUARD, PortSetting::getRootGuard,
            PortOption.FAST_LEAVE, PortSetting::getFastLeave,
            PortOption.NEIGHBOUR_SUPPRESSION, PortSetting::getNeighbourSuppression);

    private final Resolution resolution;
    private final VlanResolver vlans;
    private final VirtualportResolver virtualports;

    PortResolver(Resolution resolution) {
        this.resolution = resolution;
        this.vlans = new VlanResolver(resolution);
        this.virtualports = new VirtualportResolver(resolution);
    }

    /** What is said here and nowhere else; what is wrong is left out, and reported. */
    PortSettings resolve(PortSetting node, Segment segment) {
        check(node, segment);
        return new PortSettings(
                toggle(node.getIsolated()),
                vlan(node, segment),
                virtualport(node, segment),
                toggle(node.getTrustFilters()),
                toggle(node.getHairpin()),
                toggle(node.getLearning()),
                toggle(node.getFlood()),
                number(node.getCosts(), 1, MOST_COST, "the cost of a port"),
                number(node.getPortPriorities(), 0, MOST_PRIORITY, "the priority of a port"),
                options(node));
    }

    /**
     * Setting by setting, what {@code special} says, else what {@code general} says.
     *
     * @param both their virtualports together, where both have one
     */
    static PortSettings merge(PortSettings special, PortSettings general, Optional<Virtualport> both) {
        SortedMap<PortOption, Boolean> options = new TreeMap<>(general.options());
        options.putAll(special.options());
        return new PortSettings(
                special.isolated().or(general::isolated),
                special.vlan().or(general::vlan),
                both.or(special::virtualport).or(general::virtualport),
                special.trustFilters().or(general::trustFilters),
                special.hairpin().or(general::hairpin),
                special.learning().or(general::learning),
                special.flood().or(general::flood),
                special.cost().or(general::cost),
                special.priority().or(general::priority),
                options);
    }

    /**
     * Likewise; virtualports that contradict each other are reported.
     *
     * @param node that says what is special
     * @param whose what is general is, as "the network `office`"
     */
    PortSettings merge(PortSetting node, PortSettings special, PortSettings general, String whose) {
        Optional<Virtualport> both = special.virtualport()
                .flatMap(own -> general.virtualport()
                        .map(other -> virtualports.merge(node.getVirtualports().get(0), own, other, whose)));
        return merge(special, general, both);
    }

    /** Whether a toggle is on; with no word after it, it is. */
    static Optional<Boolean> toggle(List<Toggle> toggles) {
        return only(toggles).map(toggle -> toggle.getState() != Switch.OFF);
    }

    private static SortedMap<PortOption, Boolean> options(PortSetting node) {
        SortedMap<PortOption, Boolean> options = new TreeMap<>();
        OPTIONS.forEach((option, written) -> toggle(written.apply(node)).ifPresent(on -> options.put(option, on)));
        return options;
    }

    private Optional<Integer> number(List<Expression> written, int least, int most, String what) {
        return only(written)
                .flatMap(expression -> resolution.values().integer(expression, least, most, what))
                .map(Math::toIntExact);
    }

    private Optional<Vlan> vlan(PortSetting node, Segment segment) {
        Optional<Vlan> vlan = only(node.getVlans()).flatMap(vlans::resolve);
        if (vlan.isEmpty()) {
            return vlan;
        }
        if (segment.plug() == Plug.MACVTAP && !segment.passthrough()) {
            resolution.error(
                    DiagnosticCode.VLAN_NOT_HERE,
                    resolution.place(node, Literals.PORT_SETTING__VLANS),
                    "a macvtap of `" + segment.network() + "` has no VLAN of its own: it shares the host's link",
                    "use `forward macvtap passthrough`, or a link of the host that is in the VLAN");
            return Optional.empty();
        }
        if (segment.plug() != Plug.BRIDGE
                && (!vlan.get().tagged().isEmpty() || vlan.get().keepsTag())) {
            resolution.error(
                    DiagnosticCode.VLAN_NOT_HERE,
                    resolution.place(node, Literals.PORT_SETTING__VLANS),
                    "what a guest has to itself is put into one VLAN, and passes no trunk on",
                    "write one number");
            return Optional.empty();
        }
        if (segment.hosted() && vlan.get().untagged().isEmpty()) {
            resolution.warning(
                    DiagnosticCode.VLAN_WITHOUT_HOST,
                    resolution.place(node, Literals.PORT_SETTING__VLANS),
                    "the host's address in `" + segment.network() + "` is in no VLAN of this trunk: guests reach each"
                            + " other in them, and neither the gateway nor DHCP nor DNS",
                    "add `native TAG`, whose frames reach the host without a tag");
        }
        return vlan;
    }

    private Optional<Virtualport> virtualport(PortSetting node, Segment segment) {
        Optional<Virtualport> port = only(node.getVirtualports()).flatMap(virtualports::resolve);
        port.filter(one -> !isTold(one, segment)).ifPresent(one -> {
            boolean bridged = isOfBridge(one);
            resolution.error(
                    DiagnosticCode.VIRTUALPORT_NOT_HERE,
                    resolution.place(node, Literals.PORT_SETTING__VIRTUALPORTS),
                    "no switch would be told of it: " + one.type() + " is "
                            + (bridged ? "for ports of a bridge that is there" : "spoken by a macvtap")
                            + ", and the guests of `" + segment.network() + "` are on " + plug(segment),
                    "use `forward " + (bridged ? "bridge` and name the bridge" : "macvtap`")
                            + ", or remove `virtualport`");
        });
        return port;
    }

    /** Whether there is somebody on that network who speaks of virtualports of this type. */
    private static boolean isTold(Virtualport port, Segment segment) {
        boolean bridge = segment.plug() == Plug.BRIDGE;
        return VirtualportResolver.isAny(port) || (isOfBridge(port) ? bridge && segment.foreign() : !bridge);
    }

    private static boolean isOfBridge(Virtualport port) {
        return port.type().equals("openvswitch") || port.type().equals("midonet");
    }

    private static String plug(Segment segment) {
        return switch (segment.plug()) {
            case BRIDGE -> "taps of a bridge" + (segment.foreign() ? "" : " of Linux");
            case MACVTAP -> "macvtaps";
            case DEVICE -> "devices of their own";
        };
    }

    private void check(PortSetting node, Segment segment) {
        if (segment.plug() == Plug.BRIDGE) {
            if (segment.managedTable()) {
                refuseOn(node.getLearning(), node, Literals.PORT_SETTING__LEARNING, segment, "is learned on a port");
                refuseOn(node.getFlood(), node, Literals.PORT_SETTING__FLOOD, segment, "is sent to all ports");
            }
            if (toggle(node.getTrustFilters()).orElse(false)) {
                resolution.warning(
                        DiagnosticCode.TRUST_NOT_HERE,
                        resolution.place(node, Literals.PORT_SETTING__TRUST_FILTERS),
                        "a tap of a bridge passes all frames on, so there are no filters of the guest's to trust",
                        "remove `trust-filters`; it is for macvtap");
            }
            return;
        }
        refuse(node, Literals.PORT_SETTING__ISOLATED, "isolated", segment);
        refuse(node, Literals.PORT_SETTING__HAIRPIN, "hairpin", segment);
        refuse(node, Literals.PORT_SETTING__LEARNING, "learning", segment);
        refuse(node, Literals.PORT_SETTING__FLOOD, "flood", segment);
        refuse(node, Literals.PORT_SETTING__COSTS, "cost", segment);
        refuse(node, Literals.PORT_SETTING__PORT_PRIORITIES, "port-priority", segment);
        refuse(node, Literals.PORT_SETTING__BPDU_GUARD, "bpdu-guard", segment);
        refuse(node, Literals.PORT_SETTING__ROOT_GUARD, "root-guard", segment);
        refuse(node, Literals.PORT_SETTING__FAST_LEAVE, "fast-leave", segment);
        refuse(node, Literals.PORT_SETTING__NEIGHBOUR_SUPPRESSION, "neighbour-suppression", segment);
    }

    private void refuse(PortSetting node, EStructuralFeature feature, String word, Segment segment) {
        if (node.eIsSet(feature)) {
            resolution.error(
                    DiagnosticCode.PORT_NOT_HERE,
                    resolution.place(node, feature),
                    "`" + word + "` is a setting of a bridge's port, and " + UNPLUGGED.formatted(segment.network()),
                    "remove `" + word + "`");
        }
    }

    private void refuseOn(
            List<Toggle> toggles, PortSetting node, EStructuralFeature feature, Segment segment, String what) {
        if (toggle(toggles).orElse(false)) {
            resolution.error(
                    DiagnosticCode.MANAGED_TABLE,
                    resolution.place(node, feature),
                    "the MAC table of `" + segment.network() + "` is managed: every address is known, and none " + what,
                    "remove it, or let the bridge learn: `mac-table learned`");
        }
    }
}
