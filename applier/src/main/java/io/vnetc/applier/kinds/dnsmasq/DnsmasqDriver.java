// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.kinds.dnsmasq;

import io.vnetc.applier.host.HostContext;
import io.vnetc.applier.host.Programs;
import io.vnetc.applier.kinds.Change;
import io.vnetc.applier.kinds.Driver;
import io.vnetc.applier.kinds.DriverException;
import io.vnetc.applier.kinds.Observation;
import io.vnetc.applier.kinds.Requirement;
import io.vnetc.applier.kinds.StateBuilder;
import io.vnetc.compiler.kind.Dnsmasq;
import io.vnetc.compiler.state.Kind;
import io.vnetc.dsl.value.IpFamily;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * One dnsmasq(8) per network. A change of the hosts files is a SIGHUP, which costs no lease and no query; a change of the
 * configuration stops it and starts it anew, and leases stay in their file.
 */
public final class DnsmasqDriver implements Driver<Dnsmasq> {
    @Override
    public Kind<Dnsmasq> kind() {
        return Dnsmasq.KIND;
    }

    @Override
    public void observe(Observation observation, StateBuilder into) throws DriverException {
        HostContext host = observation.host();
        for (DnsmasqFiles files : DnsmasqFiles.all(host.paths())) {
            files.read(DnsmasqProcess.isRunning(files)).ifPresent(into::owned);
        }
    }

    @Override
    public void move(Change<Dnsmasq> change, HostContext host) throws DriverException {
        moveAll(List.of(change), host, done -> {});
    }

    /** Starts all that have to be started before it awaits the first of them: they come up side by side. */
    @Override
    public void moveAll(List<Change<Dnsmasq>> changes, HostContext host, Consumer<Change<Dnsmasq>> done)
            throws DriverException {
        Supervisor supervisor = Supervisor.of(host);
        for (Change<Dnsmasq> change : changes) {
            check(change, host);
        }
        List<DnsmasqFiles> stopping = new ArrayList<>();
        for (Change<Dnsmasq> change : changes) {
            DnsmasqFiles files =
                    new DnsmasqFiles(host.paths(), change.resource().network());
            if (isStopped(change)) {
                files.forgetStarted();
                supervisor.requestStop(files);
                stopping.add(files);
            }
        }
        for (DnsmasqFiles files : stopping) {
            supervisor.awaitStop(files);
        }
        for (Change<Dnsmasq> change : changes) {
            put(change, host, supervisor);
        }
        for (Change<Dnsmasq> change : changes) {
            DnsmasqFiles files =
                    new DnsmasqFiles(host.paths(), change.resource().network());
            if (isStarted(change)) {
                supervisor.awaitStart(files);
                files.rememberStarted(change.after().orElseThrow());
            }
            done.accept(change);
        }
    }

    private static void put(Change<Dnsmasq> change, HostContext host, Supervisor supervisor) throws DriverException {
        DnsmasqFiles files = new DnsmasqFiles(host.paths(), change.resource().network());
        if (change.after().isEmpty()) {
            files.delete();
            return;
        }
        files.write(change.after().get());
        if (isStarted(change)) {
            supervisor.requestStart(files);
        } else if (change.before().isPresent()
                && change.before().get().rereadsFor(change.after().get())) {
            DnsmasqProcess.find(files)
                    .orElseThrow(() -> new DriverException(
                            "cannot tell dnsmasq of " + files.network() + " to read its hosts again",
                            "it does not run any more",
                            "Look into the journal for why it ended."))
                    .signal("HUP", host.programs());
        }
    }

    /** Whether another process has to run afterwards than before. */
    private static boolean isStarted(Change<Dnsmasq> change) {
        Optional<Dnsmasq> before = change.before().filter(Dnsmasq::running);
        Optional<Dnsmasq> after = change.after().filter(Dnsmasq::running);
        return after.isPresent() && (before.isEmpty() || before.get().restartsFor(after.get()));
    }

    /** What is said not to run may still run with another configuration, so that is stopped as well. */
    private static boolean isStopped(Change<Dnsmasq> change) {
        return change.after().filter(Dnsmasq::running).isEmpty()
                || (change.before().isPresent() && isStarted(change));
    }

    private static boolean givesIpv4Addresses(Change<Dnsmasq> change) {
        return gives(change, "[0-9.]+,.*") || has(change, "dhcp-relay=.*");
    }

    private static boolean givesIpv6Addresses(Change<Dnsmasq> change) {
        return gives(change, "[0-9a-f:]*:[0-9a-f:]*,(?!ra-only,).*");
    }

    private static boolean gives(Change<Dnsmasq> change, String range) {
        return has(change, "dhcp-range=(set:[^,]+,)?" + range);
    }

    private static boolean has(Change<Dnsmasq> change, String line) {
        return change.resource().configuration().stream().anyMatch(each -> each.matches(line));
    }

    private static void check(Change<Dnsmasq> change, HostContext host) throws DriverException {
        if (isStarted(change)) {
            Dnsmasq after = change.after().orElseThrow();
            DnsmasqFiles files = new DnsmasqFiles(host.paths(), after.network());
            files.prepareLeases();
            String path = files.writeTrial(after);
            try {
                host.programs()
                        .succeed(
                                Programs.Call.of("dnsmasq", "--test", "--conf-file=" + path),
                                "dnsmasq does not take the configuration of " + after.network());
            } finally {
                files.deleteTrial();
            }
        }
    }

    @Override
    public Set<Requirement> requirements(List<Change<Dnsmasq>> changes) {
        Set<Requirement> wanted = new HashSet<>(Driver.super.requirements(changes));
        if (changes.stream().anyMatch(DnsmasqDriver::isStarted)) {
            wanted.add(Requirement.program("dnsmasq", "dnsmasq-base"));
            wanted.add(new FreePorts());
        }
        if (changes.stream().filter(DnsmasqDriver::isStarted).anyMatch(DnsmasqDriver::givesIpv4Addresses)) {
            wanted.add(new FreeDhcpPort(IpFamily.IPV4));
        }
        if (changes.stream().filter(DnsmasqDriver::isStarted).anyMatch(DnsmasqDriver::givesIpv6Addresses)) {
            wanted.add(new FreeDhcpPort(IpFamily.IPV6));
        }
        changes.stream()
                .filter(DnsmasqDriver::isStarted)
                .flatMap(change -> change.resource().filesFolder().stream())
                .forEach(folder -> wanted.add(new FilesFolder(Path.of(folder))));
        return wanted;
    }
}
