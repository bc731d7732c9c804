// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.apply;

import io.vnetc.applier.host.HostContext;
import io.vnetc.applier.kinds.Driver;
import io.vnetc.applier.kinds.DriverException;
import io.vnetc.applier.kinds.Inquiry;
import io.vnetc.compiler.state.HostState;
import io.vnetc.compiler.state.ObservedHost;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * A host, and all that is known about reading and changing one.
 *
 * @param context belongs to the calling thread
 */
public record HostAccess(HostContext context, List<Driver<?>> drivers, PlanFunction planner) implements AutoCloseable {
    public HostAccess {
        drivers = List.copyOf(drivers);
    }

    /**
     * The host as it is, for readers: it takes no lock, and what it sees may change any time. Guests are asked for what was
     * applied.
     */
    public ObservedHost observe() throws IOException, DriverException {
        Inquiry inquiry = Inquiry.about(applied());
        return observe(host -> inquiry);
    }

    /** The same, with guests asked for what somebody else wants of them. */
    public ObservedHost observe(Inquiry.Source inquirer) throws IOException, DriverException {
        return new Observer(context, new DriverSet(drivers))
                .observe(new ApplyFiles(context.paths()).ledger(context.identity()), inquirer);
    }

    /** What the host was last made to be. */
    public Optional<HostState> applied() throws IOException {
        return new ApplyFiles(context.paths()).applied();
    }

    /** Whether an apply was killed, or is under way now. */
    public boolean isInterrupted() throws IOException, DriverException {
        return new ApplyFiles(context.paths()).journal(context.identity()).isPresent();
    }

    @Override
    public void close() {
        context.close();
    }
}
