// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vnetc.applier.host.Lock.LockedException;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The lock between processes. */
final class LockTest {
    @TempDir
    private Path directory;

    @Test
    void another_process_is_kept_out_and_told_who_is_in() throws Exception {
        Process holder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Holder.class.getName(),
                        directory.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader words =
                new BufferedReader(new InputStreamReader(holder.getInputStream(), StandardCharsets.UTF_8))) {
            assertThat(words.readLine()).isEqualTo("taken");

            assertThatThrownBy(() -> Lock.take(Paths.below(directory), "plan").close())
                    .isInstanceOf(LockedException.class)
                    .hasMessage("locked by vnetc apply (pid %d)", holder.pid());

            // A kill gives it back: nothing is left to clean up.
            holder.destroyForcibly().waitFor();
            Lock.take(Paths.below(directory), "plan").close();
        } finally {
            holder.destroyForcibly();
        }
    }

    @Test
    void one_process_takes_it_once() throws Exception {
        try (Lock lock = Lock.take(Paths.below(directory), "apply")) {
            assertThatThrownBy(
                            () -> Lock.take(Paths.below(directory), "destroy").close())
                    .isInstanceOf(LockedException.class);
        }
        Lock.take(Paths.below(directory), "destroy").close();
    }

    @Test
    void instances_have_a_lock_each() throws Exception {
        try (Lock one = Lock.take(Paths.below(directory.resolve("one")), "apply");
                Lock other = Lock.take(Paths.below(directory.resolve("other")), "apply")) {
            assertThat(one).isNotSameAs(other);
        }
    }

    /** Takes the lock in a process of its own, says so, and waits to be killed. */
    static final class Holder {
        private Holder() {}

        public static void main(String[] arguments) throws Exception {
            try (Lock lock = Lock.take(Paths.below(Path.of(arguments[0])), "apply")) {
                System.out.println("taken");
                System.in.read();
            }
        }
    }
}
