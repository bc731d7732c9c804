// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.kinds.dnsmasq;

import io.vnetc.applier.host.HostContext;
import io.vnetc.applier.host.Programs;
import io.vnetc.applier.host.StateDirectory;
import io.vnetc.applier.kinds.DriverException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Keeps dnsmasq running where no init system does: a script of a few lines, in a session of its own, that starts it again
 * when it ends. Its text is fixed and everything it needs comes as arguments.
 */
final class Restarter implements Supervisor {
    private static final String SCRIPT_FILE = "restarter";
    private static final String PID_FILE = "restarter.pid";
    private static final String FAILURE_FILE = "failure";

    private final HostContext host;

    Restarter(HostContext host) {
        this.host = host;
    }

    @Override
    public void requestStart(DnsmasqFiles files) throws DriverException {
        Path script;
        try {
            StateDirectory.prepareForDaemons(files.folder()).write(SCRIPT_FILE, script());
            Files.deleteIfExists(files.folder().resolve(FAILURE_FILE));
            Files.deleteIfExists(files.pidFile());
            script = files.folder().resolve(SCRIPT_FILE);
        } catch (IOException e) {
            throw new DriverException("cannot write the restarter of dnsmasq", e.toString(), "", e);
        }
        Path dnsmasq = host.programs()
                .find("dnsmasq")
                .orElseThrow(() -> new DriverException("cannot start dnsmasq", "there is no such program", ""));
        List<String> arguments = new ArrayList<>(List.of(
                "--fork",
                "/bin/sh",
                script.toString(),
                files.folder().toString(),
                dnsmasq.toString(),
                "--keep-in-foreground",
                "--conf-file=" + files.configuration()));
        if (!canChangeUser()) {
            arguments.addAll(List.of("--user=", "--group="));
        }
        host.programs()
                .succeed(
                        new Programs.Call("setsid", arguments, "", PATIENCE),
                        "cannot start dnsmasq of " + files.network());
    }

    /** In a namespace of an ordinary user there is no other user to become. */
    private static boolean canChangeUser() throws DriverException {
        try {
            String[] map =
                    Files.readString(Path.of("/proc/self/uid_map")).strip().split("\\s+", -1);
            return map.length == 3 && map[2].length() > 5;
        } catch (IOException e) {
            throw new DriverException("cannot read /proc/self/uid_map", e.toString(), "Mount /proc.", e);
        }
    }

    private static String script() throws IOException {
        try (InputStream text = Restarter.class.getResourceAsStream("restarter.sh")) {
            if (text == null) {
                throw new IOException("restarter.sh is not in the jar");
            }
            return new String(text.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Override
    public boolean hasFailed(DnsmasqFiles files) {
        return Files.exists(files.folder().resolve(FAILURE_FILE), LinkOption.NOFOLLOW_LINKS);
    }

    @Override
    public String failure(DnsmasqFiles files) throws DriverException {
        try {
            return StateDirectory.prepareForDaemons(files.folder())
                    .read(FAILURE_FILE)
                    .orElse("")
                    .strip();
        } catch (IOException e) {
            throw new DriverException("cannot read " + files.folder(), e.toString(), "", e);
        }
    }

    @Override
    public void requestStop(DnsmasqFiles files) throws DriverException {
        Optional<Long> restarter = restarter(files);
        if (restarter.isPresent()) {
            signal("TERM", restarter.get());
        } else if (DnsmasqProcess.isRunning(files)) {
            DnsmasqProcess.find(files).orElseThrow().signal("TERM", host.programs());
        }
    }

    @Override
    public void awaitStop(DnsmasqFiles files) throws DriverException {
        boolean ended = Supervisor.await(() -> restarter(files).isEmpty() && !DnsmasqProcess.isRunning(files));
        if (!ended) {
            restarter(files).ifPresent(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
            DnsmasqProcess.find(files)
                    .flatMap(process -> ProcessHandle.of(process.pid()))
                    .ifPresent(ProcessHandle::destroyForcibly);
            if (!Supervisor.await(() -> !DnsmasqProcess.isRunning(files))) {
                throw new DriverException(
                        "dnsmasq of " + files.network() + " does not end", "it was killed and still runs", "");
            }
        }
    }

    private static Optional<Long> restarter(DnsmasqFiles files) {
        String script = files.folder().resolve(SCRIPT_FILE).toString();
        return DnsmasqProcess.pidIn(files.folder().resolve(PID_FILE))
                .filter(pid -> DnsmasqProcess.commandLine(pid).contains(script));
    }

    private void signal(String name, long pid) throws DriverException {
        host.programs()
                .succeed(
                        Programs.Call.of("kill", "-s", name, Long.toString(pid)),
                        "cannot end the restarter of dnsmasq");
    }
}
