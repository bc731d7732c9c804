// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.vnetc.applier.lab.Verdict.Event;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.opentest4j.TestAbortedException;

/**
 * Each test of {@link FullKernel} and {@link EveryKernel}, by its name, out of one boot of a full kernel. With
 * {@code -Dlab=CLASS,…} only those of some classes.
 */
final class FullKernelTest {
    @TestFactory
    Stream<DynamicTest> on_a_full_kernel() {
        List<String> classes = Arrays.stream(System.getProperty("lab", "").split(","))
                .filter(name -> !name.isEmpty())
                .toList();
        FullKernelRun run = FullKernelRun.start(classes);
        Results results = new Results(run);
        return Stream.concat(
                        StreamSupport.stream(Spliterators.spliteratorUnknownSize(results, Spliterator.ORDERED), false)
                                .map(FullKernelTest::retold),
                        Stream.of(dynamicTest("all have had their turn", () -> {
                            run.requireItsEnd();
                            assertThat(results.count()).as("tests that ran").isPositive();
                        })))
                .onClose(run::close);
    }

    private static DynamicTest retold(Verdict verdict) {
        System.out.println("full kernel: " + verdict + (verdict.message().isEmpty() ? "" : "\n" + verdict.message()));
        return dynamicTest(verdict.test(), () -> {
            switch (verdict.event()) {
                case FAILED ->
                    throw new AssertionError("%s, on a full kernel:%n%s".formatted(verdict.test(), verdict.message()));
                case SKIPPED -> throw new TestAbortedException(verdict.message());
                case BEGUN, PASSED -> {}
            }
        });
    }

    /** What the tests came to, each as it comes. */
    private static final class Results implements Iterator<Verdict> {
        private final FullKernelRun run;
        private Optional<Verdict> next = Optional.empty();
        private int count;

        Results(FullKernelRun run) {
            this.run = run;
        }

        int count() {
            return count;
        }

        @Override
        public boolean hasNext() {
            while (next.isEmpty()) {
                Optional<Verdict> heard = run.next();
                if (heard.isEmpty()) {
                    return false;
                }
                next = heard.filter(verdict -> verdict.event() != Event.BEGUN);
            }
            return true;
        }

        @Override
        public Verdict next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            Verdict verdict = next.orElseThrow();
            next = Optional.empty();
            count++;
            return verdict;
        }
    }
}
