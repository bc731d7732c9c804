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
import io.vnetc.dsl.value.MacAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A link that somebody else made: seen, because it may be needed or in the way, and never touched.
 *
 * @param name as the kernel has it; it may hold anything but slashes and white space
 * @param type as {@code ip -d link} names it: {@code bridge}, {@code veth} …; {@code ether} or {@code loopback} where the
 *     kernel names none
 * @param mtu in bytes
 * @param mac absent where the link has no Ethernet address
 * @param up whether it is up
 * @param master the bridge that it is a port of, where that has a name that could be one of ours
 * @param alias of the link
 * @param vlanFiltering whether it is a bridge that parts its ports by their VLANs
 */
public record ForeignLink(
        String name,
        String type,
        int mtu,
        Optional<MacAddress> mac,
        boolean up,
        Optional<InterfaceName> master,
        Optional<String> alias,
        boolean vlanFiltering)
        implements Resource {
    public static final Kind<ForeignLink> KIND = new ForeignLinkKind();

    /** A link that knows no VLANs. */
    public ForeignLink(
            String name,
            String type,
            int mtu,
            Optional<MacAddress> mac,
            boolean up,
            Optional<InterfaceName> master,
            Optional<String> alias) {
        this(name, type, mtu, mac, up, master, alias, false);
    }

    /** Where the link {@code name} stands in a state. */
    public static ResourceAddress address(InterfaceName name) {
        return new ResourceAddress(KIND.name(), name.text());
    }

    @Override
    public ResourceAddress address() {
        return new ResourceAddress(KIND.name(), name);
    }

    @Override
    public Owner owner() {
        return Owner.HOST;
    }

    @Override
    public Attributes attributes() {
        return Attributes.builder()
                .text("type", type)
                .whole("mtu", mtu)
                .text("mac", mac)
                .flag("up", up)
                .text("master", master)
                .text("alias", alias)
                .flagIfOn("vlan-filtering", vlanFiltering)
                .build();
    }

    @Override
    public Set<Claim> claims() {
        Set<Claim> claims = new HashSet<>(Set.of(Claim.interfaceName(name)));
        if (vlanFiltering) {
            claims.add(Claim.vlanFiltering(name));
        }
        if (type.equals("bridge")) {
            // It can be a port of nothing; of others their port says so.
            claims.add(Claim.freeLink(name));
        }
        return claims;
    }

    private static final class ForeignLinkKind implements Kind<ForeignLink> {
        @Override
        public String name() {
            return "link";
        }

        @Override
        public Class<ForeignLink> type() {
            return ForeignLink.class;
        }

        @Override
        public ForeignLink read(String name, Attributes attributes) {
            return new ForeignLink(
                    name,
                    attributes.text("type"),
                    Read.between("mtu", attributes.whole("mtu"), 0, Integer.MAX_VALUE),
                    attributes.optionalText("mac").map(text -> Read.value(text, MacAddress::parse)),
                    attributes.flag("up"),
                    attributes.optionalText("master").map(text -> Read.value(text, InterfaceName::new)),
                    attributes.optionalText("alias"),
                    attributes.optionalFlag("vlan-filtering").orElse(false));
        }

        @Override
        public Effect effect(Optional<ForeignLink> before, Optional<ForeignLink> after) {
            return Effect.NONE;
        }

        @Override
        public List<String> commands(Optional<ForeignLink> before, Optional<ForeignLink> after) {
            return List.of();
        }

        @Override
        public int rank(ForeignLink resource) {
            return 0;
        }
    }
}
