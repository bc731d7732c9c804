// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.testing;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import io.vnetc.applier.netlink.system.NetworkNamespaces;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * A network namespace of a test's own, fresh: only {@code lo}, and that down. {@link #close} kills what still runs in it
 * and removes it, and so does the end of the JVM. Needs root.
 *
 * <pre>{@code
 * try (NetworkNamespace host = NetworkNamespace.create()) {
 *     host.exec("ip", "link", "add", "br0", "type", "bridge");     // a process inside
 *     List<LinkInfo> links = host.call(() -> readLinks());         // this JVM, on a thread inside
 *     JsonElement json = host.json("ip", "-d", "-j", "link");
 * }
 * }</pre>
 */
public final class NetworkNamespace implements AutoCloseable {
    private static final long COMMAND_SECONDS = 120;

    private final String name;
    private final ExecutorService thread;
    private final Thread atExit;

    private NetworkNamespace(String name) {
        this.name = name;
        this.thread = Executors.newSingleThreadExecutor(work -> {
            Thread worker = new Thread(work, name);
            worker.setDaemon(true);
            return worker;
        });
        this.atExit = new Thread(this::remove, "remove " + name);
    }

    /** What a process that ended left behind. */
    public record Output(int exitCode, String stdout, String stderr) {}

    /** Work that gives nothing back. */
    @FunctionalInterface
    public interface Work {
        void run() throws Exception;
    }

    /** Makes a namespace {@code vnet-test-…}. */
    public static NetworkNamespace create() {
        NetworkNamespace namespace =
                new NetworkNamespace("vnet-test-" + UUID.randomUUID().toString().substring(0, 13));
        Runtime.getRuntime().addShutdownHook(namespace.atExit);
        succeed(List.of("ip", "netns", "add", namespace.name));
        namespace.run(() -> NetworkNamespaces.enter(namespace.path()));
        return namespace;
    }

    /** Its name, as {@code ip netns} knows it. */
    public String name() {
        return name;
    }

    /** The file that stands for it. */
    public Path path() {
        return Path.of("/run/netns", name);
    }

    /** Runs code on the namespace's thread, always the same one, and hands back its result, or throws what it threw. */
    public <T> T call(Callable<T> work) {
        try {
            return thread.submit(work).get();
        } catch (ExecutionException e) {
            throw sneak(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while working in " + name, e);
        }
    }

    /** Runs code on the namespace's thread, or throws what it threw. */
    public void run(Work work) {
        call(() -> {
            work.run();
            return name;
        });
    }

    /** Runs a command inside that has to succeed, and returns what it wrote to stdout. */
    public String exec(String... command) {
        return succeed(inside(command));
    }

    /** Runs a command inside that may fail. */
    public Output tryExec(String... command) {
        return execute(inside(command), "");
    }

    /** Runs a command inside with something to read on stdin; it may fail. */
    public Output tryExecWithInput(String input, String... command) {
        return execute(inside(command), input);
    }

    /** Runs a command inside that prints JSON. */
    public JsonElement json(String... command) {
        String output = exec(command);
        // iproute2 6.1 prints nothing at all where a list is empty.
        return JsonParser.parseString(output.isBlank() ? "[]" : output);
    }

    /** Starts a command inside that goes on; it is killed with the namespace. Its output is discarded. */
    public Process start(String... command) {
        try {
            return new ProcessBuilder(inside(command))
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new IllegalStateException("cannot start " + List.of(command), e);
        }
    }

    /** Joins two namespaces by a pair of veth devices, both up. */
    public void cable(String end, NetworkNamespace other, String otherEnd) {
        exec("ip", "link", "add", end, "type", "veth", "peer", "name", otherEnd, "netns", other.name);
        exec("ip", "link", "set", end, "up");
        other.exec("ip", "link", "set", otherEnd, "up");
    }

    @Override
    public void close() {
        Runtime.getRuntime().removeShutdownHook(atExit);
        remove();
    }

    private void remove() {
        thread.shutdownNow();
        if (!Files.exists(path())) {
            return;
        }
        String processes = execute(List.of("ip", "netns", "pids", name), "").stdout();
        // The JVM itself is listed as well, for the thread of this class.
        processes
                .lines()
                .map(line -> Long.parseLong(line.strip()))
                .filter(process -> process != ProcessHandle.current().pid())
                .flatMap(process -> ProcessHandle.of(process).stream())
                .forEach(ProcessHandle::destroyForcibly);
        succeed(List.of("ip", "netns", "delete", name));
    }

    private List<String> inside(String... command) {
        List<String> all = new ArrayList<>(List.of("ip", "netns", "exec", name));
        all.addAll(List.of(command));
        return all;
    }

    private static String succeed(List<String> command) {
        Output output = execute(command, "");
        if (output.exitCode() != 0) {
            throw new AssertionError("%s: exit %d: %s%s"
                    .formatted(String.join(" ", command), output.exitCode(), output.stderr(), output.stdout()));
        }
        return output.stdout();
    }

    private static Output execute(List<String> command, String input) {
        Path stdout = null;
        Path stderr = null;
        Path stdin = null;
        try {
            stdin = Files.writeString(Files.createTempFile("vnet-test", ".in"), input);
            stdout = Files.createTempFile("vnet-test", ".out");
            stderr = Files.createTempFile("vnet-test", ".err");
            Process process = new ProcessBuilder(command)
                    .redirectInput(stdin.toFile())
                    .redirectOutput(stdout.toFile())
                    .redirectError(stderr.toFile())
                    .start();
            if (!process.waitFor(COMMAND_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError(String.join(" ", command) + ": still running after " + COMMAND_SECONDS + " s");
            }
            return new Output(
                    process.exitValue(),
                    Files.readString(stdout, StandardCharsets.UTF_8),
                    Files.readString(stderr, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new IllegalStateException("cannot run " + command, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while running " + command, e);
        } finally {
            delete(stdin);
            delete(stdout);
            delete(stderr);
        }
    }

    private static void delete(Path file) {
        if (file != null) {
            file.toFile().delete();
        }
    }

    @SuppressWarnings("unchecked")
    private static <X extends Throwable> RuntimeException sneak(Throwable thrown) throws X {
        throw (X) thrown;
    }
}
