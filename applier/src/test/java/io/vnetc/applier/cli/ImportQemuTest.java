// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.vnetc.applier.cli.CommandRunner.Result;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code vnetc import qemu}, from wherever the command line comes. */
final class ImportQemuTest {
    private static final String ARGUMENTS =
            "-nodefaults -name web -netdev user,id=n -device e1000e,netdev=n,id=eth0,mac=52:54:00:00:00:01";

    private static final String SOURCE = """
            vm web {
              nic eth0 {
                user
                mac 52:54:00:00:00:01
                device e1000e
              }
            }
            """;

    @TempDir
    private Path folder;

    private CommandRunner vnetc;

    @BeforeEach
    void runner() {
        vnetc = new CommandRunner(folder);
    }

    @Test
    void reads_a_script() throws Exception {
        vnetc.write("start.sh", "#!/bin/sh\nexec qemu-system-x86_64 \\\n  " + ARGUMENTS + "\n");
        assertThat(vnetc.run("import", "qemu", "start.sh")).isEqualTo(new Result(0, SOURCE, ""));
    }

    @Test
    void reads_the_standard_input() {
        assertThat(vnetc.atTerminal("qemu-system-x86_64 " + ARGUMENTS + "\n").run("import", "qemu", "-"))
                .isEqualTo(new Result(0, SOURCE, ""));
    }

    @Test
    void reads_a_command_line_after_two_dashes() {
        assertThat(vnetc.run(("import qemu -- qemu-system-x86_64 " + ARGUMENTS).split(" ")))
                .isEqualTo(new Result(0, SOURCE, ""));
        assertThat(vnetc.run(("import qemu --lenient -- " + ARGUMENTS).split(" "))
                        .out())
                .isEqualTo(SOURCE);
    }

    @Test
    void reads_several_at_once_and_joins_them() throws Exception {
        vnetc.write(
                "a.sh",
                "kvm -name a -netdev socket,id=n,udp=127.0.0.1:5001,localaddr=127.0.0.1:5002"
                        + " -device e1000,netdev=n,id=x,mac=52:54:00:00:00:01");
        Result joined = vnetc.run(("import qemu a.sh -- qemu-system-x86_64 -name b"
                        + " -netdev socket,id=n,udp=127.0.0.1:5002,localaddr=127.0.0.1:5001"
                        + " -device e1000,netdev=n,id=y,mac=52:54:00:00:00:02")
                .split(" "));
        assertThat(joined.exit()).isZero();
        assertThat(joined.out()).contains("link a.x <-> b.y over udp {");
    }

    @Test
    void reads_what_runs() throws Exception {
        Process qemu = new ProcessBuilder(
                        ("qemu-system-x86_64 -S -machine q35 -accel tcg -m 32 -display none -serial none " + ARGUMENTS)
                                .split(" "))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            Result running = vnetc.run("import", "qemu", "--pid", Long.toString(qemu.pid()));
            assertThat(running).isEqualTo(new Result(0, SOURCE, ""));
        } finally {
            qemu.destroyForcibly();
            assertThat(qemu.waitFor(20, TimeUnit.SECONDS)).isTrue();
        }
        Result ended = vnetc.run("import", "qemu", "--pid", Long.toString(qemu.pid()));
        assertThat(ended.exit()).isEqualTo(1);
        assertThat(ended.err()).contains("there is no process " + qemu.pid());
    }

    @Test
    void says_where_something_has_no_equal() throws Exception {
        vnetc.write("start.sh", "kvm -name a \\\n  -nic vde,mac=52:54:00:00:00:01\n");
        Result strict = vnetc.run("import", "qemu", "start.sh");
        assertThat(strict.exit()).isEqualTo(3);
        assertThat(strict.out()).isEmpty();
        assertThat(strict.err())
                .contains("start.sh:2:8: error[VN1805]: `-nic vde` has no equal")
                .contains("^^^");
        Result lenient = vnetc.run("import", "qemu", "--lenient", "start.sh");
        assertThat(lenient.exit()).isZero();
        assertThat(lenient.out()).contains("// not translated: -nic vde (start.sh:2:8)");
    }

    @Test
    void refuses_what_it_cannot_read() throws Exception {
        assertThat(vnetc.run("import", "qemu").exit()).isEqualTo(64);
        vnetc.write("start.sh", "echo hello");
        Result none = vnetc.run("import", "qemu", "start.sh");
        assertThat(none.exit()).isEqualTo(3);
        assertThat(none.err()).contains("there is no command line of QEMU in it");
    }
}
