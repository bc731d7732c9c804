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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A persistent tap of ours: the host's end of a guest's network card. It has no addresses (addr_gen_mode none).
 *
 * @param name in the kernel
 * @param owner written on it as its alias
 * @param user number of the user that may open it; absent: root only
 * @param group number of the group that may open it
 * @param multiQueue whether it can be opened more than once (IFF_MULTI_QUEUE); the kernel keeps no number of queues
 * @param mtu in bytes
 * @param bridge that it is a port of, ours or not
 * @param port how it is set as a port of its bridge; where it has none, as by default
 * @param up whether it is up
 * @param isProtected whether its owner is not to lose it, which its alias says as well
 */
public record Tap(
        InterfaceName name,
        Owner owner,
        Optional<Long> user,
        Optional<Long> group,
        boolean multiQueue,
        int mtu,
        Optional<InterfaceName> bridge,
        BridgePort port,
        boolean up,
        boolean isProtected)
        implements Resource {
    public static final Kind<Tap> KIND = new TapKind();

    /** A tap with nothing said of its port, that is not protected. */
    public Tap(
            InterfaceName name,
            Owner owner,
            Optional<Long> user,
            Optional<Long> group,
            boolean multiQueue,
            int mtu,
            Optional<InterfaceName> bridge,
            boolean up) {
        this(name, owner, user, group, multiQueue, mtu, bridge, up, false);
    }

    /** A tap with nothing said of its port. */
    public Tap(
            InterfaceName name,
            Owner owner,
            Optional<Long> user,
            Optional<Long> group,
            boolean multiQueue,
            int mtu,
            Optional<InterfaceName> bridge,
            boolean up,
            boolean isProtected) {
        this(name, owner, user, group, multiQueue, mtu, bridge, BridgePort.DEFAULT, up, isProtected);
    }

    /** The same, but for who may open it and how often, which whoever has made it said. */
    public Tap openedAs(Tap made) {
        return new Tap(name, owner, made.user, made.group, made.multiQueue, mtu, bridge, port, up, isProtected);
    }

    @Override
    public ResourceAddress address() {
        return new ResourceAddress(KIND.name(), name.text());
    }

    @Override
    public Attributes attributes() {
        Attributes.Builder attributes = Attributes.builder()
                .text("owner", owner)
                .flagIfOn("protected", isProtected)
                .whole("user", user)
                .whole("group", group)
                .flag("multi-queue", multiQueue)
                .whole("mtu", mtu)
                .text("bridge", bridge);
        port.describe(attributes);
        return attributes.flag("up", up).build();
    }

    @Override
    public Set<Claim> needs() {
        return bridge.map(link -> port.hasVlans()
                        ? Set.of(Claim.interfaceName(link.text()), Claim.vlanFiltering(link.text()))
                        : Set.of(Claim.interfaceName(link.text())))
                .orElse(Set.of());
    }

    @Override
    public Set<Claim> claims() {
        return Set.of(Claim.interfaceName(name.text()));
    }

    @Override
    public Optional<InterfaceName> master() {
        return bridge;
    }

    private static final class TapKind implements Kind<Tap> {
        @Override
        public String name() {
            return "tap";
        }

        @Override
        public Class<Tap> type() {
            return Tap.class;
        }

        @Override
        public Tap read(String name, Attributes attributes) {
            return new Tap(
                    Read.value(name, InterfaceName::new),
                    Read.value(attributes.text("owner"), Owner::new),
                    attributes.optionalWhole("user"),
                    attributes.optionalWhole("group"),
                    attributes.flag("multi-queue"),
                    Read.between("mtu", attributes.whole("mtu"), 0, 65535),
                    attributes.optionalText("bridge").map(link -> Read.value(link, InterfaceName::new)),
                    BridgePort.read(attributes),
                    attributes.flag("up"),
                    attributes.optionalFlag("protected").orElse(false));
        }

        /** A tap that is held cannot be opened once more to change who may open it, nor how often (tun(4), EBUSY). */
        @Override
        public boolean changesInPlace(Tap before, Tap after) {
            return before.user.equals(after.user)
                    && before.group.equals(after.group)
                    && before.multiQueue == after.multiQueue;
        }

        @Override
        public Optional<Tap> without(Tap tap, ResourceAddress gone) {
            return Optional.of(new Tap(
                    tap.name,
                    tap.owner,
                    tap.user,
                    tap.group,
                    tap.multiQueue,
                    tap.mtu,
                    Optional.empty(),
                    tap.up,
                    tap.isProtected));
        }

        @Override
        public Effect effect(Optional<Tap> before, Optional<Tap> after) {
            if (before.isEmpty()) {
                return Effect.NONE;
            }
            Tap old = before.get();
            if (after.isEmpty()) {
                return effect(old, Severity.OUTAGE, "its tap is taken away");
            }
            Tap now = after.get();
            if (!changesInPlace(old, now)) {
                return effect(old, Severity.OUTAGE, "its tap is made again; the guest has to be started anew");
            }
            if (old.bridge.isPresent() && now.bridge.isEmpty()) {
                return effect(old, Severity.OUTAGE, "its tap is taken out of the bridge");
            }
            if (old.bridge.isPresent() && !old.bridge.equals(now.bridge)) {
                return effect(old, Severity.OUTAGE, "it is moved to another bridge, where its address is not valid");
            }
            if (old.up && !now.up) {
                return effect(old, Severity.OUTAGE, "its tap goes down");
            }
            Optional<String> left = BridgePort.left(old.port, now.port);
            if (left.isPresent()) {
                return effect(old, Severity.OUTAGE, "it leaves VLAN " + left.get());
            }
            if (now.mtu < old.mtu) {
                return effect(
                        old, Severity.BRIEF, "packets over " + now.mtu + " bytes are dropped until it is started anew");
            }
            return Effect.NONE;
        }

        private static Effect effect(Tap tap, Severity severity, String why) {
            return new Effect(severity, Set.of(tap.name), why);
        }

        @Override
        public List<String> commands(Optional<Tap> before, Optional<Tap> after) {
            if (after.isEmpty()) {
                return before.map(tap -> List.of("ip link del dev " + tap.name)).orElse(List.of());
            }
            Tap now = after.get();
            List<String> lines = new ArrayList<>();
            if (before.isEmpty()) {
                List<String> port = BridgePort.commands(now.name, BridgePort.DEFAULT, now.port);
                boolean plain = port.isEmpty();
                lines.add("ip tuntap add dev " + now.name + " mode tap"
                        + now.user.map(id -> " user " + id).orElse("")
                        + now.group.map(id -> " group " + id).orElse("")
                        + (now.multiQueue ? " multi_queue" : ""));
                lines.add("ip link set dev " + now.name + " group " + Marks.LINK_GROUP + " alias "
                        + Marks.alias(now.owner, now.isProtected) + " addrgenmode none mtu " + now.mtu
                        + now.bridge.map(link -> " master " + link).orElse("") + (now.up && plain ? " up" : ""));
                if (!plain) {
                    lines.addAll(port);
                    if (now.up) {
                        lines.add("ip link set dev " + now.name + " up");
                    }
                }
                return lines;
            }
            Tap old = before.get();
            StringBuilder changes = new StringBuilder();
            String alias = Marks.alias(now.owner, now.isProtected);
            append(changes, Marks.alias(old.owner, old.isProtected), alias, " alias " + alias);
            append(changes, old.mtu, now.mtu, " mtu " + now.mtu);
            append(
                    changes,
                    old.bridge,
                    now.bridge,
                    now.bridge.map(link -> " master " + link).orElse(" nomaster"));
            append(changes, old.up, now.up, now.up ? " up" : " down");
            if (!changes.isEmpty()) {
                lines.add("ip link set dev " + now.name + changes);
            }
            lines.addAll(BridgePort.commands(
                    now.name, old.bridge.equals(now.bridge) ? old.port : BridgePort.DEFAULT, now.port));
            return lines;
        }

        private static void append(StringBuilder text, Object old, Object now, String words) {
            if (!old.equals(now)) {
                text.append(words);
            }
        }

        @Override
        public int rank(Tap resource) {
            return 80;
        }
    }
}
