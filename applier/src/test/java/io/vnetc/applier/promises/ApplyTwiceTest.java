// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.promises;

import static org.assertj.core.api.Assertions.assertThat;

import io.vnetc.applier.apply.StepFault;
import io.vnetc.applier.lab.NamespaceSnapshot;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What was applied once is there: a second apply has nothing to do, and does nothing. */
final class ApplyTwiceTest {
    static List<Source> examples() {
        return Source.examples();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void the_second_plan_is_empty(Source example) {
        try (ExampleHost host = ExampleHost.open()) {
            NamespaceSnapshot empty = host.snapshot();
            host.apply(example);

            NamespaceSnapshot applied = host.snapshot();
            assertThat(applied.since(empty).isNone()).as("nothing was made").isFalse();
            host.apply(example, StepFault.NONE).requireExit(0, "a second apply of " + example);
            host.snapshot().since(applied).requireNone("a second apply of " + example);
        }
    }
}
