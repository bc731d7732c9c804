// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.resolve;

import static io.vnetc.compiler.resolve.Resolution.only;

import io.vnetc.compiler.model.Bridge;
import io.vnetc.compiler.model.Owner;
import io.vnetc.dsl.diagnostic.DiagnosticCode;
import io.vnetc.dsl.diagnostic.SourceRange;
import io.vnetc.dsl.value.Durations;
import io.vnetc.dsl.value.InterfaceName;
import io.vnetc.dsl.value.MacAddress;
import io.vnetc.dsl.vnet.Expression;
import io.vnetc.dsl.vnet.Network;
import io.vnetc.dsl.vnet.Switch;
import io.vnetc.dsl.vnet.VnetPackage;
import java.time.Duration;
import java.util.Optional;
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

    private final Resolution resolution;

    BridgeResolver(Resolution resolution) {
        this.resolution = resolution;
    }

    /** A bridge that vnetc makes. */
    Optional<Bridge> own(Network network) {
        Optional<io.vnetc.dsl.vnet.Bridge> block = only(network.getBridges());
        Optional<InterfaceName> name =
                block.filter(bridge -> bridge.getName() != null).isPresent()
                        ? block.flatMap(bridge ->
                                resolution.values().interfaceName(bridge, VnetPackage.Literals.BRIDGE__NAME, 0))
                        : Optional.of(Allocation.bridge(network.getName()));
        boolean stp = block.flatMap(bridge -> only(bridge.getStp())).orElse(Switch.OFF) == Switch.ON;
        Duration delay = block.flatMap(bridge -> only(bridge.getForwardDelays()))
                .flatMap(expression -> delay(expression, stp))
                .orElse(stp ? LEAST_DELAY : Duration.ZERO);
        int mtu = block.flatMap(bridge -> only(bridge.getMtus()))
                .flatMap(this::mtu)
                .orElse(DEFAULT_MTU);
        MacAddress mac = block.flatMap(bridge -> only(bridge.getMacs()))
                .flatMap(resolution.values()::mac)
                .orElseGet(() -> Allocation.mac(Owner.network(network.getName())));
        return name.map(known -> new Bridge(known, stp, delay, mtu, mac));
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

    private Optional<Duration> delay(Expression expression, boolean stp) {
        Optional<Duration> delay = resolution.values().duration(expression);
        delay.ifPresent(value -> {
            Duration least = stp ? LEAST_DELAY : Duration.ZERO;
            if (value.compareTo(least) < 0 || value.compareTo(MOST_DELAY) > 0) {
                resolution.error(
                        DiagnosticCode.FORWARD_DELAY,
                        resolution.place(expression),
                        "a forward delay of " + Durations.print(value) + " is refused by the kernel with `stp "
                                + (stp ? "on" : "off") + "`",
                        "choose one from " + Durations.print(least) + " to " + Durations.print(MOST_DELAY));
            } else if (value.toMillis() % 10 != 0) {
                resolution.error(
                        DiagnosticCode.FORWARD_DELAY,
                        resolution.place(expression),
                        "a forward delay of " + Durations.print(value)
                                + " cannot be kept: the kernel counts hundredths of a second",
                        "write a multiple of 10ms");
            }
        });
        return delay;
    }
}
