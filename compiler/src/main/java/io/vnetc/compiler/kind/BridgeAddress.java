// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.kind;

import io.vnetc.compiler.model.Owner;
import io.vnetc.compiler.state.Attributes;
import io.vnetc.compiler.state.Claim;
import io.vnetc.compiler.state.Effect;
import io.vnetc.compiler.state.Effect.Severity;
import io.vnetc.compiler.state.Kind;
import io.vnetc.compiler.state.MalformedStateException;
import io.vnetc.compiler.state.Reach;
import io.vnetc.compiler.state.Resource;
import io.vnetc.compiler.state.ResourceAddress;
import io.vnetc.dsl.value.InterfaceAddress;
import io.vnetc.dsl.value.InterfaceName;
import io.vnetc.dsl.value.IpFamily;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * An address of the host on a bridge. An IPv6 one is made without duplicate address detection, which would wait for the
 * first port.
 *
 * @param link that has it
 * @param owner of the link
 * @param inet with the length of its network's prefix
 */
public record BridgeAddress(InterfaceName link, Owner owner, InterfaceAddress inet) implements Resource {
    public static final Kind<BridgeAddress> KIND = new BridgeAddressKind();

    @Override
    public ResourceAddress address() {
        return new ResourceAddress(KIND.name(), link + "/" + inet);
    }

    @Override
    public Attributes attributes() {
        return Attributes.builder().text("owner", owner).build();
    }

    @Override
    public Set<Claim> needs() {
        return Set.of(Claim.interfaceName(link.text()));
    }

    /**
     * Whatever the length of its prefix, and on whichever link: while two links have an address, a daemon of the one keeps
     * that of the other from listening. Only link-local addresses are of a link alone.
     */
    @Override
    public Set<Claim> claims() {
        String address = inet.address().toString();
        return Set.of(new Claim("address", inet.address().isLinkLocal() ? address + " on " + link : address));
    }

    @Override
    public Optional<Reach> reach() {
        return inet.address().isLinkLocal()
                ? Optional.empty()
                : Optional.of(new Reach(link.text(), inet.network(), true));
    }

    private static final class BridgeAddressKind implements Kind<BridgeAddress> {
        @Override
        public String name() {
            return "address";
        }

        @Override
        public Class<BridgeAddress> type() {
            return BridgeAddress.class;
        }

        @Override
        public BridgeAddress read(String name, Attributes attributes) {
            int slash = name.indexOf('/');
            if (slash < 0) {
                throw new MalformedStateException("`" + name + "` is not a link and an address");
            }
            return new BridgeAddress(
                    Read.value(name.substring(0, slash), InterfaceName::new),
                    Read.value(attributes.text("owner"), Owner::new),
                    Read.value(name.substring(slash + 1), InterfaceAddress::parse));
        }

        @Override
        public Effect effect(Optional<BridgeAddress> before, Optional<BridgeAddress> after) {
            return after.isPresent()
                    ? Effect.NONE
                    : before.map(old -> new Effect(
                                    Severity.OUTAGE, Set.of(old.link), "the host's address " + old.inet + " goes away"))
                            .orElse(Effect.NONE);
        }

        /**
         * A primary IPv4 address takes the others of its network along unless promote_secondaries is set, and a route
         * goes with the address that its gateway is reached by.
         */
        @Override
        public boolean drags(BridgeAddress before, Optional<BridgeAddress> after, Resource other) {
            if (after.isPresent()) {
                return false;
            }
            if (other instanceof BridgeAddress address) {
                return before.inet.family() == IpFamily.IPV4
                        && address.link.equals(before.link)
                        && address.inet.network().equals(before.inet.network());
            }
            return other instanceof Route route
                    && route.link().equals(before.link)
                    && before.inet.network().contains(route.gateway());
        }

        /** Without the protocol that marks it as ours, which ip(8) takes from 6.3 on only. */
        @Override
        public List<String> commands(Optional<BridgeAddress> before, Optional<BridgeAddress> after) {
            if (before.isPresent() && after.isPresent()) {
                return List.of();
            }
            return after.map(now -> List.of("ip address add " + now.inet + " dev " + now.link
                            + (now.inet.family() == IpFamily.IPV6 ? " nodad" : "")))
                    .or(() -> before.map(old -> List.of("ip address del " + old.inet + " dev " + old.link)))
                    .orElse(List.of());
        }

        @Override
        public String title(BridgeAddress resource) {
            return "address " + resource.inet + " on " + resource.link;
        }

        @Override
        public int rank(BridgeAddress resource) {
            return 50;
        }
    }
}
