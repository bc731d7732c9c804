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
import io.vnetc.dsl.value.Cidr;
import io.vnetc.dsl.value.InterfaceName;
import io.vnetc.dsl.value.IpAddress;
import io.vnetc.dsl.value.IpFamily;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A unicast route in the main table.
 *
 * @param destination where to
 * @param metric as the kernel has it: 0 to 2^32-1, never absent
 * @param link that the gateway is on
 * @param owner of the link
 * @param gateway the next hop
 */
public record Route(Cidr destination, long metric, InterfaceName link, Owner owner, IpAddress gateway)
        implements Resource {
    public static final Kind<Route> KIND = new RouteKind();

    private static final String TABLE = "main/";

    /** What the kernel takes for a metric that is not given (IP6_RT_PRIO_USER in include/net/ip6_route.h). */
    public static long defaultMetric(IpFamily family) {
        return family == IpFamily.IPV4 ? 0 : 1024;
    }

    @Override
    public ResourceAddress address() {
        return new ResourceAddress(KIND.name(), TABLE + destination + "/" + metric);
    }

    @Override
    public Attributes attributes() {
        return Attributes.builder()
                .text("owner", owner)
                .text("gateway", gateway)
                .text("link", link)
                .build();
    }

    @Override
    public Set<Claim> needs() {
        return Set.of(Claim.interfaceName(link.text()));
    }

    @Override
    public Optional<Reach> reach() {
        return Optional.of(new Reach(link.text(), destination, false));
    }

    private static final class RouteKind implements Kind<Route> {
        @Override
        public String name() {
            return "route";
        }

        @Override
        public Class<Route> type() {
            return Route.class;
        }

        @Override
        public Route read(String name, Attributes attributes) {
            int slash = name.lastIndexOf('/');
            if (!name.startsWith(TABLE) || slash < TABLE.length()) {
                throw new MalformedStateException("`" + name + "` is not a table, a destination and a metric");
            }
            return new Route(
                    Read.value(name.substring(TABLE.length(), slash), Cidr::parse),
                    Read.value(name.substring(slash + 1), Long::parseUnsignedLong),
                    Read.value(attributes.text("link"), InterfaceName::new),
                    Read.value(attributes.text("owner"), Owner::new),
                    Read.value(attributes.text("gateway"), IpAddress::parse));
        }

        /** Over another link: the address that its next hop is reached by has to move before it can be there. */
        @Override
        public boolean changesInPlace(Route before, Route after) {
            return before.link.equals(after.link);
        }

        @Override
        public Effect effect(Optional<Route> before, Optional<Route> after) {
            return after.isPresent()
                    ? Effect.NONE
                    : before.map(old -> new Effect(
                                    Severity.OUTAGE,
                                    Set.of(old.link),
                                    "the host no longer routes to " + old.destination + " over " + old.gateway))
                            .orElse(Effect.NONE);
        }

        @Override
        public List<String> commands(Optional<Route> before, Optional<Route> after) {
            String verb = before.isEmpty() ? "add" : after.isEmpty() ? "del" : "replace";
            return after.or(() -> before)
                    .map(route -> List.of("ip route " + verb + " " + route.destination + " via " + route.gateway
                            + " dev " + route.link + " metric " + route.metric + " proto " + Marks.PROTOCOL))
                    .orElse(List.of());
        }

        @Override
        public String title(Route resource) {
            return "route to " + resource.destination + " over " + resource.gateway;
        }

        @Override
        public int rank(Route resource) {
            return 60;
        }
    }
}
