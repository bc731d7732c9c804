// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.qemu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vnetc.applier.kinds.DriverException;
import io.vnetc.compiler.model.QemuVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Programs that are asked for their version, among them some that have none or never end. */
final class QemuProgramTest {
    @TempDir
    Path folder;

    @Test
    void the_qemu_of_this_machine_says_its_own() throws Exception {
        QemuVersion version = new QemuProgram("qemu-system-x86_64").askVersion();

        assertThat(version).isGreaterThanOrEqualTo(QemuVersion.DEFAULT);
    }

    @ParameterizedTest
    @CsvSource({
        "echo 'QEMU emulator version 8.2.1',8.2.1",
        "echo 'QEMU emulator version 8.2.1 (Debian 1:8.2.1+ds-1)'; echo 'Copyright',8.2.1",
        "echo 'QEMU emulator version 9.0.50 (v9.0.0-123-gabcdef-dirty)',9.0.50",
        "echo 'QEMU emulator version 10.0.0 (qemu-kvm-10.0.0-5.el10)'; exec yes,10.0.0",
        "echo 'QEMU emulator version 8.2.1'; exec sleep 60,8.2.1"
    })
    void its_first_line_has_the_version(String answer, String version) throws Exception {
        assertThat(program(answer).askVersion()).isEqualTo(QemuVersion.parse(version));
    }

    @ParameterizedTest
    @CsvSource({
        "echo 'QEMU emulator version 8',not a version",
        "echo 'QEMU emulator version 8.2.1.2',not a version",
        "echo 'QEMU emulator version 9999999999.2.1',not a version",
        "echo 'QEMU emulator version ...',not a version",
        "printf 'QEMU emulator version 8.2.1 (\\033[2J)',QEMU emulator version",
        "echo 'not QEMU emulator version 8.2.1',QEMU emulator version",
        "echo 'QEMU emulator version 8.2.1' >&2,QEMU emulator version",
        "exit 0,QEMU emulator version",
        "yes | tr -d '\\n',QEMU emulator version",
        "cat /dev/zero,QEMU emulator version"
    })
    void another_answer_is_none(String answer, String words) throws Exception {
        QemuProgram program = program(answer);

        assertThatThrownBy(program::askVersion)
                .isInstanceOf(DriverException.class)
                .hasMessageContaining(program.command())
                .hasMessageContaining(words);
    }

    @Test
    void one_that_says_nothing_is_not_waited_for_long_and_does_not_go_on() throws Exception {
        Path pid = folder.resolve("pid");
        QemuProgram program = program("echo $$ >" + pid + "; sleep 60");
        long start = System.nanoTime();

        assertThatThrownBy(program::askVersion).hasMessageContaining("no answer within");

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(30));
        ProcessHandle.of(Long.parseLong(Files.readString(pid).strip()))
                .ifPresent(process -> process.onExit().join());
    }

    @Test
    void one_that_is_not_there_cannot_be_asked() {
        assertThatThrownBy(new QemuProgram("qemu-system-nowhere")::askVersion)
                .isInstanceOf(DriverException.class)
                .hasMessageContaining("No such file or directory");
    }

    @ParameterizedTest
    @ValueSource(strings = {"qemu-system-x86_64", "/usr/bin/qemu-system-aarch64", "/usr/libexec/qemu-kvm", "kvm"})
    void a_qemu_is_known_by_its_name(String command) {
        assertThat(new QemuProgram(command).isNamedQemu()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"./start-web", "sudo", "qemu-img", "qemu-system-x86_64/run", "my-kvm", ""})
    void other_names_are_those_of_other_programs(String command) {
        assertThat(new QemuProgram(command).isNamedQemu()).isFalse();
    }

    private QemuProgram program(String script) throws IOException {
        Path file = Files.writeString(folder.resolve("qemu-system-test"), "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        return new QemuProgram(file.toString());
    }
}
