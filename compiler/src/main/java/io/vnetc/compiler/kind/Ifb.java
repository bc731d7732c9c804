// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.kind;

import io.vnetc.compiler.model.Owner;
import io.vnetc.compiler.state.Attributes;
import io.vnetc.compiler.state.Claim;
import io.vnetc.compiler.state.Effect;
import io.vnetc.compiler.state.Kind;
import io.vnetc.compiler.state.Resource;
import io.vnetc.compiler.state.ResourceAddress;
import io.vnetc.dsl.value.InterfaceName;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.zip.CRC32;

/**
 * An intermediate functional block of ours: what comes in by another link is sent through it, so that it can be queued as
 * what goes out is. It has no addresses (addr_gen_mode none).
 *
 * @param name in the kernel
 * @param owner written on it as its alias
 * @param up whether it is up; while it is not, it drops what is sent to it
 */
public record Ifb(InterfaceName name, Owner owner, boolean up) implements Resource {
    public static final Kind<Ifb> KIND = new IfbKind();

    private static final String PREFIX = "vi-";
    private static final int HASH_CHARACTERS = 5;

    /**
     * The name of the one that what comes in by {@code link} goes through: {@code vi-web-eth0} for the tap
     * {@code vt-web-eth0}, {@code vib-office} for the bridge {@code vbr-office}, {@code vi-NAME} for any other.
     */
    public static InterfaceName nameFor(InterfaceName link) {
        String text = link.text();
        if (text.startsWith("vt-")) {
            return new InterfaceName(PREFIX + text.substring("vt-".length()));
        }
        if (text.startsWith("vbr-")) {
            return new InterfaceName("vib-" + text.substring("vbr-".length()));
        }
        int room = InterfaceName.MAX_LENGTH - PREFIX.length();
        return new InterfaceName(PREFIX
                + (text.length() <= room ? text : text.substring(0, room - 1 - HASH_CHARACTERS) + "-" + hash(text)));
    }

    private static String hash(String text) {
        CRC32 sum = new CRC32();
        sum.update(text.getBytes(StandardCharsets.UTF_8));
        // 25 bits in base 32 behind a one that is cut off, so that leading zeros stay.
        return Long.toString((1L << 25) | (sum.getValue() & 0x1ff_ffff), 32).substring(1);
    }

    @Override
    public ResourceAddress address() {
        return new ResourceAddress(KIND.name(), name.text());
    }

    @Override
    public Attributes attributes() {
        return Attributes.builder().text("owner", owner).flag("up", up).build();
    }

    @Override
    public Set<Claim> claims() {
        return Set.of(Claim.interfaceName(name.text()));
    }

    private static final class IfbKind implements Kind<Ifb> {
        @Override
        public String name() {
            return "ifb";
        }

        @Override
        public Class<Ifb> type() {
            return Ifb.class;
        }

        @Override
        public Ifb read(String name, Attributes attributes) {
            return new Ifb(
                    Read.value(name, InterfaceName::new),
                    Read.value(attributes.text("owner"), Owner::new),
                    attributes.flag("up"));
        }

        /** Nothing goes through it that a redirect does not send there, and that is a step of its own. */
        @Override
        public Effect effect(Optional<Ifb> before, Optional<Ifb> after) {
            return Effect.NONE;
        }

        @Override
        public List<String> commands(Optional<Ifb> before, Optional<Ifb> after) {
            if (after.isEmpty()) {
                return before.map(old -> List.of("ip link del dev " + old.name)).orElse(List.of());
            }
            Ifb now = after.get();
            List<String> lines = new ArrayList<>();
            if (before.isEmpty()) {
                lines.add("ip link add name " + now.name + " group " + Marks.LINK_GROUP + " type ifb");
                lines.add("ip link set dev " + now.name + " alias " + Marks.alias(now.owner) + " addrgenmode none");
                if (now.up) {
                    lines.add("ip link set dev " + now.name + " up");
                }
                return lines;
            }
            String changes = (before.get().owner.equals(now.owner) ? "" : " alias " + Marks.alias(now.owner))
                    + (before.get().up == now.up ? "" : now.up ? " up" : " down");
            return changes.isEmpty() ? List.of() : List.of("ip link set dev " + now.name + changes);
        }

        @Override
        public int rank(Ifb resource) {
            return 82;
        }
    }
}
