// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Programs that read what the compiler writes: the judges of its output. */
public final class Program {
    private Program() {}

    /** What a program left behind: both of its streams in one text, and its exit code. */
    public record Outcome(int exitCode, String output) {}

    /** Runs a program, with {@code input} on its standard input. */
    public static Outcome run(String input, String... command) {
        try {
            Path file = Files.createTempFile("vnetc-test", ".in");
            try {
                Files.writeString(file, input);
                Process process = new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectInput(file.toFile())
                        .start();
                String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                if (!process.waitFor(60, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                    throw new IllegalStateException(command[0] + " does not end");
                }
                return new Outcome(process.exitValue(), output);
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Runs a line of shell as root of a user and network namespace of its own. */
    public static Outcome runInNamespace(String input, String shell, String... arguments) {
        List<String> command =
                new ArrayList<>(List.of("unshare", "--user", "--map-root-user", "--net", "sh", "-euc", shell, "sh"));
        command.addAll(List.of(arguments));
        return run(input, command.toArray(String[]::new));
    }
}
