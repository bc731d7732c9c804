// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.cli;

import io.vnetc.applier.apply.HostAccess;
import io.vnetc.applier.host.HostContext;
import io.vnetc.applier.host.Lock;
import io.vnetc.applier.host.Lock.LockedException;
import io.vnetc.applier.kinds.DriverException;
import io.vnetc.applier.kinds.Observation;
import io.vnetc.applier.kinds.StateBuilder;
import io.vnetc.applier.kinds.rtnetlink.MacvtapDriver;
import io.vnetc.applier.kinds.rtnetlink.MacvtapOpening;
import io.vnetc.applier.kinds.rtnetlink.TapDriver;
import io.vnetc.applier.netlink.system.Descriptor;
import io.vnetc.applier.netlink.system.Errno;
import io.vnetc.applier.netlink.system.ProcessImage;
import io.vnetc.applier.netlink.system.SystemCallException;
import io.vnetc.compiler.kind.Macvtap;
import io.vnetc.compiler.kind.Tap;
import io.vnetc.compiler.render.qemu.QemuArguments;
import io.vnetc.compiler.state.Entry;
import io.vnetc.compiler.state.HostState;
import io.vnetc.compiler.state.ObservedHost;
import io.vnetc.compiler.state.Resource;
import io.vnetc.dsl.value.InterfaceName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Starts a guest: becomes the program that runs it, with what only an open descriptor can hand it. */
final class QemuStart {
    /** An apply may be under way, or another guest about to be started. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Session session;
    private final Path source;

    QemuStart(Session session, Path source) {
        this.session = session;
        this.source = source;
    }

    /**
     * Returns only by an exception.
     *
     * @param words how many of this command line's last words are the program's
     * @param desired what the host is to be, in which the guest's links are
     */
    int become(int words, QemuArguments guest, HostState desired)
            throws IOException, DriverException, LockedException, InterruptedException {
        try (HostAccess access = session.openHost()) {
            if (guest.descriptors().isEmpty()) {
                return start(words, guest, desired, access.context());
            }
            HostSight.requirePrivilege(access);
            // The kernel lets anybody open a macvtap that somebody has open: so one after the other. Exec ends the
            // lock.
            try (Lock lock = Lock.await(access.context().paths(), "qemu --exec", PATIENCE)) {
                return start(words, guest, desired, access.context());
            }
        }
    }

    private int start(int words, QemuArguments guest, HostState desired, HostContext host)
            throws IOException, DriverException {
        requireFree(guest.guest(), desired, host);
        List<byte[]> line = new ArrayList<>(ProcessImage.lastWords(words));
        guest.arguments().forEach(word -> line.add(word.getBytes(StandardCharsets.UTF_8)));
        for (List<String> program : guest.programs()) {
            runBeside(program);
        }
        List<Descriptor> descriptors = open(guest.descriptors(), host);
        session.io().out().flush();
        try {
            throw ProcessImage.replace(line, descriptors);
        } catch (SystemCallException e) {
            throw notStarted(new String(line.get(0), StandardCharsets.UTF_8), e);
        }
    }

    /** Starts what goes to the background by itself as soon as it is ready. */
    private static void runBeside(List<String> program) throws DriverException {
        String what = "cannot start " + program.get(0);
        try {
            Process process = new ProcessBuilder(program).inheritIO().start();
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new DriverException(what, "not ready within " + PATIENCE.toSeconds() + " s; killed", "");
            }
            if (process.exitValue() != 0) {
                throw new DriverException(what, "it ended with " + process.exitValue(), "");
            }
        } catch (IOException e) {
            throw new DriverException(what, e.getMessage(), "", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DriverException(what, "interrupted", "", e);
        }
    }

    /** A tap that is not there QEMU would make, and plug in nowhere; one that is held it might share. */
    private void requireFree(String guest, HostState desired, HostContext host) throws DriverException {
        StateBuilder seen = new StateBuilder();
        Observation observation = new Observation(host);
        new TapDriver().observe(observation, seen);
        new MacvtapDriver().observe(observation, seen);
        ObservedHost now = seen.build("", "");
        for (Entry entry : desired.entries().values()) {
            Resource wanted = entry.resource();
            String kind = wanted.address().kind();
            boolean isLink = kind.equals(Tap.KIND.name()) || kind.equals(Macvtap.KIND.name());
            if (!isLink || !wanted.owner().isOfGuest(guest)) {
                continue;
            }
            InterfaceName name = new InterfaceName(wanted.address().name());
            if (now.state().find(wanted.address()).isEmpty()) {
                throw new CommandException(
                        ExitCode.ERROR,
                        "the " + kind + " " + name + " of the guest " + guest + " is not there",
                        "Make it first: vnetc apply " + source);
            }
            if (now.facts().heldLinks().contains(name)) {
                String holder = now.facts().holders().getOrDefault(name, "another process");
                throw new CommandException(
                        ExitCode.REFUSED,
                        "the " + kind + " " + name + " of the guest " + guest + " is in use by " + holder,
                        "Does the guest run already? End it first.");
            }
        }
    }

    private static List<Descriptor> open(List<QemuArguments.Descriptor> wanted, HostContext host)
            throws DriverException {
        Map<InterfaceName, Integer> queues = new LinkedHashMap<>();
        wanted.forEach(descriptor -> queues.merge(descriptor.macvtap(), 1, Integer::sum));
        List<Descriptor> open = new ArrayList<>();
        for (Map.Entry<InterfaceName, Integer> macvtap : queues.entrySet()) {
            open.addAll(MacvtapOpening.open(macvtap.getKey(), macvtap.getValue(), host));
        }
        return open;
    }

    private static CommandException notStarted(String program, SystemCallException e) {
        if (e.errno().equals(Errno.ENOENT) && !program.contains("/")) {
            return new CommandException(
                    ExitCode.LACKING, "there is no program `" + program + "` in PATH", "Install it, or name its path.");
        }
        if (e.errno().equals(Errno.EACCES)) {
            return new CommandException(
                    ExitCode.ERROR,
                    "`" + program + "` may not be executed",
                    "Is it a program? chmod +x makes a file one.");
        }
        return new CommandException(ExitCode.ERROR, e.getMessage());
    }
}
