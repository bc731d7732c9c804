// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.kind;

import io.vnetc.compiler.model.Owner;
import io.vnetc.compiler.state.Attributes;
import io.vnetc.compiler.state.Claim;
import io.vnetc.compiler.state.Effect;
import io.vnetc.compiler.state.Kind;
import io.vnetc.compiler.state.MalformedStateException;
import io.vnetc.compiler.state.Resource;
import io.vnetc.compiler.state.ResourceAddress;
import io.vnetc.dsl.value.InterfaceName;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A queueing discipline that somebody else has put on a link of ours, where one of ours would have its place. Those that
 * the kernel puts there by itself, which have no handle, are none.
 *
 * @param link of ours
 * @param ingress whether it takes in packets, or sends them
 * @param type as {@code tbf} or {@code clsact}
 * @param handle as {@code 8001:}
 */
public record ForeignQdisc(InterfaceName link, boolean ingress, String type, String handle) implements Resource {
    public static final Kind<ForeignQdisc> KIND = new ForeignQdiscKind();

    @Override
    public ResourceAddress address() {
        return new ResourceAddress(KIND.name(), link + "/" + (ingress ? "ingress" : "root"));
    }

    @Override
    public Owner owner() {
        return Owner.HOST;
    }

    @Override
    public Attributes attributes() {
        return Attributes.builder().text("type", type).text("handle", handle).build();
    }

    @Override
    public Set<Claim> needs() {
        return Set.of(Claim.interfaceName(link.text()));
    }

    @Override
    public Set<Claim> claims() {
        return Set.of(ingress ? Redirect.claim(link) : Shaping.claim(link));
    }

    private static final class ForeignQdiscKind implements Kind<ForeignQdisc> {
        @Override
        public String name() {
            return "qdisc";
        }

        @Override
        public Class<ForeignQdisc> type() {
            return ForeignQdisc.class;
        }

        @Override
        public ForeignQdisc read(String name, Attributes attributes) {
            int slash = name.indexOf('/');
            if (slash < 0) {
                throw new MalformedStateException("`" + name + "` is not a link and a place on it");
            }
            return new ForeignQdisc(
                    Read.value(name.substring(0, slash), InterfaceName::new),
                    name.substring(slash + 1).equals("ingress"),
                    attributes.text("type"),
                    attributes.text("handle"));
        }

        @Override
        public Effect effect(Optional<ForeignQdisc> before, Optional<ForeignQdisc> after) {
            return Effect.NONE;
        }

        @Override
        public List<String> commands(Optional<ForeignQdisc> before, Optional<ForeignQdisc> after) {
            return List.of();
        }

        @Override
        public String title(ForeignQdisc resource) {
            return (resource.ingress ? "ingress qdisc" : "root qdisc") + " " + resource.handle + " of " + resource.link;
        }

        @Override
        public int rank(ForeignQdisc resource) {
            return 0;
        }
    }
}
