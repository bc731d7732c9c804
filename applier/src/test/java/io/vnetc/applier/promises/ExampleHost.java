// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.promises;

import io.vnetc.applier.apply.HostAccess;
import io.vnetc.applier.apply.StepFault;
import io.vnetc.applier.cli.Io;
import io.vnetc.applier.cli.Main;
import io.vnetc.applier.cli.Surroundings;
import io.vnetc.applier.host.HostContext;
import io.vnetc.applier.host.Paths;
import io.vnetc.applier.host.Programs;
import io.vnetc.applier.kinds.Driver;
import io.vnetc.applier.kinds.Drivers;
import io.vnetc.applier.lab.NamespaceSnapshot;
import io.vnetc.applier.testing.NetworkNamespace;
import io.vnetc.compiler.kind.Kinds;
import io.vnetc.compiler.plan.Planner;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A host with all that the examples take for granted: the uplinks {@code eno1}, with the default routes, {@code eno2},
 * and {@code eno4}, which has no address; all end at a site. And {@code br0}, the distribution's bridge with an address
 * and a port. The commands run in this
 * process; what they keep in files is in a folder that goes with the host.
 */
final class ExampleHost implements AutoCloseable {
    static final String SITE = "198.51.100.1";
    static final String SITE6 = "2001:db8:ffff:1::1";

    private final NetworkNamespace host;
    private final NetworkNamespace site;
    private final Path folder;
    private List<Driver<?>> drivers = Drivers.all();

    private ExampleHost(NetworkNamespace host, NetworkNamespace site, Path folder) {
        this.host = host;
        this.site = site;
        this.folder = folder;
    }

    /** What a command left behind. */
    record Result(int exit, String out, String err) {
        Result requireExit(int wanted, String occasion) {
            if (exit != wanted) {
                throw new AssertionError("%s: exit %d, not %d%n%s%n%s".formatted(occasion, exit, wanted, err, out));
            }
            return this;
        }
    }

    static ExampleHost open() {
        NetworkNamespace host = NetworkNamespace.create();
        try {
            NetworkNamespace site = NetworkNamespace.create();
            try {
                ExampleHost made = new ExampleHost(host, site, passableFolder());
                made.furnish();
                return made;
            } catch (RuntimeException | Error e) {
                site.close();
                throw e;
            }
        } catch (RuntimeException | Error e) {
            host.close();
            throw e;
        }
    }

    /** The daemons' own user has to get through. */
    private static Path passableFolder() {
        try {
            return Files.createTempDirectory(
                    "vnet-promises",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void furnish() {
        for (NetworkNamespace each : List.of(host, site)) {
            each.exec("ip", "link", "set", "lo", "up");
        }
        host.cable("eno1", site, "wan");
        host.cable("eno2", site, "lan");
        host.cable("eno3", site, "office");
        host.cable("eno4", site, "guests");
        shell(
                site,
                "ip address add 198.51.100.1/24 dev wan",
                "ip address add 2001:db8:ffff:1::1/64 dev wan nodad",
                "ip address add 203.0.113.1/24 dev lan",
                "ip address add 192.0.2.1/24 dev office");
        shell(
                host,
                "ip address add 198.51.100.2/24 dev eno1",
                "ip address add 2001:db8:ffff:1::2/64 dev eno1 nodad",
                "ip address add 203.0.113.2/24 dev eno2",
                "ip route add default via 198.51.100.1",
                "ip -6 route add default via 2001:db8:ffff:1::1",
                // A hardware address above most, as that of a card would be: a bridge takes the lowest of its ports.
                "ip link set eno3 address d8:5e:d3:00:00:01",
                "ip link add br0 type bridge",
                "ip link set eno3 master br0",
                "ip link set br0 up",
                "ip address add 192.0.2.2/24 dev br0");
    }

    /** Runs commands, one a line. */
    static void shell(NetworkNamespace namespace, String... lines) {
        namespace.exec("sh", "-ec", String.join("\n", lines));
    }

    NetworkNamespace namespace() {
        return host;
    }

    NetworkNamespace site() {
        return site;
    }

    /** For files of the test's own; instance and sources are below. */
    Path folder() {
        return folder;
    }

    /** The host is looked at and changed with these drivers from now on. */
    void use(List<Driver<?>> wanted) {
        drivers = wanted;
    }

    NamespaceSnapshot snapshot() {
        return NamespaceSnapshot.of(host);
    }

    Result run(StepFault fault, List<String> arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Io io = new Io(
                new BufferedReader(new StringReader("")),
                new PrintStream(out, false, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                Map.of(),
                folder,
                Set.of());
        Surroundings surroundings = new Surroundings(
                io, Paths.below(folder.resolve("instance")), Optional.empty(), false, this::access, fault);
        int exit = host.call(() -> Main.run(arguments, surroundings));
        return new Result(exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private HostAccess access(Paths paths) {
        return new HostAccess(new HostContext(paths, new Programs()), drivers, new Planner(Kinds.TABLE)::plan);
    }

    Result apply(Source source, StepFault fault) {
        return run(fault, command(source, "apply", "--yes"));
    }

    /** Applies it, which has to succeed, and the host has to be as wanted: nothing is left to do. */
    void apply(Source source) {
        apply(source, StepFault.NONE).requireExit(0, "apply " + source);
        requireNothingToDo(source);
    }

    void requireNothingToDo(Source source) {
        run(StepFault.NONE, command(source, "plan", "--detailed-exitcode"))
                .requireExit(0, "a second plan of " + source);
    }

    Result destroy(StepFault fault) {
        return run(fault, List.of("destroy", "--yes"));
    }

    void destroy() {
        destroy(StepFault.NONE).requireExit(0, "destroy");
    }

    private static List<String> command(Source source, String... words) {
        List<String> all = new ArrayList<>(List.of(words));
        source.host().ifPresent(name -> all.addAll(List.of("--host", name)));
        all.add(source.path().toString());
        return all;
    }

    @Override
    public void close() {
        try (site;
                host) {
            // The host first: its daemons have files in the folder.
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted((one, other) -> other.compareTo(one)).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
