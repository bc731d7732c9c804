// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.host;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Set;

/** Keeps writers apart: one process at a time changes what an instance owns. The kernel gives it back when the process ends. */
public final class Lock implements AutoCloseable {
    private static final String NAME = "lock";
    private static final int LONGEST_OWNER = 200;
    private static final Duration PAUSE = Duration.ofMillis(20);

    private final FileChannel channel;

    private Lock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Takes the lock, without waiting.
     *
     * @param command that takes it, for whoever finds it taken
     * @throws LockedException when another process has it
     */
    public static Lock take(Paths paths, String command) throws IOException, LockedException {
        StateDirectory run = StateDirectory.prepare(paths.run());
        FileChannel channel = FileChannel.open(
                run.resolve(NAME),
                Set.of(CREATE, READ, WRITE, NOFOLLOW_LINKS),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        boolean taken = false;
        try {
            FileLock lock = tryLock(channel);
            if (lock == null) {
                throw new LockedException(owner(channel));
            }
            String owner = "vnetc %s (pid %d)%n"
                    .formatted(command, ProcessHandle.current().pid());
            channel.truncate(0).write(StandardCharsets.UTF_8.encode(owner), 0);
            taken = true;
            return new Lock(channel);
        } finally {
            if (!taken) {
                channel.close();
            }
        }
    }

    /** Takes it as {@link #take} does, and waits for whoever has it, up to so long. */
    public static Lock await(Paths paths, String command, Duration longest)
            throws IOException, LockedException, InterruptedException {
        long end = System.nanoTime() + longest.toNanos();
        while (true) {
            try {
                return take(paths, command);
            } catch (LockedException e) {
                if (System.nanoTime() - end >= 0) {
                    throw e;
                }
                Thread.sleep(PAUSE.toMillis());
            }
        }
    }

    private static FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    private static String owner(FileChannel channel) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(LONGEST_OWNER);
        channel.read(bytes, 0);
        String text = StandardCharsets.UTF_8.decode(bytes.flip()).toString().strip();
        return text.isEmpty() ? "another vnetc" : text;
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // The process is about to end, and the lock with it.
            return;
        }
    }

    /** Another process has the lock. */
    public static final class LockedException extends Exception {
        private static final long serialVersionUID = 1L;

        private final String owner;

        LockedException(String owner) {
            super("locked by " + owner);
            this.owner = owner;
        }

        /** Which, as "vnetc apply (pid 4711)". */
        public String owner() {
            return owner;
        }
    }
}
