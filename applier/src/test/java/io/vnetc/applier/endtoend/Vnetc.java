// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.endtoend;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.vnetc.applier.host.Paths;
import io.vnetc.applier.testing.NetworkNamespace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The command that is shipped, run in a network namespace with a folder to work in, which every user may read.
 * {@link #close} ends the daemons that it started there and removes whatever it keeps for that namespace.
 */
final class Vnetc implements AutoCloseable {
    static final Path EXAMPLES = Path.of("../examples").toAbsolutePath().normalize();

    private static final Path DISTRIBUTION = Path.of("target/vnetc").toAbsolutePath();
    private static final long COMMAND_SECONDS = 120;

    private final NetworkNamespace namespace;
    private final Path folder;

    private Vnetc(NetworkNamespace namespace, Path folder) {
        this.namespace = namespace;
        this.folder = folder;
    }

    /** What a command left behind. */
    record Result(int exit, String out, String err) {
        JsonObject json() {
            return JsonParser.parseString(out).getAsJsonObject();
        }

        private String all() {
            return "exit %d%n%s%s".formatted(exit, out, err);
        }
    }

    static Vnetc in(NetworkNamespace namespace) {
        try {
            Path folder = Files.createTempDirectory("vnetc-endtoend");
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
            return new Vnetc(namespace, folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs {@code vnetc --netns …} with these arguments. */
    Result run(String... arguments) {
        return runBehind(List.of(), arguments);
    }

    /** The same, started by another command, as {@code unshare --mount …}. */
    Result runBehind(List<String> starter, String... arguments) {
        List<String> command = new ArrayList<>(starter);
        command.addAll(command(arguments));
        return execute(command);
    }

    /** {@code vnetc --netns …} with these arguments, for who starts it. */
    List<String> command(String... arguments) {
        List<String> command =
                new ArrayList<>(List.of(DISTRIBUTION.resolve("vnetc").toString(), "--netns", namespace.name()));
        command.addAll(List.of(arguments));
        return command;
    }

    /** Runs it with these arguments, and it has to succeed. */
    Result done(String... arguments) {
        Result result = run(arguments);
        if (result.exit() != 0) {
            throw new AssertionError("vnetc %s: %s".formatted(String.join(" ", arguments), result.all()));
        }
        return result;
    }

    /** Runs a copy that every user may read, without {@code --netns}, as whatever the starter makes of it. */
    Result runCopyBehind(List<String> starter, String... arguments) {
        Path copy = folder.resolve("vnetc");
        if (!Files.exists(copy)) {
            execute(List.of("cp", "-R", DISTRIBUTION.toString(), copy.toString()));
            execute(List.of("chmod", "-R", "a+rX", copy.toString()));
        }
        List<String> command = new ArrayList<>(starter);
        command.add(copy.resolve("vnetc").toString());
        command.addAll(List.of(arguments));
        return execute(command);
    }

    /** The steps that a command with {@code --format json} printed, by their addresses. */
    static List<String> steps(Result planned) {
        return planned.json().getAsJsonArray("steps").asList().stream()
                .map(step -> step.getAsJsonObject().get("address").getAsString())
                .toList();
    }

    /** Where it runs and writes. */
    Path folder() {
        return folder;
    }

    /** A copy of an example's source, to be changed. */
    Path copyOfExample(String name, String file) {
        try {
            return write(
                    name + "/" + file, Files.readString(EXAMPLES.resolve(name).resolve(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path write(String name, String text) {
        try {
            Path file = folder.resolve(name);
            Files.createDirectories(file.getParent());
            return Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What it keeps for this namespace. */
    Paths paths() {
        return Paths.standard(Optional.of(namespace.name()));
    }

    private Result execute(List<String> command) {
        try {
            Path out = Files.createTempFile(folder, "out", "");
            Path err = Files.createTempFile(folder, "err", "");
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectInput(Path.of("/dev/null").toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            builder.environment().put("VNETC_ARCHIVE", "off");
            builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
            builder.environment().put("HOME", folder.toString());
            Process process = builder.start();
            if (!process.waitFor(COMMAND_SECONDS, TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly().waitFor();
                throw new AssertionError("%s: still running after %d s%n%s%s"
                        .formatted(
                                String.join(" ", command),
                                COMMAND_SECONDS,
                                Files.readString(out),
                                Files.readString(err)));
            }
            Result result = new Result(process.exitValue(), Files.readString(out), Files.readString(err));
            Files.delete(out);
            Files.delete(err);
            return result;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while running " + command, e);
        }
    }

    @Override
    public void close() {
        endDaemons();
        for (Path kept : List.of(paths().run(), paths().state())) {
            remove(kept);
            // The folders that all namespaces share go as well where nothing else is in them: they were not there
            // before.
            kept.getParent().toFile().delete();
            kept.getParent().getParent().toFile().delete();
        }
        remove(folder);
    }

    /** One may start another again before its own turn comes, so until there is none. */
    private void endDaemons() {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (true) {
            List<ProcessHandle> processes = processes();
            if (processes.isEmpty()) {
                return;
            }
            if (System.nanoTime() > end) {
                throw new AssertionError("still there: " + processes);
            }
            processes.forEach(ProcessHandle::destroyForcibly);
        }
    }

    /** All that run in the namespace, but for this JVM, which has a thread there. */
    private List<ProcessHandle> processes() {
        return execute(List.of("ip", "netns", "pids", namespace.name()))
                .out()
                .lines()
                .map(line -> Long.parseLong(line.strip()))
                .filter(process -> process != ProcessHandle.current().pid())
                .flatMap(process -> ProcessHandle.of(process).stream())
                .toList();
    }

    private static void remove(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove " + folder, e);
        }
    }
}
