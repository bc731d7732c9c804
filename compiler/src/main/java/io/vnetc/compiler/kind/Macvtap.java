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
import io.vnetc.dsl.value.MacAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A macvtap of ours: a guest's network card straight on a link of the host, and a device {@code /dev/tapN} of its index
 * that whoever starts the guest opens for it. The host does not speak on it (addr_gen_mode none).
 *
 * @param name in the kernel
 * @param owner written on it as its alias
 * @param lower the link that it is on
 * @param mode how it meets others on that link
 * @param mac the guest's own: it gets no other frames
 * @param mtu in bytes, no more than that of the link
 * @param up whether it is up
 * @param isProtected whether its owner is not to lose it, which its alias says as well
 */
public record Macvtap(
        InterfaceName name,
        Owner owner,
        InterfaceName lower,
        Mode mode,
        MacAddress mac,
        int mtu,
        boolean up,
        boolean isProtected)
        implements Resource {
    public static final Kind<Macvtap> KIND = new MacvtapKind();

    /** {@code enum macvlan_mode} of linux/if_link.h. */
    public enum Mode {
        PRIVATE("private", 1),
        VEPA("vepa", 2),
        BRIDGE("bridge", 4),
        PASSTHROUGH("passthru", 8);

        private final String text;
        private final int number;

        Mode(String text, int number) {
            this.text = text;
            this.number = number;
        }

        /** Reads what {@link #toString} writes. */
        public static Mode parse(String text) {
            return Arrays.stream(values())
                    .filter(mode -> mode.text.equals(text))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("there is no macvtap mode `" + text + "`"));
        }

        /** The mode of that number, where there is one. */
        public static Optional<Mode> of(long number) {
            return Arrays.stream(values()).filter(mode -> mode.number == number).findFirst();
        }

        public int number() {
            return number;
        }

        /** As ip-link(8) writes it. */
        @Override
        public String toString() {
            return text;
        }
    }

    @Override
    public ResourceAddress address() {
        return new ResourceAddress(KIND.name(), name.text());
    }

    @Override
    public Attributes attributes() {
        return Attributes.builder()
                .text("owner", owner)
                .flagIfOn("protected", isProtected)
                .text("lower", lower)
                .text("mode", mode)
                .text("mac", mac)
                .whole("mtu", mtu)
                .flag("up", up)
                .build();
    }

    @Override
    public Set<Claim> needs() {
        return Set.of(Claim.interfaceName(lower.text()), Claim.freeLink(lower.text()));
    }

    @Override
    public Set<Claim> claims() {
        return Set.of(Claim.interfaceName(name.text()));
    }

    /** The kernel passes a link through to one alone, and to none while others are on it (macvlan_common_newlink(), EINVAL). */
    @Override
    public Set<Claim> bars() {
        return mode == Mode.PASSTHROUGH ? Set.of(Claim.freeLink(lower.text())) : Set.of();
    }

    private static final class MacvtapKind implements Kind<Macvtap> {
        @Override
        public String name() {
            return "macvtap";
        }

        @Override
        public Class<Macvtap> type() {
            return Macvtap.class;
        }

        @Override
        public Macvtap read(String name, Attributes attributes) {
            return new Macvtap(
                    Read.value(name, InterfaceName::new),
                    Read.value(attributes.text("owner"), Owner::new),
                    Read.value(attributes.text("lower"), InterfaceName::new),
                    Read.value(attributes.text("mode"), Mode::parse),
                    Read.value(attributes.text("mac"), MacAddress::parse),
                    Read.between("mtu", attributes.whole("mtu"), 0, 65535),
                    attributes.flag("up"),
                    attributes.optionalFlag("protected").orElse(false));
        }

        /** Passing a link through is not to be taken up or given up later (macvlan_changelink(), EINVAL). */
        @Override
        public boolean changesInPlace(Macvtap before, Macvtap after) {
            return before.lower.equals(after.lower)
                    && (before.mode == Mode.PASSTHROUGH) == (after.mode == Mode.PASSTHROUGH);
        }

        @Override
        public Optional<Hindrance> hindrance(Macvtap wish, Resource foreign) {
            if (!(foreign instanceof ForeignLink link) || !link.name().equals(wish.lower.text())) {
                return Optional.empty();
            }
            if (link.master().isPresent()) {
                return Optional.of(new Hindrance(
                        "the link " + link.name() + " is a port of "
                                + link.master().get() + ", and " + wish.name + " cannot be on it as well",
                        "take it out there, or use another uplink"));
            }
            if (!link.up()) {
                return Optional.of(new Hindrance(
                        "the link " + link.name() + " is down, and " + wish.name + " on it cannot be up",
                        "ip link set dev " + link.name() + " up"));
            }
            if (wish.mtu > link.mtu()) {
                return Optional.of(new Hindrance(
                        "the link " + link.name() + " has an MTU of " + link.mtu() + ", and " + wish.name
                                + " on it cannot have " + wish.mtu,
                        "give the NIC an `mtu` of up to " + link.mtu()));
            }
            return Optional.empty();
        }

        @Override
        public Effect effect(Optional<Macvtap> before, Optional<Macvtap> after) {
            if (before.isEmpty()) {
                return Effect.NONE;
            }
            Macvtap old = before.get();
            if (after.isEmpty()) {
                return effect(old, Severity.OUTAGE, "its macvtap is taken away");
            }
            Macvtap now = after.get();
            if (!changesInPlace(old, now)) {
                return effect(old, Severity.OUTAGE, "its macvtap is made again; the guest has to be started anew");
            }
            if (old.up && !now.up) {
                return effect(old, Severity.OUTAGE, "its macvtap goes down");
            }
            if (!old.mac.equals(now.mac)) {
                return effect(old, Severity.OUTAGE, "it gets frames for another address than its card has");
            }
            if (now.mtu < old.mtu) {
                return effect(
                        old, Severity.BRIEF, "packets over " + now.mtu + " bytes are dropped until it is started anew");
            }
            return Effect.NONE;
        }

        private static Effect effect(Macvtap link, Severity severity, String why) {
            return new Effect(severity, Set.of(link.name), why);
        }

        @Override
        public List<String> commands(Optional<Macvtap> before, Optional<Macvtap> after) {
            if (after.isEmpty()) {
                return before.map(link -> List.of("ip link del dev " + link.name))
                        .orElse(List.of());
            }
            Macvtap now = after.get();
            List<String> lines = new ArrayList<>();
            if (before.isEmpty()) {
                lines.add("ip link add link " + now.lower + " name " + now.name + " group " + Marks.LINK_GROUP
                        + " type macvtap mode " + now.mode);
                lines.add("ip link set dev " + now.name + " alias " + Marks.alias(now.owner, now.isProtected)
                        + " address " + now.mac + " addrgenmode none mtu " + now.mtu);
                lines.add("sysctl -w net/ipv6/conf/" + now.name + "/disable_ipv6=1");
                if (now.up) {
                    lines.add("ip link set dev " + now.name + " up");
                }
                return lines;
            }
            Macvtap old = before.get();
            StringBuilder changes = new StringBuilder();
            String alias = Marks.alias(now.owner, now.isProtected);
            append(changes, Marks.alias(old.owner, old.isProtected), alias, " alias " + alias);
            append(changes, old.mac, now.mac, " address " + now.mac);
            append(changes, old.mtu, now.mtu, " mtu " + now.mtu);
            append(changes, old.up, now.up, now.up ? " up" : " down");
            append(changes, old.mode, now.mode, " type macvtap mode " + now.mode);
            if (!changes.isEmpty()) {
                lines.add("ip link set dev " + now.name + changes);
            }
            return lines;
        }

        private static void append(StringBuilder text, Object old, Object now, String words) {
            if (!old.equals(now)) {
                text.append(words);
            }
        }

        @Override
        public int rank(Macvtap resource) {
            return 80;
        }
    }
}
