// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A machine under a real systemd, booted in namespaces of its own and thrown away: see {@code systemd-host.sh}. */
public final class SystemdHost {
    private static final long SECONDS = 120;

    /** All that is said is in one order, and the vnetc of this build is at hand. */
    private static final String PRELUDE = """
            exec 2>&1
            vnetc() { /proof/vnetc/vnetc "$@"; }
            ip link set lo up
            """;

    private SystemdHost() {}

    /**
     * Runs a script there, which has to succeed, command by command.
     *
     * @param folder for its files, which the script finds at {@code /proof/folder}
     * @param words that the script is written in; what they say is not traced
     * @return what it said; the last line is DONE
     */
    public static String run(Path folder, String words, String script) throws IOException, InterruptedException {
        Files.writeString(folder.resolve("script"), PRELUDE + words + "set -x\n" + script + "\necho DONE\n");
        Path host = folder.resolve("systemd-host.sh");
        try (InputStream text = SystemdHost.class.getResourceAsStream("systemd-host.sh")) {
            Files.copy(text, host);
        }
        Path said = folder.resolve("words");
        Process process = new ProcessBuilder(List.of(
                        "unshare",
                        "--mount",
                        "--kill-child",
                        "sh",
                        host.toString(),
                        folder.toString(),
                        Path.of("target/vnetc").toAbsolutePath().toString(),
                        System.getProperty("java.home")))
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        try {
            assertThat(process.waitFor(SECONDS, TimeUnit.SECONDS)).as("it ends").isTrue();
        } finally {
            process.destroy();
        }
        String output = Files.readString(folder.resolve("output"));
        assertThat(process.exitValue())
                .as("%s%n%s", Files.readString(said), output)
                .isZero();
        return output;
    }
}
