// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.kind;

import io.vnetc.compiler.model.Owner;
import io.vnetc.compiler.state.Attributes;
import io.vnetc.compiler.state.Claim;
import io.vnetc.compiler.state.Effect;
import io.vnetc.compiler.state.Kind;
import io.vnetc.compiler.state.Resource;
import io.vnetc.compiler.state.ResourceAddress;
import io.vnetc.dsl.value.DomainName;
import io.vnetc.dsl.value.InterfaceName;
import io.vnetc.dsl.value.IpAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What systemd-resolved(8) knows of a link: whom to ask there, and for which names. It forgets this with the link.
 *
 * @param link whose resolvers these are
 * @param owner of the link
 * @param servers that it asks, in order
 * @param domains that it asks them for, and for nothing else; they are not added to names without a dot
 */
public record Registration(InterfaceName link, Owner owner, List<IpAddress> servers, List<DomainName> domains)
        implements Resource {
    public static final Kind<Registration> KIND = new RegistrationKind();

    public Registration {
        servers = List.copyOf(servers);
        domains = List.copyOf(domains);
    }

    @Override
    public ResourceAddress address() {
        return new ResourceAddress(KIND.name(), link.text());
    }

    @Override
    public Attributes attributes() {
        return Attributes.builder()
                .text("owner", owner)
                .lines("servers", servers.stream().map(IpAddress::toString).toList())
                .lines("domains", domains.stream().map(DomainName::text).toList())
                .build();
    }

    @Override
    public Set<Claim> needs() {
        return Set.of(Claim.interfaceName(link.text()));
    }

    /** The arguments of resolvectl(1) that make it, one command after the other. */
    public List<List<String>> calls() {
        List<String> dns = new ArrayList<>(List.of("dns", link.text()));
        servers.forEach(server -> dns.add(server.toString()));
        List<String> routes = new ArrayList<>(List.of("domain", link.text()));
        domains.forEach(domain -> routes.add("~" + domain));
        return List.of(dns, routes, List.of("default-route", link.text(), "no"));
    }

    private static final class RegistrationKind implements Kind<Registration> {
        @Override
        public String name() {
            return "resolver";
        }

        @Override
        public Class<Registration> type() {
            return Registration.class;
        }

        @Override
        public Registration read(String name, Attributes attributes) {
            return new Registration(
                    Read.value(name, InterfaceName::new),
                    Read.value(attributes.text("owner"), Owner::new),
                    attributes.lines("servers").stream()
                            .map(text -> Read.value(text, IpAddress::parse))
                            .toList(),
                    attributes.lines("domains").stream()
                            .map(text -> Read.value(text, DomainName::parse))
                            .toList());
        }

        /** Guests ask their network's resolver in any case; this is for the host alone. */
        @Override
        public Effect effect(Optional<Registration> before, Optional<Registration> after) {
            return Effect.NONE;
        }

        @Override
        public List<String> commands(Optional<Registration> before, Optional<Registration> after) {
            return after.map(now -> now.calls().stream()
                            .map(call -> "resolvectl "
                                    + call.stream().map(RegistrationKind::word).collect(Collectors.joining(" ")))
                            .toList())
                    .orElseGet(() -> List.of("resolvectl revert " + before.orElseThrow().link));
        }

        private static String word(String argument) {
            return argument.startsWith("~") ? "'" + argument + "'" : argument;
        }

        @Override
        public String title(Registration resource) {
            return "names of "
                    + resource.domains.stream().map(DomainName::text).collect(Collectors.joining(", "))
                    + " for the host itself";
        }

        /** Behind the resolver that is asked. */
        @Override
        public int rank(Registration resource) {
            return 75;
        }
    }
}
