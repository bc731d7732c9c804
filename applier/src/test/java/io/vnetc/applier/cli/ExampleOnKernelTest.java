// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import io.vnetc.applier.apply.StepFault;
import io.vnetc.applier.cli.CommandRunner.Result;
import io.vnetc.applier.kinds.DriverException;
import io.vnetc.applier.lab.NamespaceSnapshot;
import io.vnetc.compiler.plan.Step;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each example on the real kernel, judged by tools that are not ours. */
final class ExampleOnKernelTest {
    /**
     * An example.
     *
     * @param folder below {@code examples}
     * @param host that its source is for
     */
    record Example(String folder, String host) {
        Path path() {
            return Path.of("").toAbsolutePath().getParent().resolve("examples").resolve(folder);
        }

        String[] with(String... arguments) {
            return Stream.concat(Stream.of(arguments), Stream.of(path().toString(), "--host", host))
                    .toArray(String[]::new);
        }

        @Override
        public String toString() {
            return folder;
        }
    }

    static Stream<Example> examples() {
        return Stream.of(
                new Example("home-lab", "homelab"),
                new Example("isolated", "any"),
                new Example("routed-dual-stack", "edge1"),
                new Example("existing-bridge", "any"),
                new Example("bridged-uplink", "rack7"),
                new Example("macvtap", "rack8"));
    }

    @ParameterizedTest
    @MethodSource("examples")
    void is_applied_twice_the_second_time_with_nothing_to_do_and_taken_away_without_a_trace(Example example)
            throws Exception {
        try (KernelRunner vnetc = new KernelRunner().withGroundOf(example.path(), example.host())) {
            NamespaceSnapshot bare = vnetc.snapshot();
            succeed(vnetc.run(example.with("plan")));
            vnetc.snapshot().since(bare).requireNone("plan");

            succeed(vnetc.run(example.with("apply", "--yes")));
            NamespaceSnapshot applied = vnetc.snapshot();
            assertThat(applied.since(bare).isNone()).isFalse();
            Result again = vnetc.run(example.with("plan", "--detailed-exitcode"));
            assertThat(again.exit()).as(again.out() + again.err()).isZero();
            succeed(vnetc.run(example.with("apply", "--yes")));
            vnetc.snapshot().since(applied).requireNone("a second apply");
            succeed(vnetc.run("status"));

            succeed(vnetc.run("destroy", "--yes"));
            vnetc.snapshot().since(bare).requireNone("destroy");
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void is_rolled_back_from_every_step(Example example) throws Exception {
        try (KernelRunner vnetc = new KernelRunner().withGroundOf(example.path(), example.host())) {
            NamespaceSnapshot bare = vnetc.snapshot();
            int steps = steps(vnetc, example);
            assertThat(steps).isPositive();
            for (int step = 0; step < steps; step++) {
                for (boolean afterwards : new boolean[] {false, true}) {
                    Result apply = vnetc.failing(new FaultAt(step, afterwards)).run(example.with("apply", "--yes"));
                    assertThat(apply.exit()).as(apply.err()).isEqualTo(8);
                    vnetc.snapshot()
                            .since(bare)
                            .requireNone("a failure at step %d, afterwards: %s".formatted(step, afterwards));
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void a_destroy_that_fails_leaves_all_of_it_standing(Example example) throws Exception {
        try (KernelRunner vnetc = new KernelRunner().withGroundOf(example.path(), example.host())) {
            succeed(vnetc.run(example.with("apply", "--yes")));
            NamespaceSnapshot applied = vnetc.snapshot();
            int failed = 0;
            for (int step = 0; ; step++) {
                Result destroy = vnetc.failing(new FaultAt(step, true)).run("destroy", "--yes");
                if (destroy.exit() == 0) {
                    break;
                }
                assertThat(destroy.exit()).as(destroy.err()).isEqualTo(8);
                vnetc.snapshot().since(applied).requireNone("a failure after step " + step);
                failed++;
            }
            assertThat(failed).isPositive();
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void is_recovered_from_a_kill_at_every_step(Example example) throws Exception {
        try (KernelRunner vnetc = new KernelRunner().withGroundOf(example.path(), example.host())) {
            NamespaceSnapshot bare = vnetc.snapshot();
            int steps = steps(vnetc, example);
            for (int step = 0; step < steps; step++) {
                int at = step;
                Result apply = vnetc.failing(new StepFault() {
                            @Override
                            public void after(int index, Step taken) {
                                if (index == at) {
                                    // No handler of the engine's runs: the journal stays, as after a kill.
                                    throw new IllegalStateException("killed");
                                }
                            }
                        })
                        .run(example.with("apply", "--yes"));
                assertThat(apply.exit()).isEqualTo(70);
                Path report = Path.of(apply.err().replaceAll("(?s).*with the file (\\S+).*", "$1"));
                assertThat(report.toFile().delete()).isTrue();

                succeed(vnetc.failing(StepFault.NONE).run("recover"));
                vnetc.snapshot().since(bare).requireNone("a kill after step " + step);
            }
        }
    }

    static Stream<Arguments> pairs() {
        return examples()
                .flatMap(one -> examples().filter(other -> !other.equals(one)).map(other -> Arguments.of(one, other)));
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void one_takes_the_place_of_another_as_if_that_had_never_been(Example first, Example second) throws Exception {
        try (KernelRunner vnetc = new KernelRunner()) {
            for (String link : List.of("eno1", "eno2", "eno4")) {
                vnetc.namespace().exec("ip", "link", "add", link, "type", "veth", "peer", "name", link + "-peer");
                vnetc.namespace().exec("ip", "link", "set", link, "up");
            }
            vnetc.namespace().exec("ip", "link", "add", "br0", "address", "02:00:00:00:00:01", "type", "bridge");
            NamespaceSnapshot bare = vnetc.snapshot();

            succeed(vnetc.run(second.with("apply", "--yes")));
            NamespaceSnapshot alone = vnetc.snapshot();
            succeed(vnetc.run("destroy", "--yes"));
            succeed(vnetc.run(first.with("apply", "--yes")));
            succeed(vnetc.run(second.with("apply", "--yes")));
            vnetc.snapshot().since(alone).requireNone(first + ", then " + second);

            succeed(vnetc.run("destroy", "--yes"));
            vnetc.snapshot().since(bare).requireNone(first + ", " + second + " and destroy");
        }
    }

    private static int steps(KernelRunner vnetc, Example example) {
        Result plan = vnetc.run(example.with("plan", "--format", "json"));
        succeed(plan);
        return JsonParser.parseString(plan.out())
                .getAsJsonObject()
                .getAsJsonArray("steps")
                .size();
    }

    private static void succeed(Result result) {
        assertThat(result.exit()).as(result.out() + result.err()).isZero();
    }

    private record FaultAt(int index, boolean afterwards) implements StepFault {
        @Override
        public void before(int step, Step taken) throws DriverException {
            fail(step, !afterwards);
        }

        @Override
        public void after(int step, Step taken) throws DriverException {
            fail(step, afterwards);
        }

        private void fail(int step, boolean now) throws DriverException {
            if (step == index && now) {
                throw new DriverException("failed", "on purpose", "");
            }
        }
    }
}
