// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * What scripts of the lab make once and keep in {@code $XDG_CACHE_HOME/vnetc-lab}, so that only the first time needs
 * Debian's archive.
 */
final class LabCache {
    private static final long MAKE_SECONDS = 300;

    /** With which a script ends where Debian's archive does not give it what it needs. */
    private static final int CANNOT_BE_HAD = 12;

    private LabCache() {}

    /** It is not there, and this machine has no way to get it. */
    static final class CannotBeHad extends AssertionError {
        CannotBeHad(String message) {
            super(message);
        }
    }

    /**
     * The folder that a script makes, made first if need be.
     *
     * @param script that is given the cache and prints its folder
     * @throws CannotBeHad if it is not there and this machine cannot have it; the message says what is missing
     * @throws AssertionError if the script failed otherwise
     */
    static Path made(String script) {
        Path file = Resources.script(script);
        try {
            Path messages = Files.createTempFile("vnetc-lab", ".log");
            Path answer = Files.createTempFile("vnetc-lab", ".out");
            try {
                Process process = new ProcessBuilder("sh", file.toString(), folder().toString())
                        .redirectOutput(answer.toFile())
                        .redirectError(messages.toFile())
                        .start();
                boolean ended = process.waitFor(MAKE_SECONDS, TimeUnit.SECONDS);
                if (!ended) {
                    process.descendants().forEach(ProcessHandle::destroyForcibly);
                    process.destroyForcibly();
                }
                if (ended && process.exitValue() == CANNOT_BE_HAD) {
                    throw new CannotBeHad(Files.readString(messages).strip());
                }
                if (!ended || process.exitValue() != 0) {
                    throw new AssertionError("%s failed%s:%n%s"
                            .formatted(
                                    script, ended ? "" : " within " + MAKE_SECONDS + " s", Files.readString(messages)));
                }
                return Path.of(Files.readString(answer).strip());
            } finally {
                Files.deleteIfExists(messages);
                Files.deleteIfExists(answer);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot run " + file, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while " + script + " ran", e);
        }
    }

    static Path folder() {
        return Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
                .filter(home -> home.startsWith("/"))
                .map(Path::of)
                .orElseGet(() -> Path.of(System.getProperty("user.home"), ".cache"))
                .resolve("vnetc-lab");
    }
}
