// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.promises;

import io.vnetc.applier.lab.NamespaceSnapshot;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * From any state to any other, and back to nothing: the host is as wanted after each apply, and in the end as it was
 * before the first. {@code -Drounds=N} tries N random sources, {@code -Dseed=N} repeats one.
 */
final class PairsTest {
    private static final int ROUNDS = Integer.getInteger("rounds", 12);

    static List<Arguments> pairs() {
        List<Source> examples = Source.examples();
        return examples.stream()
                .flatMap(first -> examples.stream().map(second -> Arguments.of(first, second)))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void one_example_after_another_leaves_nothing(Source first, Source second) {
        try (ExampleHost host = ExampleHost.open()) {
            goThrough(host, List.of(first, second));
        }
    }

    @Test
    void random_sources_one_after_another_leave_nothing_and_a_failure_between_leaves_the_first() {
        Long given = Long.getLong("seed");
        long first = given == null ? new Random().nextLong() : given;
        ExampleHost host = ExampleHost.open();
        try {
            for (int round = 0; round < (given == null ? ROUNDS : 1); round++) {
                long seed = first + round;
                Random random = new Random(seed);
                RandomSource one = RandomSource.next(random);
                RandomSource other = one.mutation(random);
                try {
                    Source old = Source.of("one", one.text(), host.folder());
                    Source wanted = Source.of("other", other.text(), host.folder());
                    NamespaceSnapshot before = host.snapshot();
                    host.apply(old);
                    failOnce(host, wanted, new Moment(random.nextInt(20), random.nextBoolean()));
                    host.apply(wanted);
                    host.destroy();
                    host.snapshot().since(before).requireNone("both and destroy");
                } catch (AssertionError | RuntimeException e) {
                    throw new AssertionError(
                            "with -Dseed=%d: %s%n--- one:%n%s--- other:%n%s"
                                    .formatted(seed, e.getMessage(), one.text(), other.text()),
                            e);
                }
            }
        } finally {
            host.close();
        }
    }

    /** Where there is no such step, it is applied. */
    private static void failOnce(ExampleHost host, Source wanted, Moment moment) {
        NamespaceSnapshot before = host.snapshot();
        ExampleHost.Result result = host.apply(wanted, moment);
        if (moment.met().isPresent()) {
            result.requireExit(8, "the failure " + moment);
            host.snapshot().since(before).requireNone("the failure " + moment);
        } else {
            result.requireExit(0, "apply without a failure");
        }
    }

    private static void goThrough(ExampleHost host, List<Source> sources) {
        NamespaceSnapshot before = host.snapshot();
        sources.forEach(host::apply);
        host.destroy();
        host.snapshot().since(before).requireNone("apply of " + sources + " and destroy");
    }
}
