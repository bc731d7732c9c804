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
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A link of somebody else's in a bond of ours: borrowed, and let go when nobody wants it there, upon which the kernel
 * gives it its own address and MTU again. It has to have no address and no route of its own.
 *
 * @param link that is or could be a member
 * @param bond that it is a member of
 * @param primary whether the bond prefers it
 * @param up whether it is up; the kernel brings up what becomes a member
 */
public record BondMember(InterfaceName link, Optional<InterfaceName> bond, boolean primary, boolean up)
        implements Resource {
    public static final Kind<BondMember> KIND = new BondMemberKind();

    /** Where {@code link} as a member stands in a state. */
    public static ResourceAddress address(InterfaceName link) {
        return new ResourceAddress(KIND.name(), link.text());
    }

    @Override
    public ResourceAddress address() {
        return address(link);
    }

    @Override
    public Owner owner() {
        return Owner.HOST;
    }

    @Override
    public Attributes attributes() {
        return Attributes.builder()
                .text("bond", bond)
                .flagIfOn("primary", primary)
                .flag("up", up)
                .build();
    }

    @Override
    public Set<Claim> needs() {
        return bond.map(name -> Set.of(
                        Claim.interfaceName(link.text()),
                        Claim.interfaceName(name.text()),
                        Claim.freeLink(link.text())))
                .orElse(Set.of(Claim.interfaceName(link.text())));
    }

    private static final class BondMemberKind implements Kind<BondMember> {
        @Override
        public String name() {
            return "bond-member";
        }

        @Override
        public Class<BondMember> type() {
            return BondMember.class;
        }

        @Override
        public BondMember read(String name, Attributes attributes) {
            return new BondMember(
                    Read.value(name, InterfaceName::new),
                    attributes.optionalText("bond").map(text -> Read.value(text, InterfaceName::new)),
                    attributes.optionalFlag("primary").orElse(false),
                    attributes.flag("up"));
        }

        @Override
        public Optional<BondMember> without(BondMember resource, ResourceAddress gone) {
            return Optional.of(new BondMember(resource.link, Optional.empty(), false, resource.up));
        }

        @Override
        public Optional<Hindrance> hindrance(BondMember wish, Resource foreign) {
            if (wish.bond.isEmpty()) {
                return Optional.empty();
            }
            String link = wish.link.text();
            String bond = wish.bond.get().text();
            if (foreign instanceof BridgeAddress address
                    && address.link().text().equals(link)) {
                return Optional.of(new Hindrance(
                        "the link " + link + " has the address " + address.inet() + ", and as a member of " + bond
                                + " it would no longer be reached by it",
                        "take it off: ip address del " + address.inet() + " dev " + link + "; and give it to the bond: "
                                + "`address " + address.inet() + "` in `bond " + bond + "`"));
            }
            if (foreign instanceof Route route && route.link().text().equals(link)) {
                return Optional.of(new Hindrance(
                        "the route to " + route.destination() + " leads over the link " + link + ", and as a member of "
                                + bond + " it would no longer lead that way",
                        "take it away, and write `route " + route.destination() + " via " + route.gateway()
                                + "` in `bond " + bond + "`"));
            }
            if (foreign instanceof ForeignLink other
                    && other.name().equals(link)
                    && other.master().isPresent()) {
                return Optional.of(new Hindrance(
                        "the link " + link + " is a port of " + other.master().get()
                                + " already, and cannot be a member of " + bond,
                        "take it out there: ip link set dev " + link + " nomaster"));
            }
            return Optional.empty();
        }

        @Override
        public Effect effect(Optional<BondMember> before, Optional<BondMember> after) {
            Optional<InterfaceName> old = before.flatMap(BondMember::bond);
            if (old.isEmpty() || old.equals(after.flatMap(BondMember::bond))) {
                return Effect.NONE;
            }
            return new Effect(Severity.BRIEF, Set.of(old.get()), "what goes by a member of the bond goes by another");
        }

        @Override
        public List<String> commands(Optional<BondMember> before, Optional<BondMember> after) {
            if (after.isEmpty()) {
                return List.of();
            }
            BondMember now = after.get();
            String primary = now.bond
                    .filter(bond -> now.primary)
                    .map(bond -> "ip link set dev " + bond + " type bond primary " + now.link)
                    .orElse("");
            if (now.bond.isEmpty()) {
                return List.of("ip link set dev " + now.link + " nomaster", "ip link set dev " + now.link + state(now));
            }
            List<String> joining = List.of(
                    "ip link set dev " + now.link + " down",
                    "ip link set dev " + now.link + " master " + now.bond.get() + state(now));
            boolean joins = !before.flatMap(BondMember::bond).equals(now.bond);
            return primary.isEmpty()
                    ? (joins ? joining : List.of("ip link set dev " + now.link + state(now)))
                    : joins ? List.of(joining.get(0), joining.get(1), primary) : List.of(primary);
        }

        private static String state(BondMember member) {
            return member.up ? " up" : " down";
        }

        @Override
        public String title(BondMember resource) {
            return "link " + resource.link
                    + resource.bond.map(name -> " as a member of " + name).orElse("");
        }

        @Override
        public int rank(BondMember resource) {
            return 46;
        }
    }
}
