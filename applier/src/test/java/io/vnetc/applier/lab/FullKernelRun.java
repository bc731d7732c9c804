// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.lab;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.opentest4j.TestAbortedException;

/**
 * One boot of a full kernel, in which {@link FullKernelTests} runs; this machine's files, and so the classes, are there.
 */
final class FullKernelRun implements AutoCloseable {
    /** For all tests together. A machine that says nothing for longer has failed. */
    private static final Duration DEADLINE = Duration.ofMinutes(25);

    /** What a test may be told; it is told the same there. */
    private static final List<String> PROPERTIES = List.of("seed", "rounds", "stride");

    private final Process process;
    private final BufferedReader output;
    private final Path messages;
    private final Thread atExit;
    private Optional<Verdict> last = Optional.empty();

    private FullKernelRun(Process process, Path messages) {
        this.process = process;
        this.output = process.inputReader(UTF_8);
        this.messages = messages;
        // A JVM that is ended in the middle of a test leaves no machine behind.
        this.atExit = new Thread(this::kill);
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    /**
     * Starts it.
     *
     * @param classes simple names of those whose tests are wanted; where there is none, all are
     * @throws TestAbortedException where QEMU or the kernel cannot be had
     */
    static FullKernelRun start(List<String> classes) {
        try {
            LabCache.made("make-qemu");
            LabCache.made("make-full-kernel");
        } catch (LabCache.CannotBeHad e) {
            throw new TestAbortedException("no full kernel on this machine: " + e.getMessage(), e);
        }
        List<String> command = new ArrayList<>(List.of(
                "sh",
                Resources.script("in-full-kernel").toString(),
                LabCache.folder().toString(),
                Long.toString(DEADLINE.toSeconds()),
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Duser.language=en",
                "-Dfile.encoding=UTF-8"));
        for (String property : PROPERTIES) {
            Optional.ofNullable(System.getProperty(property))
                    .ifPresent(value -> command.add("-D%s=%s".formatted(property, value)));
        }
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), FullKernelTests.class.getName()));
        command.addAll(classes);
        try {
            Path messages = Files.createTempFile("vnetc-full-kernel", ".log");
            return new FullKernelRun(
                    new ProcessBuilder(command).redirectError(messages.toFile()).start(), messages);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot run " + command, e);
        }
    }

    /** What became of the next test, or that it begins, as soon as that is known; empty when nothing more comes. */
    Optional<Verdict> next() {
        try {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                Optional<Verdict> verdict = Verdict.read(line);
                if (verdict.isPresent()) {
                    last = verdict;
                    return verdict;
                }
                System.out.println("full kernel: " + line);
            }
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Holds that all tests had their turn.
     *
     * @throws AssertionError where the kernel or the program ended before; the message has their last words
     */
    void requireItsEnd() {
        try {
            int status = process.waitFor();
            if (status != 0) {
                throw new AssertionError("the run ended with status %d%s%n%s"
                        .formatted(
                                status,
                                last.map(verdict -> "; the last that was heard: " + verdict)
                                        .orElse(" and no test had begun"),
                                Files.readString(messages, UTF_8)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void kill() {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
    }

    @Override
    public void close() {
        Runtime.getRuntime().removeShutdownHook(atExit);
        kill();
        try {
            process.waitFor(10, TimeUnit.SECONDS);
            Files.deleteIfExists(messages);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
