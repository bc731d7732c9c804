// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.kinds.dnsmasq;

import io.vnetc.applier.host.HostContext;
import io.vnetc.applier.host.Programs;
import io.vnetc.applier.kinds.DriverException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Keeps dnsmasq running as a transient unit of systemd, one per network: in the journal, restarted when it ends, and with
 * no more rights than it needs. A transient unit is gone after a boot, as the bridge is.
 */
final class SystemdUnit implements Supervisor {
    private static final List<String> PROPERTIES = List.of(
            "Restart=always",
            "RestartSec=1",
            // It tries as long as it is wanted: without this, systemd gives up after the fifth time in ten seconds.
            "StartLimitIntervalSec=0",
            "NoNewPrivileges=yes",
            "ProtectSystem=strict",
            "PrivateTmp=yes",
            "PrivateDevices=yes",
            "ProtectKernelTunables=yes",
            "ProtectControlGroups=yes",
            "RestrictRealtime=yes",
            "CapabilityBoundingSet=CAP_NET_ADMIN CAP_NET_RAW CAP_NET_BIND_SERVICE CAP_SETUID CAP_SETGID CAP_CHOWN"
                    + " CAP_DAC_OVERRIDE");

    private final HostContext host;

    SystemdUnit(HostContext host) {
        this.host = host;
    }

    @Override
    public void requestStart(DnsmasqFiles files) throws DriverException {
        Path dnsmasq = host.programs()
                .find("dnsmasq")
                .orElseThrow(() -> new DriverException("cannot start dnsmasq", "there is no such program", ""));
        List<String> arguments = new ArrayList<>(List.of(
                "--quiet",
                "--collect",
                "--no-block",
                "--unit=" + unit(files),
                "--description=DHCP and DNS of " + files.network()));
        for (String property : PROPERTIES) {
            arguments.add("--property=" + property);
        }
        arguments.add("--property=ReadWritePaths=" + files.folder() + " "
                + host.paths().leases(files.network()).getParent());
        // What is asked for is seen, also where the rest of the same folder is not.
        Optional<String> shown = files.filesFolder();
        arguments.add("--property=ProtectHome=" + (shown.isPresent() ? "tmpfs" : "yes"));
        shown.ifPresent(folder -> arguments.add("--property=BindReadOnlyPaths=" + quoted(folder)));
        namespace().ifPresent(path -> arguments.add("--property=NetworkNamespacePath=" + path));
        arguments.addAll(
                List.of("--", dnsmasq.toString(), "--keep-in-foreground", "--conf-file=" + files.configuration()));
        host.programs()
                .succeed(
                        new Programs.Call("systemd-run", arguments, "", PATIENCE),
                        "cannot start dnsmasq of " + files.network());
    }

    /** A path as systemd.exec(5) reads one: in quotes, where a colon would part two. */
    private static String quoted(String path) {
        return '"' + path.replace("\\", "\\\\").replace("\"", "\\\"").replace(":", "\\:") + '"';
    }

    private Optional<Path> namespace() {
        Path run = host.paths().run();
        Path parent = run.getParent();
        boolean named = parent != null && parent.endsWith("netns");
        return named ? Optional.of(Path.of("/run/netns").resolve(run.getFileName())) : Optional.empty();
    }

    @Override
    public boolean hasFailed(DnsmasqFiles files) {
        return false;
    }

    /** By the field, as {@code --unit} adds what systemd says about restarts, after which the cause is out of sight. */
    @Override
    public String failure(DnsmasqFiles files) throws DriverException {
        return host.programs()
                .run(Programs.Call.of(
                        "journalctl",
                        "--quiet",
                        "--no-pager",
                        "--output=cat",
                        "--lines=3",
                        "_SYSTEMD_UNIT=" + unit(files)))
                .stdout()
                .strip();
    }

    @Override
    public void requestStop(DnsmasqFiles files) throws DriverException {
        // A unit that is not loaded is as good as stopped; systemctl says so with exit code 5.
        host.programs().run(Programs.Call.of("systemctl", "stop", "--no-block", unit(files)));
    }

    @Override
    public void awaitStop(DnsmasqFiles files) throws DriverException {
        host.programs().run(Programs.Call.of("systemctl", "stop", unit(files)));
        if (!Supervisor.await(() -> !DnsmasqProcess.isRunning(files))) {
            throw new DriverException(
                    "dnsmasq of " + files.network() + " does not end", "its unit is stopped and it still runs", "");
        }
    }

    /** A colon is in no name, so that no network of a namespace has the unit of another one. */
    private String unit(DnsmasqFiles files) {
        return "vnet-dnsmasq-"
                + namespace().map(path -> path.getFileName() + ":").orElse("") + files.network() + ".service";
    }
}
