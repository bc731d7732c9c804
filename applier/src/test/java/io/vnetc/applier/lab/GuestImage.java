// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/**
 * What the guests of the end-to-end tests boot: a kernel of this Debian release, and a busybox that does what a test
 * tells it. It is made once by {@code lab/make-guest-image} (which set-up runs too) and kept in
 * {@code $XDG_CACHE_HOME/vnetc-lab}, so only the first time needs Debian's archive.
 *
 * @param kernel an uncompressed x86-64 kernel, which QEMU starts directly
 * @param initrd its initramfs
 */
public record GuestImage(Path kernel, Path initrd) {
    /** {@code -Dvnetc.guests=skip}: leave out, by choice, the tests that boot guests. */
    public static final String CHOICE = "vnetc.guests";

    private static final long MAKE_SECONDS = 300;

    /**
     * The image, made first if need be.
     *
     * @throws AssertionError if it is not there and cannot be made; the message says what is missing. A test that needs
     *     a guest fails then; it is skipped only where {@link #CHOICE} says so.
     */
    public static GuestImage cached() {
        Assumptions.assumeFalse(
                "skip".equals(System.getProperty(CHOICE)), "guests are left out by -D%s=skip".formatted(CHOICE));
        Path folder = make(cacheFolder());
        return new GuestImage(folder.resolve("vmlinux"), folder.resolve("initrd"));
    }

    private static Path cacheFolder() {
        return Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
                .filter(home -> home.startsWith("/"))
                .map(Path::of)
                .orElseGet(() -> Path.of(System.getProperty("user.home"), ".cache"))
                .resolve("vnetc-lab");
    }

    private static Path make(Path cache) {
        String script = Resources.script("make-guest-image").toString();
        try {
            Path messages = Files.createTempFile("vnetc-guest-image", ".log");
            Path answer = Files.createTempFile("vnetc-guest-image", ".out");
            try {
                Process process = new ProcessBuilder("sh", script, cache.toString())
                        .redirectOutput(answer.toFile())
                        .redirectError(messages.toFile())
                        .start();
                boolean ended = process.waitFor(MAKE_SECONDS, TimeUnit.SECONDS);
                if (!ended) {
                    process.descendants().forEach(ProcessHandle::destroyForcibly);
                    process.destroyForcibly();
                }
                if (!ended || process.exitValue() != 0) {
                    throw new AssertionError("the guest image could not be made%s:%n%s"
                            .formatted(ended ? "" : " within " + MAKE_SECONDS + " s", Files.readString(messages)));
                }
                return Path.of(Files.readString(answer).strip());
            } finally {
                Files.deleteIfExists(messages);
                Files.deleteIfExists(answer);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot run " + script, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the guest image was made", e);
        }
    }
}
