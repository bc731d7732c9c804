// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.resolve;

import io.vnetc.compiler.model.Guest;
import io.vnetc.compiler.model.Host;
import io.vnetc.compiler.model.Model;
import io.vnetc.compiler.model.Network;
import io.vnetc.compiler.model.Permission;
import io.vnetc.compiler.model.Pool;
import io.vnetc.compiler.model.QemuVersion;
import io.vnetc.compiler.resolve.lint.Lint;
import io.vnetc.dsl.ParsedSources;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Binds, types and checks a whole source. */
public final class Resolver {
    private final Resolution resolution;
    private final Claims claims = new Claims();

    private Resolver(ParsedSources sources) {
        this.resolution = new Resolution(sources);
    }

    /**
     * The model of a source. What is wrong is reported to {@link ParsedSources#diagnostics()}, all of it, not only the
     * first.
     *
     * @return empty when there is an error, be it of an earlier phase
     */
    public static Optional<Model> resolve(ParsedSources sources) {
        return resolve(sources, Optional.empty());
    }

    /**
     * The same for guests that are run by a QEMU whose version is known.
     *
     * @param qemu the version, before what hosts say of themselves
     */
    public static Optional<Model> resolve(ParsedSources sources, Optional<QemuVersion> qemu) {
        if (!sources.complete()) {
            return Optional.empty();
        }
        Lint.hearSilences(sources);
        Model model = new Resolver(sources).model(qemu);
        if (sources.diagnostics().hasErrors()) {
            return Optional.empty();
        }
        Lint.check(sources, model);
        return Optional.of(model);
    }

    private Model model(Optional<QemuVersion> qemu) {
        ParsedSources sources = resolution.sources();
        new UnsupportedCheck(resolution).run();

        List<io.vnetc.dsl.vnet.Host> declared = sources.declarations(io.vnetc.dsl.vnet.Host.class);
        HostResolver hostResolver = new HostResolver(resolution, claims);
        List<Host> hosts = sorted(declared.stream().map(hostResolver::resolve), Host::name);

        Placement placement = new Placement(declared);
        NetworkResolver networkResolver = new NetworkResolver(resolution, claims, placement, hostResolver.uplinks());
        List<Network> networks = sorted(
                sources.declarations(io.vnetc.dsl.vnet.Network.class).stream()
                        .map(networkResolver::resolve)
                        .flatMap(Optional::stream),
                Network::name);
        Map<String, Network> byName = networks.stream().collect(Collectors.toMap(Network::name, Function.identity()));

        PoolResolver poolResolver = new PoolResolver(resolution, placement, hostResolver.uplinks());
        List<Pool> pools = sorted(
                sources.declarations(io.vnetc.dsl.vnet.Pool.class).stream().map(poolResolver::resolve), Pool::name);
        CableResolver cables = new CableResolver(resolution);
        GuestResolver guestResolver = new GuestResolver(
                resolution,
                claims,
                placement,
                byName,
                pools.stream().collect(Collectors.toMap(Pool::name, Function.identity(), (one, same) -> one)),
                cables);
        List<Guest> guests = sorted(
                sources.declarations(io.vnetc.dsl.vnet.Guest.class).stream()
                        .flatMap(guest -> guestResolver.resolve(guest).stream()),
                Guest::name);

        guestResolver.checkNames();
        cables.check(guests, guestResolver.cards());
        new QemuVersionCheck(resolution, hosts, qemu).run(guests);
        Map<String, Guest> guestsByName =
                guests.stream().collect(Collectors.toMap(Guest::name, Function.identity(), (one, same) -> one));
        EndpointResolver endpoints = new EndpointResolver(resolution, hosts, byName, guestsByName);
        List<Permission> permissions = new RuleResolver(resolution, endpoints)
                .resolve(sources.declarations(io.vnetc.dsl.vnet.Permission.class));
        Policies policies = new Policies(
                new PolicyResolver(resolution, claims, endpoints, hostResolver.uplinks()), placement, byName);
        networks = policies.networks(sources.declarations(io.vnetc.dsl.vnet.Network.class), networks);
        guests = Policies.apart(networks, guests);
        new QosCheck(resolution, claims, placement).run(networks, guests);
        new VlanCheck(resolution).run(networks, guests);
        new UplinkMtuCheck(resolution, hosts).run(networks);
        claims.check(resolution);
        return new Model(hosts, networks, guests, pools, cables.cables(), permissions);
    }

    private static <T> List<T> sorted(Stream<T> things, Function<T, String> name) {
        return things.sorted(Comparator.comparing(name)).toList();
    }
}
