// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.apply;

import io.vnetc.applier.kinds.DriverException;
import io.vnetc.compiler.plan.Step;

/** Where a test has an apply fail. Wherever one is given, steps are taken one by one. */
public interface StepFault {
    /** No test. */
    StepFault NONE = new StepFault() {};

    /** Before a step is taken. */
    default void before(int index, Step step) throws DriverException {}

    /** After a step was taken, and before anybody knows. */
    default void after(int index, Step step) throws DriverException {}
}
