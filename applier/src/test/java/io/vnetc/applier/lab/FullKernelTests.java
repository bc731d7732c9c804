// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.lab;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectPackage;

import io.vnetc.applier.lab.Verdict.Event;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.ClassNameFilter;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.EngineFilter;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TagFilter;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** The program that runs the tests of {@link FullKernel} and {@link EveryKernel}, on whatever kernel it finds itself. */
final class FullKernelTests {
    /** So that one that hangs is named, and the others have their turn. */
    private static final String LONGEST = "5 m";

    private FullKernelTests() {}

    /**
     * Writes a {@link Verdict} a line.
     *
     * @param classes simple names of those that are wanted; where there is none, all are
     */
    public static void main(String... classes) {
        String names = classes.length == 0
                ? ".*"
                : Arrays.stream(classes).map(Pattern::quote).collect(Collectors.joining("|", ".*\\.(", ")"));
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(selectPackage("io.vnetc.applier"))
                .filters(
                        ClassNameFilter.includeClassNamePatterns(names),
                        EngineFilter.includeEngines("junit-jupiter"),
                        TagFilter.includeTags(FullKernel.TAG, EveryKernel.TAG))
                .configurationParameter("junit.jupiter.execution.timeout.testable.method.default", LONGEST)
                .build();
        LauncherFactory.create().execute(request, new Writer());
        // Threads that a failed test has left do not keep the machine up.
        System.exit(0);
    }

    private static final class Writer implements TestExecutionListener {
        private final Map<String, Long> begun = new HashMap<>();

        @Override
        public void executionStarted(TestIdentifier test) {
            begun.put(test.getUniqueId(), System.nanoTime());
            if (test.isTest()) {
                write(Event.BEGUN, test, "");
            }
        }

        @Override
        public void executionSkipped(TestIdentifier test, String reason) {
            write(Event.SKIPPED, test, reason);
        }

        @Override
        public void executionFinished(TestIdentifier test, TestExecutionResult result) {
            switch (result.getStatus()) {
                case SUCCESSFUL -> {
                    if (test.isTest()) {
                        write(Event.PASSED, test, "");
                    }
                }
                case ABORTED -> write(Event.SKIPPED, test, trace(result));
                // A class fails too: where what its tests stand on could not be made.
                case FAILED -> write(Event.FAILED, test, trace(result));
            }
        }

        private void write(Event event, TestIdentifier test, String message) {
            long since = begun.getOrDefault(test.getUniqueId(), System.nanoTime());
            System.out.println(new Verdict(event, name(test), (System.nanoTime() - since) / 1_000_000, message).line());
        }

        private static String name(TestIdentifier test) {
            String shown = test.getDisplayName();
            return test.getSource()
                    .map(source -> {
                        if (source instanceof MethodSource method) {
                            String name = simple(method.getClassName()) + "." + method.getMethodName();
                            return shown.startsWith(method.getMethodName()) ? name : name + " " + shown;
                        }
                        return source instanceof ClassSource type ? simple(type.getClassName()) : shown;
                    })
                    .orElse(shown);
        }

        private static String simple(String name) {
            return name.substring(name.lastIndexOf('.') + 1);
        }

        private static String trace(TestExecutionResult result) {
            return result.getThrowable()
                    .map(thrown -> {
                        StringWriter text = new StringWriter();
                        thrown.printStackTrace(new PrintWriter(text, true));
                        return text.toString()
                                .lines()
                                .filter(line -> !line.strip().matches("at (org\\.junit|java\\.base/|org\\.assertj).*"))
                                .collect(Collectors.joining("\n"));
                    })
                    .orElse("");
        }
    }
}
