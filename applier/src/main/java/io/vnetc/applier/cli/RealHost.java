// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.cli;

import io.vnetc.applier.apply.HostAccess;
import io.vnetc.applier.host.HostContext;
import io.vnetc.applier.host.Paths;
import io.vnetc.applier.host.Programs;
import io.vnetc.applier.kinds.Drivers;
import io.vnetc.compiler.kind.Kinds;
import io.vnetc.compiler.plan.Planner;

/** The host that the process runs on. */
final class RealHost {
    private RealHost() {}

    static HostAccess open(Paths paths) {
        return new HostAccess(new HostContext(paths, new Programs()), Drivers.all(), new Planner(Kinds.TABLE)::plan);
    }
}
