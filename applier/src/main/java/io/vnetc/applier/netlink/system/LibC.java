// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.netlink.system;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import java.nio.ByteBuffer;

/**
 * The few functions of the C library that are called, mapped directly. Buffers are direct: the kernel then reads and
 * writes them without a copy.
 *
 * <p>Touching this class loads JNA, which takes some 80 ms: nothing but {@link Descriptor}, {@link ProcessImage} and
 * {@link NetworkNamespaces} does, and only when a system call is made. Sizes are declared as {@code long}, which is right on 64-bit machines only.
 */
final class LibC {
    static {
        if (Native.SIZE_T_SIZE != Long.BYTES) {
            throw new UnsupportedOperationException(
                    "vnetc needs a 64-bit machine: here size_t has " + Native.SIZE_T_SIZE + " bytes");
        }
        Native.register(LibC.class, NativeLibrary.getProcess());
    }

    private LibC() {}

    static native int socket(int domain, int type, int protocol);

    static native int bind(int descriptor, ByteBuffer address, int addressLength);

    static native int getsockname(int descriptor, ByteBuffer address, ByteBuffer addressLength);

    static native int getsockopt(int descriptor, int level, int name, ByteBuffer value, ByteBuffer valueLength);

    static native int setsockopt(int descriptor, int level, int name, ByteBuffer value, int valueLength);

    static native long sendto(
            int descriptor, ByteBuffer data, long length, int flags, ByteBuffer address, int addressLength);

    static native long recvfrom(
            int descriptor, ByteBuffer data, long length, int flags, ByteBuffer address, ByteBuffer addressLength);

    static native int open(ByteBuffer path, int flags, int mode);

    static native int ioctl(int descriptor, long request, ByteBuffer argument);

    static native int ioctl(int descriptor, long request, long argument);

    static native int fcntl(int descriptor, int command, long argument);

    static native int setns(int descriptor, int namespaceType);

    static native int close(int descriptor);

    static native int dup2(int descriptor, int number);

    static native int sigprocmask(int how, ByteBuffer signals, ByteBuffer former);

    static native int execvp(ByteBuffer program, ByteBuffer words);

    /** The error of this thread's last call: ask only after a call that failed. */
    static Errno errno() {
        return new Errno(Native.getLastError());
    }
}
