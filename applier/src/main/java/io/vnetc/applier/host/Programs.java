// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.host;

import io.vnetc.applier.kinds.DriverException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Runs other people's programs: by a path from a fixed list of directories, without a shell, in an environment of
 * {@code LC_ALL=C} and nothing else. A program inherits the network namespace of the calling thread.
 */
public final class Programs {
    /** Where programs are looked for, in this order; {@code PATH} is not asked. */
    public static final List<Path> DIRECTORIES =
            List.of(Path.of("/usr/sbin"), Path.of("/usr/bin"), Path.of("/sbin"), Path.of("/bin"));

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** A daemon may keep the pipes of the program that started it; what it says after that is its own business. */
    private static final long DRAIN_MILLISECONDS = 500;

    private final List<Path> directories;

    public Programs() {
        this(DIRECTORIES);
    }

    /** Looks elsewhere, as tests that play a machine without some program. */
    public Programs(List<Path> directories) {
        this.directories = List.copyOf(directories);
    }

    /**
     * A program that ended.
     *
     * @param exitCode of the program; 128 and the signal's number where one ended it
     */
    public record Result(int exitCode, String stdout, String stderr) {
        public boolean succeeded() {
            return exitCode == 0;
        }
    }

    /**
     * What to run.
     *
     * @param program name, looked for in the list of directories
     * @param stdin what it reads
     * @param patience after which it is killed, and has failed
     */
    public record Call(String program, List<String> arguments, String stdin, Duration patience) {
        public Call {
            arguments = List.copyOf(arguments);
        }

        public static Call of(String program, String... arguments) {
            return new Call(program, List.of(arguments), "", PATIENCE);
        }

        public Call withInput(String text) {
            return new Call(program, arguments, text, patience);
        }

        public Call withPatience(Duration longest) {
            return new Call(program, arguments, stdin, longest);
        }

        private String line() {
            return program + (arguments.isEmpty() ? "" : " " + String.join(" ", arguments));
        }
    }

    /** Where a program is, if it is there and may be run. */
    public Optional<Path> find(String program) {
        if (program.indexOf('/') >= 0) {
            throw new IllegalArgumentException("a name, not a path: " + program);
        }
        return directories.stream()
                .map(directory -> directory.resolve(program))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /**
     * Runs a program to its end, whatever its exit code.
     *
     * @throws DriverException when it is not there, cannot be started, or takes too long
     */
    public Result run(Call call) throws DriverException {
        Process process = start(call);
        OutputCollector stdout = OutputCollector.start(process.getInputStream());
        OutputCollector stderr = OutputCollector.start(process.getErrorStream());
        Thread feeder = daemon(() -> feed(process, call.stdin()));
        try {
            if (!process.waitFor(call.patience().toMillis(), TimeUnit.MILLISECONDS)) {
                throw new DriverException(
                        call.line(), "still running after " + call.patience().toSeconds() + " s; killed", "");
            }
            return new Result(process.exitValue(), stdout.text(), stderr.text());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DriverException(call.line(), "interrupted", "", e);
        } finally {
            process.destroyForcibly();
            feeder.interrupt();
        }
    }

    /**
     * Runs a program that has to succeed, and returns what it wrote to stdout.
     *
     * @param what was to be done, as "cannot write the rules"
     * @throws DriverException with what it wrote to stderr, when it exits with another code than 0
     */
    public String succeed(Call call, String what) throws DriverException {
        Result result = run(call);
        if (!result.succeeded()) {
            String words = result.stderr().strip();
            throw new DriverException(
                    what,
                    "%s: exit %d%s".formatted(call.program(), result.exitCode(), words.isEmpty() ? "" : ": " + words),
                    "");
        }
        return result.stdout();
    }

    private Process start(Call call) throws DriverException {
        Path path = find(call.program())
                .orElseThrow(() -> new DriverException("cannot run " + call.program(), "there is no such program", ""));
        List<String> command = new ArrayList<>(List.of(path.toString()));
        command.addAll(call.arguments());
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(Path.of("/").toFile());
        builder.environment().clear();
        builder.environment().put("LC_ALL", "C");
        try {
            return builder.start();
        } catch (IOException e) {
            throw new DriverException("cannot run " + path, e.getMessage(), "", e);
        }
    }

    private static void feed(Process process, String text) {
        try (OutputStream stdin = process.getOutputStream()) {
            stdin.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            // It ended, or closed its stdin, before it had read all: its exit code says more.
            return;
        }
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "vnetc-program");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /** What a program writes to one of its pipes. */
    private static final class OutputCollector {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private Thread thread;

        static OutputCollector start(InputStream stream) {
            OutputCollector collector = new OutputCollector();
            collector.thread = daemon(() -> collector.read(stream));
            return collector;
        }

        private void read(InputStream stream) {
            byte[] chunk = new byte[16384];
            try {
                for (int length = stream.read(chunk); length >= 0; length = stream.read(chunk)) {
                    // ByteArrayOutputStream is synchronised: text() may look while a daemon still writes.
                    bytes.write(chunk, 0, length);
                }
            } catch (IOException e) {
                // The pipe broke with the program; what came is what there is.
                return;
            }
        }

        String text() throws InterruptedException {
            thread.join(DRAIN_MILLISECONDS);
            return bytes.toString(StandardCharsets.UTF_8);
        }
    }
}
