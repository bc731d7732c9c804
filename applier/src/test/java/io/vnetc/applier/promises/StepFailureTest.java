// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.promises;

import static org.assertj.core.api.Assertions.assertThat;

import io.vnetc.applier.apply.StepFault;
import io.vnetc.applier.lab.NamespaceSnapshot;
import io.vnetc.applier.promises.ExampleHost.Result;
import io.vnetc.compiler.plan.Step;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every step of every example fails once: the host is as it was, and the message says which step it was, why and for what. */
final class StepFailureTest {
    private static final int MOST = 200;

    /** Of the steps that change or take away an example, every third; with {@code -Dstride=1} each. */
    private static final int STRIDE = Integer.getInteger("stride", 3);

    static List<Source> examples() {
        return Source.examples();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void a_step_that_fails_leaves_an_empty_host_empty(Source example) {
        try (ExampleHost host = ExampleHost.open()) {
            failEverywhere(host, fault -> host.apply(example, fault), 1, List.of(false, true));
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void a_step_that_fails_leaves_the_example_before(Source example) {
        List<Source> all = Source.examples();
        Source next = all.get((all.indexOf(example) + 1) % all.size());
        try (ExampleHost host = ExampleHost.open()) {
            host.apply(example);
            failEverywhere(host, fault -> host.apply(next, fault), STRIDE, List.of(true));
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void a_step_that_fails_while_all_is_given_back_leaves_all_of_it(Source example) {
        try (ExampleHost host = ExampleHost.open()) {
            host.apply(example);
            failEverywhere(host, host::destroy, STRIDE, List.of(true));
        }
    }

    @Test
    void what_changes_behind_its_back_is_found_and_all_is_taken_back() {
        try (ExampleHost host = ExampleHost.open()) {
            NamespaceSnapshot before = host.snapshot();

            Result result = host.apply(Source.example("home-lab"), after("bridge/vbr-home", () -> {
                host.namespace().exec("ip", "link", "set", "vbr-home", "mtu", "1400");
            }));

            result.requireExit(8, "apply");
            assertThat(result.err()).contains("bridge/vbr-home", "mtu", "1400", "home-lab.vnet:");
            host.snapshot().since(before).requireNone("apply");
        }
    }

    @Test
    void a_name_that_somebody_takes_meanwhile_is_refused_by_the_kernel_and_stays_theirs() {
        try (ExampleHost host = ExampleHost.open()) {
            NamespaceSnapshot before = host.snapshot();

            Result result = host.apply(Source.example("home-lab"), before("tap/vt-web-eth0", () -> {
                host.namespace().exec("ip", "link", "add", "vt-web-eth0", "type", "bridge");
            }));

            result.requireExit(8, "apply");
            assertThat(result.err())
                    .contains("vt-web-eth0", "home-lab.vnet:")
                    .containsAnyOf("EEXIST", "EBUSY", "EINVAL");
            host.namespace().exec("ip", "link", "delete", "vt-web-eth0", "type", "bridge");
            host.snapshot().since(before).requireNone("apply");
        }
    }

    private static StepFault before(String address, Runnable meanwhile) {
        return new StepFault() {
            @Override
            public void before(int index, Step step) {
                if (step.address().toString().equals(address)) {
                    meanwhile.run();
                }
            }
        };
    }

    private static StepFault after(String address, Runnable meanwhile) {
        return new StepFault() {
            @Override
            public void after(int index, Step step) {
                if (step.address().toString().equals(address)) {
                    meanwhile.run();
                }
            }
        };
    }

    private static void failEverywhere(
            ExampleHost host, Function<StepFault, Result> command, int stride, List<Boolean> sides) {
        NamespaceSnapshot before = host.snapshot();
        for (int step = 0; step < MOST; step += stride) {
            for (boolean after : sides) {
                Moment moment = new Moment(step, after);
                Result result = command.apply(moment);
                if (moment.met().isEmpty()) {
                    // There are not so many steps, and all went well.
                    assertThat(step).as("steps that failed").isPositive();
                    result.requireExit(0, "the run without a failure");
                    assertThat(host.snapshot().since(before).isNone()).isFalse();
                    return;
                }
                result.requireExit(8, "the failure " + moment);
                says(result.err(), moment.met().get());
                host.snapshot().since(before).requireNone("the failure " + moment);
            }
        }
        throw new AssertionError("more than " + MOST + " steps");
    }

    private static void says(String message, Step step) {
        assertThat(message).contains(step.address().toString(), Moment.WORDS);
        step.origin().ifPresent(origin -> assertThat(message).contains(origin.toString()));
    }
}
