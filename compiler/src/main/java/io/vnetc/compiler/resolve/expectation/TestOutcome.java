// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.resolve.expectation;

import io.vnetc.dsl.diagnostic.SourceRange;
import java.util.List;

/**
 * What became of a test.
 *
 * @param name of it
 * @param place of its name
 * @param failures what was not as expected; none where it passed
 */
public record TestOutcome(String name, SourceRange place, List<Failure> failures) {
    public TestOutcome {
        failures = List.copyOf(failures);
    }

    /**
     * An expectation that does not hold.
     *
     * @param place of it
     * @param message what is, and what was expected
     */
    public record Failure(SourceRange place, String message) {}

    public boolean passed() {
        return failures.isEmpty();
    }
}
