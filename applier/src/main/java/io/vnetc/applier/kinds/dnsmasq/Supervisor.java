// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.kinds.dnsmasq;

import io.vnetc.applier.host.HostContext;
import io.vnetc.applier.kinds.DriverException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** What keeps dnsmasq running when it ends by itself, and outlives whoever asked for it. */
interface Supervisor {
    /** How long a start or a stop may take; dnsmasq needs some milliseconds. */
    Duration PATIENCE = Duration.ofSeconds(10);

    /** That of this host: systemd where it runs, else a small restarter of our own. */
    static Supervisor of(HostContext host) {
        return Files.isDirectory(Path.of("/run/systemd/system")) ? new SystemdUnit(host) : new Restarter(host);
    }

    void requestStart(DnsmasqFiles files) throws DriverException;

    /** Returns when dnsmasq has its sockets open: it writes its pid file after that. */
    default void awaitStart(DnsmasqFiles files) throws DriverException {
        if (!await(() -> DnsmasqProcess.isRunning(files) || hasFailed(files)) || hasFailed(files)) {
            String words = failure(files);
            requestStop(files);
            throw new DriverException(
                    "dnsmasq of " + files.network() + " does not start",
                    words.isEmpty() ? "it said nothing" : words,
                    "Try it by hand: dnsmasq --no-daemon --conf-file=" + files.configuration());
        }
    }

    /** Whether it is known that a requested start came to nothing. */
    boolean hasFailed(DnsmasqFiles files);

    /** What dnsmasq said when it failed. */
    String failure(DnsmasqFiles files) throws DriverException;

    /** Asks it to end; nothing happens where it does not run. */
    void requestStop(DnsmasqFiles files) throws DriverException;

    /** Returns when it has ended. */
    void awaitStop(DnsmasqFiles files) throws DriverException;

    /** Looks again and again until it is so; false when {@link #PATIENCE} is over. */
    static boolean await(BooleanSupplier so) throws DriverException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!so.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                return false;
            }
            try {
                Thread.sleep(2);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new DriverException("waiting for dnsmasq", "interrupted", "", e);
            }
        }
        return true;
    }
}
