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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Sends all that comes in by a link of ours through an {@link Ifb}, from where it comes back as if nothing had been: an
 * ingress qdisc, which has no handle to choose, with one filter of the priority {@link Shaping#PRIORITY}, by which it is
 * known to be ours.
 *
 * <p>Tried on Linux 6.18: a tap and the bridge that it is a port of can both have one, and a packet takes both. A filter
 * to an ifb that is gone drops everything: the redirect goes first.
 *
 * @param link by which packets come in
 * @param owner of the link
 * @param through the ifb; absent where only the qdisc is there, as when vnetc was killed
 */
public record Redirect(InterfaceName link, Owner owner, Optional<InterfaceName> through) implements Resource {
    public static final Kind<Redirect> KIND = new RedirectKind();

    /** What takes in the packets of a link, of which it has one. */
    static Claim claim(InterfaceName link) {
        return new Claim("ingress-qdisc", link.text());
    }

    @Override
    public ResourceAddress address() {
        return new ResourceAddress(KIND.name(), link.text());
    }

    @Override
    public Attributes attributes() {
        return Attributes.builder()
                .text("owner", owner)
                .text("through", through)
                .build();
    }

    @Override
    public Set<Claim> needs() {
        Set<Claim> needs = new LinkedHashSet<>();
        needs.add(Claim.interfaceName(link.text()));
        through.ifPresent(ifb -> needs.add(Claim.interfaceName(ifb.text())));
        return needs;
    }

    @Override
    public Set<Claim> claims() {
        return Set.of(claim(link));
    }

    private static final class RedirectKind implements Kind<Redirect> {
        @Override
        public String name() {
            return "redirect";
        }

        @Override
        public Class<Redirect> type() {
            return Redirect.class;
        }

        @Override
        public Redirect read(String name, Attributes attributes) {
            return new Redirect(
                    Read.value(name, InterfaceName::new),
                    Read.value(attributes.text("owner"), Owner::new),
                    attributes.optionalText("through").map(ifb -> Read.value(ifb, InterfaceName::new)));
        }

        @Override
        public Effect effect(Optional<Redirect> before, Optional<Redirect> after) {
            return before.isPresent() && after.isPresent()
                    ? Effect.NONE
                    : Shaping.replacing(before.or(() -> after).orElseThrow().link);
        }

        @Override
        public List<String> commands(Optional<Redirect> before, Optional<Redirect> after) {
            if (after.isEmpty()) {
                return before.map(old -> List.of("tc qdisc del dev " + old.link + " ingress"))
                        .orElse(List.of());
            }
            Redirect now = after.get();
            Optional<String> filter = now.through.map(ifb -> "tc filter " + (before.isPresent() ? "replace" : "add")
                    + " dev " + now.link + " ingress protocol all pref " + Shaping.PRIORITY
                    + " u32 match u32 0 0 action mirred egress redirect dev " + ifb);
            if (before.isPresent()) {
                return before.get().through.equals(now.through)
                        ? List.of()
                        : filter.stream().toList();
            }
            return Stream.concat(Stream.of("tc qdisc add dev " + now.link + " ingress"), filter.stream())
                    .toList();
        }

        @Override
        public String title(Redirect resource) {
            return "redirect of " + resource.link;
        }

        @Override
        public int rank(Redirect resource) {
            return 86;
        }
    }
}
