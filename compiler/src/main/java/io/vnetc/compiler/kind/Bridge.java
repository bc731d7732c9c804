// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.kind;

import io.vnetc.compiler.model.Owner;
import io.vnetc.compiler.state.Attributes;
import io.vnetc.compiler.state.Claim;
import io.vnetc.compiler.state.Effect;
import io.vnetc.compiler.state.Effect.Severity;
import io.vnetc.compiler.state.Kind;
import io.vnetc.compiler.state.Resource;
import io.vnetc.compiler.state.ResourceAddress;
import io.vnetc.dsl.value.InterfaceName;
import io.vnetc.dsl.value.IpFamily;
import io.vnetc.dsl.value.MacAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A Linux bridge of ours. It takes no part in IPv6 autoconfiguration (addr_gen_mode none, accept_ra 0, autoconf 0), so
 * it has no address but those that are resources of their own.
 *
 * @param name in the kernel
 * @param owner written on it as its alias
 * @param mac set when it is made, for an automatic one changes with its ports
 * @param mtu in bytes; set after it was made with another one ({@link #otherMtu}), or it would go on following its ports
 * @param stp whether the spanning tree protocol runs
 * @param forwardDelay in hundredths of a second, even: 20 ms is a whole number of ticks at every HZ of the kernel, so
 *     that it reads back as it was written
 * @param switching the rest of how it forwards
 * @param ipv4Forwarding whether IPv4 packets that come in are forwarded ({@code net.ipv4.conf.NAME.forwarding})
 * @param ipv6 whether it speaks IPv6 at all (not {@code disable_ipv6})
 * @param ipv6Forwarding whether IPv6 packets that come in are forwarded ({@code force_forwarding}, where the kernel has
 *     it), and the host says in its neighbour advertisements that it is a router ({@code forwarding}): a guest that hears
 *     that it is none drops its default route (RFC 4861, 7.2.5)
 * @param up whether it is up
 * @param isProtected whether its owner is not to lose it, which its alias says as well
 * @param carries the uplink whose addresses of the host it has, which its alias says as well
 */
public record Bridge(
        InterfaceName name,
        Owner owner,
        MacAddress mac,
        int mtu,
        boolean stp,
        int forwardDelay,
        BridgeSwitching switching,
        boolean ipv4Forwarding,
        boolean ipv6,
        boolean ipv6Forwarding,
        boolean up,
        boolean isProtected,
        Optional<InterfaceName> carries)
        implements Resource {
    public static final Kind<Bridge> KIND = new BridgeKind();

    /** A bridge that forwards as the kernel does by itself, and is not protected. */
    public Bridge(
            InterfaceName name,
            Owner owner,
            MacAddress mac,
            int mtu,
            boolean stp,
            int forwardDelay,
            boolean ipv4Forwarding,
            boolean ipv6,
            boolean ipv6Forwarding,
            boolean up) {
        this(name, owner, mac, mtu, stp, forwardDelay, ipv4Forwarding, ipv6, ipv6Forwarding, up, false);
    }

    /** A bridge that forwards as the kernel does by itself, with no addresses of an uplink. */
    public Bridge(
            InterfaceName name,
            Owner owner,
            MacAddress mac,
            int mtu,
            boolean stp,
            int forwardDelay,
            boolean ipv4Forwarding,
            boolean ipv6,
            boolean ipv6Forwarding,
            boolean up,
            boolean isProtected) {
        this(
                name,
                owner,
                mac,
                mtu,
                stp,
                forwardDelay,
                BridgeSwitching.DEFAULT,
                ipv4Forwarding,
                ipv6,
                ipv6Forwarding,
                up,
                isProtected,
                Optional.empty());
    }

    /** Where the bridge {@code name} stands in a state. */
    public static ResourceAddress address(InterfaceName name) {
        return new ResourceAddress(KIND.name(), name.text());
    }

    /**
     * An MTU to make a bridge with that is to have {@code mtu}: the kernel takes it for chosen, and leaves it alone, only
     * when it is changed on a bridge that is there (br_change_mtu() in net/bridge/br_device.c).
     */
    public static int otherMtu(int mtu) {
        return mtu < 65535 ? mtu + 1 : mtu - 1;
    }

    /** What is written on it, so that it is known for ours. */
    public String alias() {
        return Marks.alias(owner, isProtected, carries);
    }

    @Override
    public ResourceAddress address() {
        return address(name);
    }

    @Override
    public Attributes attributes() {
        Attributes.Builder attributes = Attributes.builder()
                .text("owner", owner)
                .flagIfOn("protected", isProtected)
                .text("carries", carries)
                .text("mac", mac)
                .whole("mtu", mtu)
                .flag("stp", stp)
                .whole("forward-delay", forwardDelay);
        switching.describe(attributes);
        return attributes
                .flag("ipv4-forwarding", ipv4Forwarding)
                .flag("ipv6", ipv6)
                .flag("ipv6-forwarding", ipv6Forwarding)
                .flag("up", up)
                .build();
    }

    @Override
    public Set<Claim> claims() {
        return switching.vlanFiltering()
                ? Set.of(Claim.interfaceName(name.text()), Claim.vlanFiltering(name.text()))
                : Set.of(Claim.interfaceName(name.text()));
    }

    private static final class BridgeKind implements Kind<Bridge> {
        @Override
        public String name() {
            return "bridge";
        }

        @Override
        public Class<Bridge> type() {
            return Bridge.class;
        }

        @Override
        public Bridge read(String name, Attributes attributes) {
            return new Bridge(
                    Read.value(name, InterfaceName::new),
                    Read.value(attributes.text("owner"), Owner::new),
                    Read.value(attributes.text("mac"), MacAddress::parse),
                    Read.between("mtu", attributes.whole("mtu"), 0, 65535),
                    attributes.flag("stp"),
                    Read.between("forward-delay", attributes.whole("forward-delay"), 0, Integer.MAX_VALUE),
                    BridgeSwitching.read(attributes),
                    attributes.flag("ipv4-forwarding"),
                    attributes.flag("ipv6"),
                    attributes.flag("ipv6-forwarding"),
                    attributes.flag("up"),
                    attributes.optionalFlag("protected").orElse(false),
                    attributes.optionalText("carries").map(link -> Read.value(link, InterfaceName::new)));
        }

        @Override
        public Effect effect(Optional<Bridge> before, Optional<Bridge> after) {
            if (before.isEmpty()) {
                return Effect.NONE;
            }
            Bridge old = before.get();
            if (after.isEmpty()) {
                return effect(old, Severity.OUTAGE, "the bridge is taken away");
            }
            Bridge now = after.get();
            if (old.up && !now.up) {
                return effect(old, Severity.OUTAGE, "the bridge goes down");
            }
            if (old.ipv6 && !now.ipv6) {
                return effect(old, Severity.OUTAGE, "the host stops speaking IPv6 on the bridge");
            }
            if ((old.ipv4Forwarding && !now.ipv4Forwarding) || (old.ipv6Forwarding && !now.ipv6Forwarding)) {
                return effect(old, Severity.OUTAGE, "packets are no longer forwarded out of the network");
            }
            if (!old.stp && now.stp) {
                return effect(old, Severity.BRIEF, "the spanning tree holds ports back until it has settled");
            }
            if (old.switching.vlanProtocol() != now.switching.vlanProtocol() && now.switching.vlanFiltering()) {
                return effect(
                        old, Severity.OUTAGE, "tags are of another protocol, and those of the former one are not read");
            }
            if (now.stp && old.switching.stpPriority() != now.switching.stpPriority()) {
                return effect(old, Severity.BRIEF, "the spanning tree may choose another root, and settle anew");
            }
            if (!old.mac.equals(now.mac)) {
                return effect(old, Severity.BRIEF, "the gateway's MAC address changes, guests have to learn it again");
            }
            if (now.mtu < old.mtu) {
                return effect(
                        old, Severity.BRIEF, "packets over " + now.mtu + " bytes are dropped until guests know it");
            }
            return Effect.NONE;
        }

        private static Effect effect(Bridge bridge, Severity severity, String why) {
            return new Effect(severity, Set.of(bridge.name), why);
        }

        @Override
        public boolean drags(Bridge before, Optional<Bridge> after, Resource other) {
            boolean down = before.up && after.filter(Bridge::up).isEmpty();
            boolean silent = before.ipv6 && after.filter(Bridge::ipv6).isEmpty();
            if (other instanceof BridgeAddress address && address.link().equals(before.name)) {
                return after.isEmpty() || ((down || silent) && address.inet().family() == IpFamily.IPV6);
            }
            if (other instanceof Route route && route.link().equals(before.name)) {
                return down || (silent && route.destination().family() == IpFamily.IPV6);
            }
            return after.isEmpty() && other.master().equals(Optional.of(before.name));
        }

        @Override
        public List<String> commands(Optional<Bridge> before, Optional<Bridge> after) {
            if (after.isEmpty()) {
                return before.map(bridge -> List.of("ip link del dev " + bridge.name))
                        .orElse(List.of());
            }
            Bridge now = after.get();
            List<String> lines = new ArrayList<>();
            if (before.isEmpty()) {
                lines.add(
                        "ip link add name " + now.name + " address " + now.mac + " mtu " + otherMtu(now.mtu) + " group "
                                + Marks.LINK_GROUP + " type bridge stp_state " + bit(now.stp) + " forward_delay "
                                + now.forwardDelay + now.switching.options(BridgeSwitching.DEFAULT));
                lines.add("ip link set dev " + now.name + " alias " + now.alias() + " addrgenmode none mtu " + now.mtu);
                lines.add(sysctl(now, "ipv6", "accept_ra", false));
                lines.add(sysctl(now, "ipv6", "autoconf", false));
                lines.add(sysctl(now, "ipv6", "disable_ipv6", !now.ipv6));
                lines.add(sysctl(now, "ipv4", "forwarding", now.ipv4Forwarding));
                if (now.ipv6Forwarding) {
                    lines.add(sysctl(now, "ipv6", "forwarding", true));
                    lines.add(sysctl(now, "ipv6", "force_forwarding", true));
                }
                lines.addAll(now.switching.vlanCommands(BridgeSwitching.DEFAULT, now.name.text()));
                if (now.up) {
                    lines.add("ip link set dev " + now.name + " up");
                }
                return lines;
            }
            change(before.get(), now, lines);
            return lines;
        }

        private static void change(Bridge old, Bridge now, List<String> lines) {
            StringBuilder link = new StringBuilder();
            append(link, " alias ", old.alias(), now.alias());
            append(link, " address ", old.mac, now.mac);
            append(link, " mtu ", old.mtu, now.mtu);
            append(link, "", old.up ? " up" : " down", now.up ? " up" : " down");
            if (!link.isEmpty()) {
                lines.add("ip link set dev " + now.name + link);
            }
            StringBuilder bridge = new StringBuilder();
            append(bridge, " stp_state ", bit(old.stp), bit(now.stp));
            append(bridge, " forward_delay ", old.forwardDelay, now.forwardDelay);
            bridge.append(now.switching.options(old.switching));
            if (!bridge.isEmpty()) {
                lines.add("ip link set dev " + now.name + " type bridge" + bridge);
            }
            lines.addAll(now.switching.vlanCommands(old.switching, now.name.text()));
            if (old.ipv6 != now.ipv6) {
                lines.add(sysctl(now, "ipv6", "disable_ipv6", !now.ipv6));
            }
            if (old.ipv4Forwarding != now.ipv4Forwarding) {
                lines.add(sysctl(now, "ipv4", "forwarding", now.ipv4Forwarding));
            }
            if (old.ipv6Forwarding != now.ipv6Forwarding) {
                lines.add(sysctl(now, "ipv6", "forwarding", now.ipv6Forwarding));
                lines.add(sysctl(now, "ipv6", "force_forwarding", now.ipv6Forwarding));
            }
        }

        private static void append(StringBuilder text, String word, Object old, Object now) {
            if (!old.equals(now)) {
                text.append(word).append(now);
            }
        }

        private static String sysctl(Bridge bridge, String family, String key, boolean on) {
            return "sysctl -w net/" + family + "/conf/" + bridge.name + "/" + key + "=" + bit(on);
        }

        private static int bit(boolean on) {
            return on ? 1 : 0;
        }

        @Override
        public int rank(Bridge resource) {
            return 40;
        }
    }
}
