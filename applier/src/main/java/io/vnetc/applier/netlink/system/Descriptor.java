// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.netlink.system;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * An open file or socket of this process, closed on exec. Every call names what it is for: the words of the error, should
 * the kernel refuse.
 *
 * <p>Buffers have to be direct, and the kernel is given their start whatever their position. Calls that a signal interrupts
 * are made again.
 */
public final class Descriptor implements AutoCloseable {
    /** {@code O_RDONLY} of {@code open(2)}. */
    public static final int READ_ONLY = 0;

    /** {@code O_RDWR} of {@code open(2)}. */
    public static final int READ_WRITE = 2;

    private static final int O_CLOEXEC = 0x80000;
    private static final int F_GETFD = 1;

    private final int number;
    private final AtomicBoolean open = new AtomicBoolean(true);

    private Descriptor(int number) {
        this.number = number;
    }

    /** Opens a file with {@link #READ_ONLY} or {@link #READ_WRITE}. */
    public static Descriptor open(Path path, int access) throws SystemCallException {
        byte[] bytes = path.toString().getBytes(StandardCharsets.UTF_8);
        ByteBuffer name = direct(bytes.length + 1).put(bytes).put((byte) 0);
        int result;
        do {
            result = LibC.open(name.rewind(), access | O_CLOEXEC, 0);
        } while (result < 0 && interrupted());
        return of(result, "open " + path);
    }

    /** Makes a socket in the network namespace of the calling thread. */
    static Descriptor socket(int domain, int type, int protocol, String operation) throws SystemCallException {
        return of(LibC.socket(domain, type | O_CLOEXEC, protocol), operation);
    }

    private static Descriptor of(int result, String operation) throws SystemCallException {
        return new Descriptor((int) check(result, operation));
    }

    /** A direct buffer in the machine's byte order, as every call wants it. */
    public static ByteBuffer direct(int size) {
        return ByteBuffer.allocateDirect(size).order(ByteOrder.nativeOrder());
    }

    /** {@code ioctl(2)} with a pointer to a structure. */
    public int ioctl(long request, ByteBuffer argument, String operation) throws SystemCallException {
        int result;
        do {
            result = LibC.ioctl(number(), request, argument);
        } while (result < 0 && interrupted());
        return (int) check(result, operation);
    }

    /** {@code ioctl(2)} with a number. */
    public int ioctl(long request, long argument, String operation) throws SystemCallException {
        int result;
        do {
            result = LibC.ioctl(number(), request, argument);
        } while (result < 0 && interrupted());
        return (int) check(result, operation);
    }

    /** Whether the process still has this descriptor open. */
    public boolean isOpen() {
        return open.get() && LibC.fcntl(number, F_GETFD, 0) >= 0;
    }

    /** Closes it; a second time does nothing. */
    @Override
    public void close() {
        if (open.compareAndSet(true, false)) {
            // The number is free again whatever close answers, so it is never asked twice (close(2)).
            LibC.close(number);
        }
    }

    /** The number of a device's node (makedev(3)) of which this is an open file, 0 for any other file. */
    public long device() throws IOException {
        return (Long) Files.getAttribute(Path.of("/proc/self/fd", Integer.toString(number())), "unix:rdev");
    }

    int number() {
        if (!open.get()) {
            throw new IllegalStateException("descriptor " + number + " is closed");
        }
        return number;
    }

    static boolean interrupted() {
        return LibC.errno().equals(Errno.EINTR);
    }

    static long check(long result, String operation) throws SystemCallException {
        if (result < 0) {
            throw new SystemCallException(operation, LibC.errno());
        }
        return result;
    }
}
