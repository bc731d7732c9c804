// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.apply;

import io.vnetc.compiler.plan.Allowances;
import io.vnetc.compiler.plan.Planning;
import io.vnetc.compiler.state.HostState;
import io.vnetc.compiler.state.ObservedHost;

/** From what a host is to be and what it is to the steps between; the compiler's planner. */
@FunctionalInterface
public interface PlanFunction {
    Planning plan(String hostName, HostState desired, ObservedHost observed, Allowances allowances);

    /** The same, with nothing allowed that is refused otherwise. */
    default Planning plan(String hostName, HostState desired, ObservedHost observed) {
        return plan(hostName, desired, observed, Allowances.NONE);
    }
}
