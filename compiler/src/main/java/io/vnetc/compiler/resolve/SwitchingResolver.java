// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.resolve;

import static io.vnetc.compiler.resolve.Resolution.only;

import io.vnetc.compiler.model.BridgeTimers;
import io.vnetc.compiler.model.Switching;
import io.vnetc.dsl.diagnostic.DiagnosticCode;
import io.vnetc.dsl.value.Durations;
import io.vnetc.dsl.value.LiteralException;
import io.vnetc.dsl.value.VlanProtocol;
import io.vnetc.dsl.vnet.Bridge;
import io.vnetc.dsl.vnet.Expression;
import io.vnetc.dsl.vnet.MacTable;
import io.vnetc.dsl.vnet.VnetPackage;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** How a bridge of ours forwards. */
final class SwitchingResolver {
    private static final int MOST_STP_PRIORITY = 65_535;

    /** BR_MIN_HELLO_TIME to BR_MAX_MAX_AGE of net/bridge/br_private_stp.h, which hold with STP and without. */
    private static final Duration LEAST_HELLO = Duration.ofSeconds(1);

    private static final Duration MOST_HELLO = Duration.ofSeconds(10);
    private static final Duration LEAST_AGE = Duration.ofSeconds(6);
    private static final Duration MOST_AGE = Duration.ofSeconds(40);
    /** That of IEEE 802.1Q, 8.8.3. */
    private static final Duration MOST_AGEING = Duration.ofSeconds(1_000_000);

    private final Resolution resolution;

    SwitchingResolver(Resolution resolution) {
        this.resolution = resolution;
    }

    Switching resolve(Optional<Bridge> block) {
        return new Switching(
                block.flatMap(bridge -> only(bridge.getStpPriorities()))
                        .flatMap(written ->
                                resolution.values().integer(written, 0, MOST_STP_PRIORITY, "the priority of a bridge"))
                        .map(Math::toIntExact)
                        .orElse(Switching.DEFAULT.stpPriority()),
                block.flatMap(bridge -> only(bridge.getMacTables()))
                        .filter(MacTable.MANAGED::equals)
                        .isPresent(),
                block.flatMap(bridge -> PortResolver.toggle(bridge.getMulticastSnooping()))
                        .orElse(Switching.DEFAULT.multicastSnooping()),
                block.flatMap(this::vlanProtocol).orElse(Switching.DEFAULT.vlanProtocol()),
                timers(block));
    }

    private BridgeTimers timers(Optional<Bridge> block) {
        BridgeTimers defaults = BridgeTimers.DEFAULT;
        return new BridgeTimers(
                time(block, Bridge::getHelloTimes, "a hello time", LEAST_HELLO, MOST_HELLO)
                        .orElse(defaults.hello()),
                time(block, Bridge::getMaxAges, "a maximum age", LEAST_AGE, MOST_AGE)
                        .orElse(defaults.maxAge()),
                time(block, Bridge::getAgeingTimes, "an ageing time", Duration.ZERO, MOST_AGEING)
                        .orElse(defaults.ageing()));
    }

    private Optional<Duration> time(
            Optional<Bridge> block,
            Function<Bridge, List<Expression>> written,
            String what,
            Duration least,
            Duration most) {
        return block.flatMap(bridge -> only(written.apply(bridge)))
                .flatMap(expression -> time(expression, what, "", least, most));
    }

    /**
     * A time as the kernel keeps it for a bridge.
     *
     * @param when it is refused beyond least and most, with a space before it; empty if always
     */
    Optional<Duration> time(Expression expression, String what, String when, Duration least, Duration most) {
        Optional<Duration> time = resolution.values().duration(expression);
        time.ifPresent(value -> {
            if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
                resolution.error(
                        DiagnosticCode.FORWARD_DELAY,
                        resolution.place(expression),
                        what + " of " + Durations.print(value) + " is refused by the kernel" + when,
                        "choose one from " + Durations.print(least) + " to " + Durations.print(most));
            } else if (value.toMillis() % 10 != 0) {
                resolution.error(
                        DiagnosticCode.FORWARD_DELAY,
                        resolution.place(expression),
                        what + " of " + Durations.print(value)
                                + " cannot be kept: the kernel counts hundredths of a second",
                        "write a multiple of 10ms");
            }
        });
        return time;
    }

    private Optional<VlanProtocol> vlanProtocol(Bridge block) {
        return only(block.getVlanProtocols()).flatMap(text -> {
            try {
                return Optional.of(VlanProtocol.parse(text));
            } catch (LiteralException e) {
                resolution.error(
                        DiagnosticCode.VLAN_TAG,
                        resolution.place(block, VnetPackage.Literals.BRIDGE__VLAN_PROTOCOLS),
                        e.getMessage(),
                        e.hint().orElse("write 802.1Q or 802.1ad"));
                return Optional.empty();
            }
        });
    }
}
