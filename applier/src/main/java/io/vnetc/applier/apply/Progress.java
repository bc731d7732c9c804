// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.apply;

import io.vnetc.compiler.plan.Step;

/** Told of what an apply does while it does it. */
public interface Progress {
    /** Nobody listens. */
    Progress SILENT = new Progress() {};

    /** A part of the work begins, as "looking at the host". */
    default void phase(String name) {}

    /** A step is made. */
    default void done(Step step) {}

    /** A step was not made. */
    default void failed(Step step, String why) {}

    /** A step, turned round, is made: what was before is there again. */
    default void undone(Step inverse) {}
}
