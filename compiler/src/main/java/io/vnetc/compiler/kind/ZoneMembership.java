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
import java.util.regex.Pattern;

/**
 * The zone of firewalld(1) that a link is in, by its runtime configuration: it forgets this when it is reloaded, and
 * keeps it when the link goes.
 *
 * @param link that is in it
 * @param owner of the link
 * @param zone that decides what of it reaches the host, and what it forwards
 */
public record ZoneMembership(InterfaceName link, Owner owner, String zone) implements Resource {
    public static final Kind<ZoneMembership> KIND = new ZoneMembershipKind();
    /** What firewalld takes for a name (check_name() of its core/io). */
    private static final Pattern ZONE = Pattern.compile("[\\p{L}\\p{N}_][\\p{L}\\p{N}_/-]*");

    public ZoneMembership {
        if (!ZONE.matcher(zone).matches()) {
            throw new IllegalArgumentException("`" + zone + "` is no name of a firewalld zone");
        }
    }

    @Override
    public ResourceAddress address() {
        return new ResourceAddress(KIND.name(), link.text());
    }

    @Override
    public Attributes attributes() {
        return Attributes.builder().text("owner", owner).text("zone", zone).build();
    }

    @Override
    public Set<Claim> needs() {
        return Set.of(Claim.interfaceName(link.text()));
    }

    private static final class ZoneMembershipKind implements Kind<ZoneMembership> {
        @Override
        public String name() {
            return "zone";
        }

        @Override
        public Class<ZoneMembership> type() {
            return ZoneMembership.class;
        }

        @Override
        public ZoneMembership read(String name, Attributes attributes) {
            InterfaceName link = Read.value(name, InterfaceName::new);
            Owner owner = Read.value(attributes.text("owner"), Owner::new);
            return Read.value(attributes.text("zone"), zone -> new ZoneMembership(link, owner, zone));
        }

        /** What is open goes on, as firewalld lets it; what the other zone says of new connections only firewalld knows. */
        @Override
        public Effect effect(Optional<ZoneMembership> before, Optional<ZoneMembership> after) {
            return before.map(was -> new Effect(
                            Severity.OUTAGE,
                            Set.of(was.link),
                            "firewalld's "
                                    + after.map(now -> "zone " + now.zone).orElse("default zone")
                                    + " decides about new connections"))
                    .orElse(Effect.NONE);
        }

        @Override
        public List<String> commands(Optional<ZoneMembership> before, Optional<ZoneMembership> after) {
            return List.of(after.map(now -> "firewall-cmd --zone=" + now.zone + " --change-interface=" + now.link)
                    .orElseGet(() -> "firewall-cmd --zone=" + before.orElseThrow().zone + " --remove-interface="
                            + before.orElseThrow().link));
        }

        @Override
        public String title(ZoneMembership resource) {
            return "firewalld zone of " + resource.link;
        }

        /** Before anybody is served, or plugged in. */
        @Override
        public int rank(ZoneMembership resource) {
            return 45;
        }
    }
}
