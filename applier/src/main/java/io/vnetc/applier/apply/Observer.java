// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.apply;

import io.vnetc.applier.host.HostContext;
import io.vnetc.applier.kinds.DriverException;
import io.vnetc.applier.kinds.Inquiry;
import io.vnetc.applier.kinds.Observation;
import io.vnetc.applier.kinds.StateBuilder;
import io.vnetc.compiler.state.ObservedHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Looks at a host with all drivers. */
final class Observer {
    private static final Path NAME = Path.of("/proc/sys/kernel/hostname");
    private static final Path RELEASE = Path.of("/proc/sys/kernel/osrelease");

    private final HostContext host;
    private final DriverSet drivers;

    Observer(HostContext host, DriverSet drivers) {
        this.host = host;
        this.drivers = drivers;
    }

    /**
     * What is there now; what the ledger knows is borrowed.
     *
     * @param inquirer says which guests are asked what
     */
    ObservedHost observe(Ledger ledger, Inquiry.Source inquirer) throws DriverException {
        StateBuilder builder = new StateBuilder();
        String name = line(NAME);
        drivers.observe(new Observation(host, () -> inquirer.of(name)), builder);
        ObservedHost seen = builder.build(name, line(RELEASE));
        return new ObservedHost(ledger.mark(seen.state()), seen.facts());
    }

    private static String line(Path file) throws DriverException {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new DriverException("cannot read " + file, e.getMessage(), "Mount /proc.", e);
        }
    }
}
