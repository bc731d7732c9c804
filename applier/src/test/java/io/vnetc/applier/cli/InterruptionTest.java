// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Signals to a real process. */
final class InterruptionTest {
    @Test
    void a_signal_lets_the_work_come_to_its_end_and_the_process_exits_as_if_killed() throws Exception {
        for (Case signal : List.of(new Case("TERM", 143), new Case("INT", 130))) {
            // A shell's background job, which a test run may be, would ignore SIGINT, and so would what it starts.
            Process worker = new ProcessBuilder(
                            "env",
                            "--default-signal=INT,TERM",
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            Worker.class.getName())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            try (BufferedReader words =
                    new BufferedReader(new InputStreamReader(worker.getInputStream(), StandardCharsets.UTF_8))) {
                assertThat(words.readLine()).isEqualTo("working");
                kill(signal.name, worker.pid());
                assertThat(words.readLine()).isEqualTo("told");
                assertThat(words.readLine()).isEqualTo("taken back");
                assertThat(worker.waitFor()).as(signal.name).isEqualTo(signal.exit);
            } finally {
                worker.destroyForcibly();
            }
        }
    }

    @Test
    void without_a_signal_nothing_is_asked_for() {
        try (Interruption interruption = new Interruption(() -> {})) {
            assertThat(interruption.getAsBoolean()).isFalse();
        }
    }

    private record Case(String name, int exit) {}

    private static void kill(String signal, long process) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("kill", "-" + signal, Long.toString(process))
                        .start()
                        .waitFor())
                .isZero();
    }

    /** Works until it is asked to stop. */
    static final class Worker {
        private Worker() {}

        public static void main(String[] arguments) throws InterruptedException {
            CountDownLatch told = new CountDownLatch(1);
            Runnable notice = () -> {
                System.out.println("told");
                told.countDown();
            };
            try (Interruption interruption = new Interruption(notice)) {
                System.out.println("working");
                while (!interruption.getAsBoolean()) {
                    Thread.sleep(10);
                }
                told.await();
                // A process that would not wait for its work would be gone by now.
                Thread.sleep(200);
                System.out.println("taken back");
            }
            System.exit(8);
        }
    }
}
