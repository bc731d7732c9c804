// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.kind;

import io.vnetc.compiler.link.LinkOptions;
import io.vnetc.compiler.link.LinkType;
import io.vnetc.compiler.model.Owner;
import io.vnetc.compiler.state.Attributes;
import io.vnetc.compiler.state.Claim;
import io.vnetc.compiler.state.Kind;
import io.vnetc.compiler.state.Resource;
import io.vnetc.compiler.state.ResourceAddress;
import io.vnetc.dsl.value.InterfaceName;
import io.vnetc.dsl.value.MacAddress;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * A link of ours that is the host's own: a bond, a VLAN of another link, one end of a pair and their like. It takes no
 * address from routers' advertisements.
 *
 * @param name in the kernel
 * @param owner written on it as its alias
 * @param type what it is
 * @param options how it is set as one of its type
 * @param lower the link that it is on; of the second end of a pair, the first, which is made with it and takes it along
 * @param peer of the first end of a pair, the name of the second
 * @param mac absent where it is that of the link that it is on, or where links of the type have none
 * @param mtu in bytes, no more than that of the link that it is on
 * @param addressing how it speaks as the host's
 * @param bridge that it is a port of
 * @param port how it is set as one
 * @param up whether it is up
 */
public record HostLink(
        InterfaceName name,
        Owner owner,
        LinkType type,
        LinkOptions options,
        Optional<InterfaceName> lower,
        Optional<InterfaceName> peer,
        Optional<MacAddress> mac,
        int mtu,
        Speaking addressing,
        Optional<InterfaceName> bridge,
        BridgePort port,
        boolean up)
        implements Resource {
    public static final Kind<HostLink> KIND = new HostLinkKind();

    private static final long PASSTHROUGH = 8;

    /**
     * How the host speaks on a link.
     *
     * @param ipv4Forwarding whether IPv4 packets that come in are forwarded
     * @param ipv6 whether it speaks IPv6 at all
     * @param ipv6Forwarding whether IPv6 packets that come in are forwarded
     */
    public record Speaking(boolean ipv4Forwarding, boolean ipv6, boolean ipv6Forwarding) {
        /** IPv4 alone, and for nobody else. */
        public static final Speaking PLAIN = new Speaking(false, false, false);
    }

    /** Where the link {@code name} stands in a state. */
    public static ResourceAddress address(InterfaceName name) {
        return new ResourceAddress(KIND.name(), name.text());
    }

    /** The same link, a port of no bridge. */
    public HostLink unplugged() {
        return new HostLink(
                name,
                owner,
                type,
                options,
                lower,
                peer,
                mac,
                mtu,
                addressing,
                Optional.empty(),
                BridgePort.DEFAULT,
                up);
    }

    /** Whether it is the end of a pair that comes and goes with the other. */
    public boolean isSecondEnd() {
        return type == LinkType.VETH && lower.isPresent();
    }

    @Override
    public ResourceAddress address() {
        return address(name);
    }

    @Override
    public Attributes attributes() {
        Attributes.Builder attributes = Attributes.builder()
                .text("owner", owner)
                .text("type", type)
                .text("lower", lower)
                .text("peer", peer)
                .put("options", HostLinkKind.describe(type, options))
                .text("mac", mac)
                .whole("mtu", mtu)
                .flag("ipv4-forwarding", addressing.ipv4Forwarding)
                .flag("ipv6", addressing.ipv6)
                .flag("ipv6-forwarding", addressing.ipv6Forwarding)
                .text("bridge", bridge);
        port.describe(attributes);
        return attributes.flag("up", up).build();
    }

    @Override
    public Set<Claim> needs() {
        Set<Claim> needs = new HashSet<>();
        lower.ifPresent(link -> {
            needs.add(Claim.interfaceName(link.text()));
            if (takesFramesOfAll()) {
                needs.add(Claim.freeLink(link.text()));
            }
        });
        bridge.ifPresent(link -> {
            needs.add(Claim.interfaceName(link.text()));
            if (port.hasVlans()) {
                needs.add(Claim.vlanFiltering(link.text()));
            }
        });
        return needs;
    }

    /** The kernel hands what a link receives to one taker, a bridge or such links (netdev_rx_handler_register(), EBUSY). */
    private boolean takesFramesOfAll() {
        return type == LinkType.MACVLAN || type == LinkType.MACVTAP || type == LinkType.IPVLAN;
    }

    @Override
    public Set<Claim> claims() {
        Claim own = Claim.interfaceName(name.text());
        return bridge.isPresent() ? Set.of(own) : Set.of(own, Claim.freeLink(name.text()));
    }

    /** The kernel passes a link through to one alone, and to none while others are on it. */
    @Override
    public Set<Claim> bars() {
        boolean alone = (type == LinkType.MACVLAN || type == LinkType.MACVTAP)
                && options.values().getOrDefault("mode", 0L) == PASSTHROUGH;
        return alone ? lower.map(link -> Set.of(Claim.freeLink(link.text()))).orElse(Set.of()) : Set.of();
    }

    @Override
    public Optional<InterfaceName> master() {
        return bridge;
    }
}
