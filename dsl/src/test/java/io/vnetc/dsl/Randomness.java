// SPDX-License-Identifier: Apache-2.0
package io.vnetc.dsl;

import java.util.Random;
import java.util.function.Consumer;

/** Tests on random input: each run of {@code check} has a seed of its own, which a failure names. {@code -Dseed=N} repeats it, {@code -Drounds=N} makes that many. */
public final class Randomness {
    private Randomness() {}

    /** Runs a check on that many random sequences. */
    public static void check(int runs, Consumer<Random> check) {
        Long given = Long.getLong("seed");
        long first = given == null ? new Random().nextLong() : given;
        for (int i = 0; i < (given == null ? Integer.getInteger("rounds", runs) : 1); i++) {
            long seed = first + i;
            try {
                check.accept(new Random(seed));
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("with -Dseed=" + seed + ": " + e.getMessage(), e);
            }
        }
    }
}
