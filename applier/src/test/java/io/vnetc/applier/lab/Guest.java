// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.lab;

import io.vnetc.applier.testing.NetworkNamespace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A virtual machine in a network namespace, emulated by QEMU, which brings its NICs up and asks for a lease on each of
 * them. It boots while the test goes on: the first thing that is asked of it waits until it is ready. {@link #close}
 * kills it.
 *
 * <pre>{@code
 * try (Guest web = Guest.boot(host, argumentsThatVnetcPrinted)) {
 *     Lease lease = web.awaitLease();
 *     web.exec("ping -c 1 -w 5 " + lease.router());
 * }
 * }</pre>
 */
public final class Guest implements AutoCloseable {
    private static final Duration BOOT = Duration.ofSeconds(60);
    private static final Duration LEASE = Duration.ofSeconds(30);
    private static final Duration COMMAND = Duration.ofSeconds(20);
    /** How much later than the guest the host gives up: a busy host runs a guest slowly. */
    private static final Duration GRACE = Duration.ofSeconds(15);

    private static final int CONSOLE_LINES = 60;

    private final Path folder;
    private final Process qemu;
    private final GuestLine line;
    private final Thread atExit;
    private long requests;

    private Guest(Path folder, Process qemu) {
        this.folder = folder;
        this.qemu = qemu;
        this.line = GuestLine.of(qemu);
        // A JVM that is ended in the middle of a test leaves no machine behind.
        this.atExit = new Thread(qemu::destroyForcibly);
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    /**
     * What a command in the guest came to.
     *
     * @param status its exit status; 143 if it was ended because it took too long
     * @param text its stdout and stderr, as they came
     */
    public record Output(int status, String text) {}

    /**
     * Starts a guest.
     *
     * @param host where QEMU runs, and where its taps are
     * @param arguments QEMU's arguments for the NICs, passed on as they are, one element each
     * @throws AssertionError if there is no image to boot
     */
    public static Guest boot(NetworkNamespace host, List<String> arguments) {
        return bootBehind(List.of("ip", "netns", "exec", host.name()), arguments);
    }

    /** Starts a guest as {@link #boot} does, by a command that becomes the program whose words come after its own. */
    public static Guest bootBehind(List<String> starter, List<String> arguments) {
        return boot(starter, Qemu.INSTALLED, GuestImage.cached(), arguments);
    }

    /** Starts a guest as {@link #boot} does, of another image and by another QEMU. */
    public static Guest boot(NetworkNamespace host, Qemu qemu, GuestImage image, List<String> arguments) {
        return boot(List.of("ip", "netns", "exec", host.name()), qemu, image, arguments);
    }

    private static Guest boot(List<String> starter, Qemu program, GuestImage image, List<String> arguments) {
        try {
            Path folder = Files.createTempDirectory("vnetc-guest");
            List<String> command = new ArrayList<>(starter);
            command.addAll(program.command());
            command.addAll(List.of("-accel", "tcg", "-machine", "q35"));
            command.addAll(List.of("-nodefaults", "-no-user-config", "-display", "none", "-no-reboot"));
            command.addAll(List.of("-m", "192"));
            command.addAll(List.of("-serial", "file:" + folder.resolve("console")));
            command.addAll(List.of("-serial", "stdio"));
            command.addAll(List.of("-kernel", image.kernel().toString()));
            command.addAll(List.of("-initrd", image.initrd().toString()));
            // On a busy machine the check would find the timer late, and leave the guest with one that stops.
            command.addAll(List.of("-append", "console=ttyS0 quiet panic=-1 no_timer_check"));
            command.addAll(arguments);
            Process qemu = new ProcessBuilder(command)
                    .redirectError(folder.resolve("messages").toFile())
                    .start();
            return new Guest(folder, qemu);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start QEMU", e);
        }
    }

    /** Waits until the guest takes commands. */
    public void awaitReady() {
        if (!line.awaitReady(BOOT)) {
            throw failure("the guest was not ready within %d s".formatted(BOOT.toSeconds()));
        }
    }

    /** Runs a shell command in the guest, for at most 20 seconds. It has no input. */
    public Output run(String command) {
        return run(command, COMMAND);
    }

    /** Runs a shell command in the guest, which ends it after a time. */
    public synchronized Output run(String command, Duration atMost) {
        awaitReady();
        requests++;
        String encoded = Base64.getEncoder().encodeToString(command.getBytes(StandardCharsets.UTF_8));
        line.send("%d %d %s".formatted(requests, Math.max(1, atMost.toSeconds()), encoded));
        return line.awaitAnswer(requests, atMost.plus(GRACE))
                .map(answer -> new Output(answer.status(), answer.text()))
                .orElseThrow(() -> failure("the guest gave no answer to '%s'".formatted(command)));
    }

    /** Runs a shell command in the guest that has to succeed, and returns what it wrote. */
    public String exec(String command) {
        Output output = run(command);
        if (output.status() != 0) {
            throw failure(
                    "in the guest '%s' ended with status %d:%n%s".formatted(command, output.status(), output.text()));
        }
        return output.text();
    }

    /** Waits for the lease of the first NIC. */
    public Lease awaitLease() {
        return awaitLease("eth0");
    }

    /**
     * Waits until a DHCPv4 lease was applied to a NIC.
     *
     * @param nic the guest's name for it: {@code eth0}, {@code eth1}, … in the order of QEMU's arguments
     */
    public Lease awaitLease(String nic) {
        return awaitLease(nic, LEASE);
    }

    Lease awaitLease(String nic, Duration atMost) {
        String file = "/run/lease." + nic;
        Output output = run("while ! [ -e %s ]; do usleep 50000; done; cat %s".formatted(file, file), atMost);
        if (output.status() != 0) {
            String state = run("ip address; cat /run/udhcpc.*").text();
            throw failure("no lease for %s of the guest within %d s:%n%s".formatted(nic, atMost.toSeconds(), state));
        }
        return Lease.parse(output.text());
    }

    /** The process that runs it. */
    public ProcessHandle process() {
        return qemu.toHandle();
    }

    /** What the guest's kernel and its init wrote, and what QEMU itself said: for messages of failed tests. */
    public String log() {
        return "--- QEMU%n%s--- console%n%s".formatted(read("messages"), read("console"));
    }

    @Override
    public void close() {
        Runtime.getRuntime().removeShutdownHook(atExit);
        qemu.destroyForcibly();
        awaitEnd();
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove " + folder, e);
        }
    }

    private AssertionError failure(String what) {
        if (line.isDead()) {
            awaitEnd();
        }
        String fate = qemu.isAlive() ? "" : "%nQEMU ended with status %d".formatted(qemu.exitValue());
        return new AssertionError("%s%s%n%s".formatted(what, fate, log()));
    }

    private void awaitEnd() {
        try {
            qemu.waitFor(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String read(String file) {
        try {
            List<String> lines = new String(Files.readAllBytes(folder.resolve(file)), StandardCharsets.ISO_8859_1)
                    .lines()
                    .toList();
            return String.join("\n", lines.subList(Math.max(0, lines.size() - CONSOLE_LINES), lines.size())) + "\n";
        } catch (IOException e) {
            return "(cannot be read: %s)%n".formatted(e.getMessage());
        }
    }
}
