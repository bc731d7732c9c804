// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.lab;

import io.vnetc.applier.testing.NetworkNamespace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A virtual machine with no operating system, that is not let run: its QEMU takes commands all the same. */
public final class PausedGuest implements AutoCloseable {
    private static final long START_SECONDS = 30;

    private final Process qemu;
    private final Path socket;

    private PausedGuest(Process qemu, Path socket) {
        this.qemu = qemu;
        this.socket = socket;
    }

    /**
     * Starts one, and waits until it listens.
     *
     * @param machine QEMU's type of machine, as {@code q35}
     * @param socket where it is to listen
     * @param arguments of its devices
     */
    public static PausedGuest start(NetworkNamespace host, String machine, Path socket, List<String> arguments) {
        return startBehind(List.of("ip", "netns", "exec", host.name()), machine, socket, arguments);
    }

    /** Likewise, by a command that becomes the program whose words come after its own. */
    public static PausedGuest startBehind(List<String> starter, String machine, Path socket, List<String> arguments) {
        List<String> command = new ArrayList<>(starter);
        command.add("qemu-system-x86_64");
        command.addAll(List.of("-accel", "tcg", "-machine", machine, "-m", "16", "-S"));
        command.addAll(List.of("-nodefaults", "-no-user-config", "-display", "none"));
        command.addAll(List.of("-qmp", "unix:" + socket + ",server=on,wait=off"));
        command.addAll(arguments);
        try {
            Files.deleteIfExists(socket);
            PausedGuest guest =
                    new PausedGuest(new ProcessBuilder(command).inheritIO().start(), socket);
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
            while (!listens(socket)) {
                if (!guest.qemu.isAlive() || System.nanoTime() > end) {
                    guest.close();
                    throw new AssertionError("QEMU did not start: " + command);
                }
                Thread.sleep(20);
            }
            return guest;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start QEMU", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while starting QEMU", e);
        }
    }

    /** The socket is there before anybody listens on it. */
    private static boolean listens(Path socket) {
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            return channel.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    /** Kills it: its socket stays behind. */
    public void kill() {
        qemu.destroyForcibly();
        try {
            qemu.waitFor(START_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        kill();
        try {
            Files.deleteIfExists(socket);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove " + socket, e);
        }
    }
}
