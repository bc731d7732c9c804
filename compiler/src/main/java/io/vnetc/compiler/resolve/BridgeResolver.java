// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.resolve;

import static io.vnetc.compiler.resolve.Resolution.only;

import io.vnetc.compiler.model.Bridge;
import io.vnetc.compiler.model.Owner;
import io.vnetc.dsl.diagnostic.DiagnosticCode;
import io.vnetc.dsl.diagnostic.SourceRange;
import io.vnetc.dsl.value.InterfaceName;
import io.vnetc.dsl.value.MacAddress;
import io.vnetc.dsl.vnet.Expression;
import io.vnetc.dsl.vnet.Network;
import io.vnetc.dsl.vnet.Switch;
import io.vnetc.dsl.vnet.VnetPackage;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.emf.ecore.EObject;
import org.eclipse.emf.ecore.EStructuralFeature;

/** The bridge of a network: one of ours, or one that is there. */
final class BridgeResolver {
    private static final int DEFAULT_MTU = 1500;
    /** ETH_MIN_MTU and ETH_MAX_MTU of include/uapi/linux/if_ether.h, which br_dev_setup() sets. */
    private static final int LEAST_MTU = 68;

    private static final int MOST_MTU = 65_535;
    /** BR_MIN_FORWARD_DELAY and BR_MAX_FORWARD_DELAY of net/bridge/br_private_stp.h; without STP the least is not held. */
    private static final Duration LEAST_DELAY = Duration.ofSeconds(2);

    private static final Duration MOST_DELAY = Duration.ofSeconds(30);

    /** What firewalld takes for a name: `check_name` of its io_object.py, of at most 17 characters. */
    private static final Pattern ZONE = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_/-]{0,16}");

    private static final List<EStructuralFeature> OWN_NETWORK = List.of(
            VnetPackage.Literals.NETWORK__DOMAINS,
            VnetPackage.Literals.NETWORK__SUBNETS,
            VnetPackage.Literals.NETWORK__ROUTES,
            VnetPackage.Literals.NETWORK__DNS,
            VnetPackage.Literals.NETWORK__DNSMASQ,
            VnetPackage.Literals.NETWORK__PUBLICATIONS);

    private static final List<EStructuralFeature> OF_BRIDGE = List.of(
            VnetPackage.Literals.NETWORK__BRIDGES,
            VnetPackage.Literals.NETWORK__BETWEEN,
            VnetPackage.Literals.NETWORK__GUEST_IPV6);

    private final Resolution resolution;
    private final SwitchingResolver switching;

    BridgeResolver(Resolution resolution) {
        this.resolution = resolution;
        this.switching = new SwitchingResolver(resolution);
    }

    /**
     * A bridge that vnetc makes.
     *
     * @param identity that its name and MAC derive from
     */
    Optional<Bridge> own(Network network, String identity) {
        Optional<io.vnetc.dsl.vnet.Bridge> block = only(network.getBridges());
        Optional<InterfaceName> name =
                block.filter(bridge -> bridge.getName() != null).isPresent()
                        ? block.flatMap(bridge ->
                                resolution.values().interfaceName(bridge, VnetPackage.Literals.BRIDGE__NAME, 0))
                        : Optional.of(Allocation.bridge(identity));
        boolean stp = block.flatMap(bridge -> only(bridge.getStp())).orElse(Switch.OFF) == Switch.ON;
        Duration delay = block.flatMap(bridge -> only(bridge.getForwardDelays()))
                .flatMap(expression -> switching.time(
                        expression,
                        "a forward delay",
                        " with `stp " + (stp ? "on" : "off") + "`",
                        stp ? LEAST_DELAY : Duration.ZERO,
                        MOST_DELAY))
                .orElse(stp ? LEAST_DELAY : Duration.ZERO);
        int mtu = block.flatMap(bridge -> only(bridge.getMtus()))
                .flatMap(this::mtu)
                .orElse(DEFAULT_MTU);
        MacAddress mac = block.flatMap(bridge -> only(bridge.getMacs()))
                .flatMap(resolution.values()::mac)
                .orElseGet(() -> Allocation.mac(Owner.network(identity)));
        return name.map(
                known -> new Bridge(known, stp, delay, mtu, mac, switching.resolve(block), block.flatMap(this::zone)));
    }

    private Optional<String> zone(io.vnetc.dsl.vnet.Bridge block) {
        return only(block.getZones()).filter(zone -> {
            boolean matches = ZONE.matcher(zone).matches();
            if (!matches) {
                resolution.error(
                        DiagnosticCode.ZONE,
                        resolution.place(block, VnetPackage.Literals.BRIDGE__ZONES),
                        "firewalld has no zone `" + zone
                                + "`: its names have up to 17 letters, digits, `_`, `-` and `/`",
                        "firewall-cmd --get-zones lists those that there are");
            }
            return matches;
        });
    }

    /** Refuses what would be the host's own in a network that is elsewhere: addresses, names, services. */
    void refuseOwnNetwork(Network network, String because) {
        for (EStructuralFeature feature : OWN_NETWORK) {
            if (network.eIsSet(feature)) {
                resolution.error(
                        DiagnosticCode.SETTING_NOT_HERE,
                        resolution.place(network, feature),
                        "this cannot be set here: " + because,
                        "remove it, or choose another way of forwarding");
            }
        }
    }

    /** The stand-in for the bridge of a network that has none. */
    Optional<Bridge> none(Network network, String identity) {
        refuseOwnNetwork(network, "guests are on the network that their links or devices lead to");
        for (EStructuralFeature feature : OF_BRIDGE) {
            if (network.eIsSet(feature)) {
                resolution.error(
                        DiagnosticCode.SETTING_NOT_HERE,
                        resolution.place(network, feature),
                        "there is no bridge of this network, and nothing that this could be set for",
                        "remove it, or use `forward bridge via` to get a bridge with the uplink in it");
            }
        }
        return Optional.of(new Bridge(
                Allocation.bridge(identity),
                false,
                Duration.ZERO,
                DEFAULT_MTU,
                Allocation.mac(Owner.network(identity))));
    }

    /** A bridge of somebody else's: it has a name, and everything that would change it is refused. */
    Optional<Bridge> existing(Network network) {
        refuse(network, VnetPackage.Literals.NETWORK__DOMAINS, "domain");
        refuse(network, VnetPackage.Literals.NETWORK__SUBNETS, "subnet");
        refuse(network, VnetPackage.Literals.NETWORK__ROUTES, "route");
        refuse(network, VnetPackage.Literals.NETWORK__DNS, "dns");
        Optional<io.vnetc.dsl.vnet.Bridge> block = only(network.getBridges());
        block.ifPresent(bridge -> {
            refuse(bridge, VnetPackage.Literals.BRIDGE__STP, "stp");
            refuse(bridge, VnetPackage.Literals.BRIDGE__FORWARD_DELAYS, "forward-delay");
            refuse(bridge, VnetPackage.Literals.BRIDGE__MTUS, "mtu");
            refuse(bridge, VnetPackage.Literals.BRIDGE__MACS, "mac");
            refuse(bridge, VnetPackage.Literals.BRIDGE__HELLO_TIMES, "hello-time");
            refuse(bridge, VnetPackage.Literals.BRIDGE__MAX_AGES, "max-age");
            refuse(bridge, VnetPackage.Literals.BRIDGE__AGEING_TIMES, "ageing-time");
            refuse(bridge, VnetPackage.Literals.BRIDGE__VLAN_PROTOCOLS, "vlan-protocol");
            refuse(bridge, VnetPackage.Literals.BRIDGE__STP_PRIORITIES, "stp-priority");
            refuse(bridge, VnetPackage.Literals.BRIDGE__MAC_TABLES, "mac-table");
            refuse(bridge, VnetPackage.Literals.BRIDGE__MULTICAST_SNOOPING, "multicast-snooping");
            refuse(bridge, VnetPackage.Literals.BRIDGE__ZONES, "zone");
        });
        Optional<io.vnetc.dsl.vnet.Bridge> named = block.filter(bridge -> bridge.getName() != null);
        if (named.isEmpty()) {
            resolution.error(
                    DiagnosticCode.MISSING_SETTING,
                    only(network.getForwards()).map(resolution::place).orElseGet(() -> resolution.name(network)),
                    "`forward bridge` plugs guests into a bridge that is there, and no name is given",
                    "add `bridge NAME` to the network `" + network.getName() + "`");
        }
        return named.flatMap(bridge -> resolution.values().interfaceName(bridge, VnetPackage.Literals.BRIDGE__NAME, 0))
                .map(name -> new Bridge(
                        name, false, Duration.ZERO, DEFAULT_MTU, Allocation.mac(Owner.network(network.getName()))));
    }

    SourceRange placeOfName(Network network) {
        return only(network.getBridges())
                .filter(bridge -> bridge.getName() != null)
                .map(bridge -> resolution.place(bridge, VnetPackage.Literals.BRIDGE__NAME))
                .orElseGet(() -> resolution.name(network));
    }

    SourceRange placeOfMac(Network network) {
        return only(network.getBridges())
                .filter(bridge -> !bridge.getMacs().isEmpty())
                .map(bridge -> resolution.place(bridge, VnetPackage.Literals.BRIDGE__MACS))
                .orElseGet(() -> resolution.name(network));
    }

    SourceRange placeOfMtu(Network network) {
        return only(network.getBridges())
                .filter(bridge -> !bridge.getMtus().isEmpty())
                .map(bridge -> resolution.place(bridge, VnetPackage.Literals.BRIDGE__MTUS))
                .orElseGet(() -> resolution.name(network));
    }

    private void refuse(EObject node, EStructuralFeature feature, String setting) {
        if (node.eIsSet(feature)) {
            resolution.error(
                    DiagnosticCode.SETTING_NOT_HERE,
                    resolution.place(node, feature),
                    "`" + setting + "` cannot be set here: with `forward bridge` the bridge is somebody else's, and"
                            + " nothing but guests is plugged into it",
                    "remove `" + setting + "`, or remove `forward bridge` to get a bridge that vnetc makes");
        }
    }

    private Optional<Integer> mtu(Expression expression) {
        return resolution
                .values()
                .integer(expression, LEAST_MTU, MOST_MTU, "an MTU")
                .map(Math::toIntExact);
    }
}
