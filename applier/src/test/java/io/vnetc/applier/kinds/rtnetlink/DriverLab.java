// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.kinds.rtnetlink;

import io.vnetc.applier.host.HostContext;
import io.vnetc.applier.host.Paths;
import io.vnetc.applier.host.Programs;
import io.vnetc.applier.kinds.Change;
import io.vnetc.applier.kinds.Driver;
import io.vnetc.applier.kinds.DriverException;
import io.vnetc.applier.kinds.Observation;
import io.vnetc.applier.kinds.StateBuilder;
import io.vnetc.applier.lab.NamespaceSnapshot;
import io.vnetc.applier.netlink.route.RouteSocket;
import io.vnetc.applier.testing.NetworkNamespace;
import io.vnetc.compiler.kind.Bridge;
import io.vnetc.compiler.model.Owner;
import io.vnetc.compiler.state.Entry;
import io.vnetc.compiler.state.ObservedHost;
import io.vnetc.compiler.state.Resource;
import io.vnetc.compiler.state.ResourceAddress;
import io.vnetc.compiler.state.Standing;
import io.vnetc.dsl.value.InterfaceName;
import io.vnetc.dsl.value.MacAddress;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A fresh namespace, and the drivers of this package at work in it. */
final class DriverLab implements AutoCloseable {
    static final BridgeDriver BRIDGES = new BridgeDriver();
    static final TapDriver TAPS = new TapDriver();
    static final AddressDriver ADDRESSES = new AddressDriver();
    static final RouteDriver ROUTES = new RouteDriver();
    static final SettingDriver SETTINGS = new SettingDriver();

    private static final List<Driver<?>> ALL = List.of(
            new ForeignLinkDriver(),
            BRIDGES,
            new UplinkPortDriver(),
            new MacvtapDriver(),
            TAPS,
            new IfbDriver(),
            new ShapingDriver(),
            new RedirectDriver(),
            new ForeignQdiscDriver(),
            ADDRESSES,
            ROUTES,
            SETTINGS);

    final NetworkNamespace space = NetworkNamespace.create();
    private final Path folder = newFolder();
    private HostContext host;

    DriverLab() {
        host = newHost();
    }

    private HostContext newHost() {
        return new HostContext(Paths.below(folder), new Programs());
    }

    private static Path newFolder() {
        try {
            return Files.createTempDirectory("vnet-drivers");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where the drivers keep files while they work. */
    Path run() {
        return Paths.below(folder).run();
    }

    /** As if the program were started anew. */
    void reopen() {
        space.run(host::close);
        host = newHost();
    }

    /** Puts a socket of the test's in place of the one that drivers would open. */
    void provide(RouteSocket socket) {
        host.provide(RouteSocket.class, socket);
    }

    ObservedHost observe() {
        return space.call(() -> {
            Observation observation = new Observation(host);
            StateBuilder into = new StateBuilder();
            for (Driver<?> driver : ALL) {
                driver.observe(observation, into);
            }
            return into.build("host", "kernel");
        });
    }

    Optional<Entry> observe(ResourceAddress address) {
        return observe().state().find(address);
    }

    /** All that is ours. */
    List<Resource> owned() {
        return observe().state().entries().values().stream()
                .filter(entry -> entry.standing() == Standing.OWNED)
                .map(Entry::resource)
                .toList();
    }

    NamespaceSnapshot snapshot() {
        return NamespaceSnapshot.of(space);
    }

    <R extends Resource> void make(Driver<R> driver, R after) {
        move(driver, Optional.empty(), Optional.of(after));
    }

    <R extends Resource> void change(Driver<R> driver, R before, R after) {
        move(driver, Optional.of(before), Optional.of(after));
    }

    <R extends Resource> void delete(Driver<R> driver, R before) {
        move(driver, Optional.of(before), Optional.empty());
    }

    private <R extends Resource> void move(Driver<R> driver, Optional<R> before, Optional<R> after) {
        space.run(() -> driver.move(new Change<>(before, after, Optional.empty()), host));
    }

    /** What became of several changes. */
    record Outcome<R extends Resource>(List<Change<R>> done, Optional<DriverException> failure) {}

    <R extends Resource> Outcome<R> moveAll(Driver<R> driver, List<Change<R>> changes) {
        List<Change<R>> done = new ArrayList<>();
        return space.call(() -> {
            try {
                driver.moveAll(changes, host, done::add);
                return new Outcome<>(done, Optional.empty());
            } catch (DriverException e) {
                return new Outcome<>(done, Optional.of(e));
            }
        });
    }

    /** What no {@code ip} of today's distributions can do: it is done by netlink. */
    void apply(io.vnetc.applier.netlink.route.Change change) {
        space.run(() -> RouteKernel.socket(host).apply(change));
    }

    static <R extends Resource> List<Change<R>> creations(List<R> resources) {
        return resources.stream()
                .map(one -> new Change<>(Optional.<R>empty(), Optional.of(one), Optional.empty()))
                .toList();
    }

    static <R extends Resource> List<Change<R>> deletions(List<R> resources) {
        return resources.stream()
                .map(one -> new Change<>(Optional.of(one), Optional.<R>empty(), Optional.empty()))
                .toList();
    }

    static InterfaceName name(String text) {
        return new InterfaceName(text);
    }

    /** A bridge as most are: with the spanning tree off, forwarding both, up. */
    static Bridge bridge(String name) {
        return new Bridge(
                name(name),
                Owner.network(name),
                new MacAddress(0x5254_0000_0000L | (name.hashCode() & 0xffff_ffffL)),
                1500,
                false,
                0,
                true,
                true,
                true,
                true);
    }

    @Override
    public void close() {
        space.run(host::close);
        space.close();
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
