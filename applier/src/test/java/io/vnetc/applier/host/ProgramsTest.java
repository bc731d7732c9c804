// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vnetc.applier.host.Programs.Call;
import io.vnetc.applier.host.Programs.Result;
import io.vnetc.applier.kinds.DriverException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Running other people's programs. */
final class ProgramsTest {
    private final Programs programs = new Programs();

    @Test
    void hands_over_arguments_as_they_are_and_an_empty_environment() throws DriverException {
        assertThat(programs.run(Call.of("printf", "<%s>", "a b", "$HOME;`id`")).stdout())
                .isEqualTo("<a b><$HOME;`id`>");
        assertThat(programs.run(Call.of("env")).stdout()).isEqualTo("LC_ALL=C\n");
    }

    @Test
    void feeds_and_reads_more_than_a_pipe_holds() throws DriverException {
        String text = "0123456789abcdef".repeat(1 << 16);
        assertThat(programs.run(Call.of("cat").withInput(text)).stdout()).isEqualTo(text);
    }

    @Test
    void a_program_that_does_not_read_is_no_failure() throws DriverException {
        assertThat(programs.run(Call.of("true").withInput("x".repeat(1 << 20))).exitCode())
                .isZero();
    }

    @Test
    void keeps_exit_code_and_stderr() throws DriverException {
        Result result = programs.run(Call.of("sh", "-c", "echo out; echo err >&2; exit 3"));
        assertThat(result).isEqualTo(new Result(3, "out\n", "err\n"));
        assertThatThrownBy(() -> programs.succeed(
                        Call.of("sh", "-c", "echo no such chain >&2; exit 3"), "cannot write the rules"))
                .isInstanceOf(DriverException.class)
                .hasMessage("cannot write the rules: sh: exit 3: no such chain");
    }

    @Test
    void a_daemon_that_keeps_the_pipes_is_not_waited_for() throws DriverException {
        assertThat(programs.run(Call.of("sh", "-c", "sleep 20 & echo started")).stdout())
                .isEqualTo("started\n");
    }

    @Test
    void a_program_that_takes_too_long_is_killed() {
        Call sleep = Call.of("sleep", "600").withPatience(Duration.ofMillis(200));
        assertThatThrownBy(() -> programs.run(sleep))
                .hasMessageContaining("still running")
                .hasMessageContaining("killed");
    }

    @Test
    void looks_in_its_directories_only() {
        assertThat(programs.find("sh")).isPresent();
        assertThat(new Programs(List.of(Path.of("/nonexistent"))).find("sh")).isEmpty();
        assertThatThrownBy(() -> programs.find("../bin/sh")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> programs.run(Call.of("no-such-program")))
                .hasMessage("cannot run no-such-program: there is no such program");
    }
}
