// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.kinds.rtnetlink;

import io.vnetc.applier.host.HostContext;
import io.vnetc.applier.kinds.Change;
import io.vnetc.applier.kinds.Driver;
import io.vnetc.applier.kinds.DriverException;
import io.vnetc.applier.kinds.Observation;
import io.vnetc.applier.kinds.StateBuilder;
import io.vnetc.applier.kinds.rtnetlink.LinkView.Seen;
import io.vnetc.applier.kinds.rtnetlink.LinkView.Sort;
import io.vnetc.applier.netlink.NetlinkException;
import io.vnetc.applier.netlink.route.BridgeAttributes;
import io.vnetc.applier.netlink.route.Ipv4Setting;
import io.vnetc.applier.netlink.route.Ipv6Setting;
import io.vnetc.applier.netlink.route.LinkChange;
import io.vnetc.applier.netlink.route.LinkInfo;
import io.vnetc.applier.netlink.sysctl.Sysctl;
import io.vnetc.applier.netlink.wire.Attribute;
import io.vnetc.applier.netlink.wire.MessageFormatException;
import io.vnetc.compiler.kind.Bridge;
import io.vnetc.compiler.kind.BridgeSwitching;
import io.vnetc.compiler.state.Kind;
import io.vnetc.dsl.value.VlanProtocol;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/** Linux bridges of ours: those in our group that bear an alias of ours, and what a killed run left of one. */
public final class BridgeDriver implements Driver<Bridge> {
    /** {@code BR_MIN_FORWARD_DELAY} and {@code BR_MAX_FORWARD_DELAY}, in hundredths of a second. */
    private static final int MIN_DELAY = 200;

    private static final int MAX_DELAY = 3000;

    private static final Runs<Bridge> RUNS =
            new Runs<>(BridgeMaking::make, BridgeDriver::changeEach, BridgeDriver::delete);

    @Override
    public Kind<Bridge> kind() {
        return Bridge.KIND;
    }

    @Override
    public void observe(Observation observation, StateBuilder into) throws DriverException {
        boolean forceForwarding = Ipv6Settings.hasForceForwarding();
        LinkView links = LinkView.of(observation);
        PortView ports = PortView.of(observation);
        BridgeFeatures.observe(links, into);
        for (Seen seen : links.all()) {
            if (seen.isOurs() && seen.sort() == Sort.BRIDGE) {
                into.owned(
                        RouteKernel.read("bridge " + seen.link().name(), () -> bridge(seen, ports, forceForwarding)));
            }
        }
    }

    private static Bridge bridge(Seen seen, PortView ports, boolean forceForwarding) {
        LinkInfo link = seen.link();
        Ipv6Setting forwarding = forceForwarding ? Ipv6Setting.FORCE_FORWARDING : Ipv6Setting.FORWARDING;
        return new Bridge(
                seen.name().orElseThrow(),
                seen.owner().orElseThrow(),
                link.mac().orElseThrow(() -> new MessageFormatException("a bridge without an Ethernet address")),
                link.mtu(),
                link.bridge(BridgeAttributes.STP_STATE).orElse(0L) != 0,
                Math.toIntExact(link.bridge(BridgeAttributes.FORWARD_DELAY).orElse(0L)),
                switching(link, ports),
                isOn(link.ipv4(Ipv4Setting.FORWARDING)),
                link.ipv6(Ipv6Setting.DISABLE_IPV6).orElse(1) == 0,
                isOn(link.ipv6(forwarding)),
                link.isUp(),
                seen.isProtected(),
                seen.carries());
    }

    private static BridgeSwitching switching(LinkInfo link, PortView ports) {
        BridgeSwitching defaults = BridgeSwitching.DEFAULT;
        return new BridgeSwitching(
                link.bridge(BridgeAttributes.PRIORITY).map(Math::toIntExact).orElse(defaults.stpPriority()),
                link.bridge(BridgeAttributes.MCAST_SNOOPING).orElse(1L) != 0,
                link.bridge(BridgeAttributes.VLAN_FILTERING).orElse(0L) != 0,
                link.bridge(BridgeAttributes.VLAN_PROTOCOL)
                        .filter(type -> type == VlanProtocol.PROVIDER.etherType())
                        .map(type -> VlanProtocol.PROVIDER)
                        .orElse(defaults.vlanProtocol()),
                new BridgeSwitching.Timers(
                        time(
                                link,
                                BridgeAttributes.HELLO_TIME,
                                defaults.timers().hello()),
                        time(link, BridgeAttributes.MAX_AGE, defaults.timers().maxAge()),
                        time(
                                link,
                                BridgeAttributes.AGEING_TIME,
                                defaults.timers().ageing())),
                ports.hostVlans(link));
    }

    private static int time(LinkInfo link, Attribute<Long> time, int absent) {
        return link.bridge(time).map(Math::toIntExact).orElse(absent);
    }

    private static boolean isOn(OptionalInt setting) {
        return setting.orElse(0) != 0;
    }

    @Override
    public void move(Change<Bridge> change, HostContext host) throws DriverException {
        moveAll(List.of(change), host, made -> {});
    }

    @Override
    public void moveAll(List<Change<Bridge>> changes, HostContext host, Consumer<Change<Bridge>> done)
            throws DriverException {
        RUNS.move(changes, host, done);
    }

    /** What the kernel would not take, or would silently make something else of. */
    static Optional<DriverException> check(Bridge bridge, String what) {
        if (bridge.stp() && (bridge.forwardDelay() < MIN_DELAY || bridge.forwardDelay() > MAX_DELAY)) {
            return Optional.of(new DriverException(
                    what,
                    "with stp on the kernel takes a forward delay of 2 s to 30 s",
                    "Write `forward-delay 2s`, or `stp off`."));
        }
        if (bridge.ipv6() && !BridgeMessages.hasIpv6(bridge)) {
            return Optional.of(
                    Ipv6Settings.isThere()
                            ? new DriverException(
                                    what,
                                    "there is no IPv6 with an MTU of " + bridge.mtu(),
                                    "Give the bridge an MTU of at least " + Ipv6Settings.MIN_MTU + ".")
                            : new DriverException(
                                    what,
                                    "this kernel runs without IPv6",
                                    "Switch it on (boot without ipv6.disable=1), or take the IPv6 subnets out."));
        }
        return Optional.empty();
    }

    private static void changeEach(List<Change<Bridge>> changes, HostContext host, Consumer<Change<Bridge>> done)
            throws DriverException {
        for (Change<Bridge> change : changes) {
            Bridge old = change.before().orElseThrow();
            Bridge now = change.after().orElseThrow();
            String what = "cannot change the bridge " + now.name();
            Optional<DriverException> wrong = check(now, what);
            if (wrong.isPresent()) {
                throw wrong.get();
            }
            try {
                change(old, now, what, host);
            } catch (DriverException e) {
                takeBack(now, old, what, host, e);
                throw e;
            }
            done.accept(change);
        }
    }

    private static void takeBack(Bridge half, Bridge former, String what, HostContext host, DriverException why) {
        try {
            change(half, former, what, host);
        } catch (DriverException e) {
            why.addSuppressed(e);
        }
    }

    private static void change(Bridge old, Bridge now, String what, HostContext host) throws DriverException {
        boolean comesUp = !old.up() && now.up();
        boolean hadNoIpv6 = old.mtu() < Ipv6Settings.MIN_MTU;
        send(BridgeMessages.changes(old, now), what, host);
        send(
                PortMessages.hostVlans(
                        now.name().text(),
                        old.switching().hostVlans(),
                        now.switching().hostVlans()),
                what,
                host);
        if (BridgeMessages.hasIpv6(now)) {
            if (comesUp || hadNoIpv6) {
                // It may be what is left of one that was being made, or the kernel has just made its settings anew.
                send(List.of(BridgeMessages.configuration(now)), what, host);
                Ipv6Settings.ignoreRouters(now.name().text());
            }
            changeIpv6(old, now, hadNoIpv6, host);
        }
        if (old.ipv4Forwarding() != now.ipv4Forwarding()) {
            // By the file and not by netlink: only this has the kernel look up its cached routes anew.
            RouteKernel.write(Sysctl.of(now.name().text(), Ipv4Setting.FORWARDING), now.ipv4Forwarding() ? "1" : "0");
        }
        if (comesUp) {
            send(List.of(LinkChange.change(now.name().text()).up(true)), what, host);
        }
    }

    private static void changeIpv6(Bridge old, Bridge now, boolean anew, HostContext host) throws DriverException {
        String name = now.name().text();
        if (anew || old.ipv6() != now.ipv6()) {
            Ipv6Settings.write(name, Ipv6Setting.DISABLE_IPV6, !now.ipv6());
        }
        if (anew || old.ipv6Forwarding() != now.ipv6Forwarding()) {
            if (now.ipv6Forwarding()) {
                Ipv6Settings.keepingRoutersOfOthers(host, () -> Ipv6Settings.writeForwarding(name, true));
            } else {
                Ipv6Settings.writeForwarding(name, false);
            }
        }
    }

    private static void send(
            List<? extends io.vnetc.applier.netlink.route.Change> messages, String what, HostContext host)
            throws DriverException {
        for (io.vnetc.applier.netlink.route.Change message : messages) {
            try {
                RouteKernel.socket(host).apply(message);
            } catch (NetlinkException e) {
                throw RouteKernel.refused(what, e);
            }
        }
    }

    private static void delete(List<Change<Bridge>> changes, HostContext host, Consumer<Change<Bridge>> done)
            throws DriverException {
        LinkRemoval.run(Sort.BRIDGE, changes, Bridge::name, host, done);
    }
}
