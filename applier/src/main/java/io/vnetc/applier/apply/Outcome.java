// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.apply;

import java.util.List;

/** How an apply ended. */
public sealed interface Outcome {
    /** All steps are made, and the host was seen to be as it was to be. */
    record Applied() implements Outcome {}

    /** It failed, and the host was seen to be as it was before. */
    record RolledBack(Failure failure) implements Outcome {}

    /** It was asked to stop, and the host was seen to be as it was before. */
    record Stopped() implements Outcome {}

    /**
     * It failed, and so did the way back.
     *
     * @param failure why there had to be a way back
     * @param remains what is not as it was before, a line each
     */
    record Incomplete(Failure failure, List<String> remains) implements Outcome {
        public Incomplete {
            remains = List.copyOf(remains);
        }
    }
}
