// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.netlink.system;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What this process runs. It can become another program, and stay the process it is: whoever started it waits for that
 * program then, and signals reach it.
 */
public final class ProcessImage {
    /** The first descriptor after standard input, output and error. */
    public static final int FIRST_DESCRIPTOR = 3;

    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");
    private static final String BLOCKED_SIGNALS = "SigBlk:";

    private static final int F_DUPFD_CLOEXEC = 1030;
    private static final int F_SETFD = 2;
    private static final long FD_CLOEXEC = 1;
    private static final int NONE = -1;

    private static final int SIG_SETMASK = 2;
    /** Of the C library's {@code sigset_t}, of which the kernel takes the first eight. */
    private static final int SIGNAL_SET_OCTETS = 128;

    private ProcessImage() {}

    /** The last words of this process's command line, as they came: Java has decoded its own by the locale. */
    public static List<byte[]> lastWords(int count) throws IOException {
        byte[] line = Files.readAllBytes(Path.of("/proc/self/cmdline"));
        List<byte[]> words = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < line.length; i++) {
            if (line[i] == 0) {
                words.add(Arrays.copyOfRange(line, start, i));
                start = i + 1;
            }
        }
        if (count > words.size()) {
            throw new IOException("/proc/self/cmdline has %d words, and not %d".formatted(words.size(), count));
        }
        return words.subList(words.size() - count, words.size());
    }

    /**
     * Becomes a program, with the environment and the folder of this process. It has standard input, output and error,
     * from {@link #FIRST_DESCRIPTOR} on these descriptors in their order, and no other; and signals are blocked as they
     * were when this process started. Returns only where that cannot be, and then nothing has changed.
     *
     * @param words of its command line; the first is its path, or its name, which is looked for in {@code PATH}
     * @param descriptors that it is to have
     * @return why it cannot be started
     */
    public static SystemCallException replace(List<byte[]> words, List<Descriptor> descriptors) throws IOException {
        String operation = "start " + new String(words.get(0), StandardCharsets.UTF_8);
        List<Memory> texts = words.stream().map(ProcessImage::text).toList();
        ByteBuffer line = Descriptor.direct((texts.size() + 1) * Long.BYTES);
        texts.forEach(text -> line.putLong(Pointer.nativeValue(text)));
        ByteBuffer program = texts.get(0).getByteBuffer(0, texts.get(0).size());
        ByteBuffer signals = blockedAtStart();
        ByteBuffer former = Descriptor.direct(SIGNAL_SET_OCTETS);
        int end = FIRST_DESCRIPTOR + descriptors.size();
        int[] given = new int[descriptors.size()];
        int[] hidden = new int[descriptors.size()];
        for (int i = 0; i < given.length; i++) {
            // First beyond all of the wanted numbers, then to them: neither hides another.
            given[i] = duplicate(descriptors.get(i).number(), end);
            Descriptor.check(given[i], operation);
        }
        for (int i = 0; i < hidden.length; i++) {
            hidden[i] = duplicate(FIRST_DESCRIPTOR + i, end);
        }
        closeOnExec(end);
        // The JVM has lost its own files of these numbers from here on, which it reads classes from.
        for (int i = 0; i < given.length; i++) {
            LibC.dup2(given[i], FIRST_DESCRIPTOR + i);
        }
        LibC.sigprocmask(SIG_SETMASK, signals, former);
        LibC.execvp(program, line.rewind());
        int error = LibC.errno().number();
        LibC.sigprocmask(SIG_SETMASK, former, signals);
        for (int i = 0; i < hidden.length; i++) {
            if (hidden[i] == NONE) {
                LibC.close(FIRST_DESCRIPTOR + i);
            } else {
                LibC.dup2(hidden[i], FIRST_DESCRIPTOR + i);
                LibC.close(hidden[i]);
            }
            LibC.close(given[i]);
        }
        return new SystemCallException(operation, new Errno(error));
    }

    private static int duplicate(int descriptor, int from) {
        return LibC.fcntl(descriptor, F_DUPFD_CLOEXEC, from);
    }

    private static void closeOnExec(int from) throws IOException {
        try (DirectoryStream<Path> open = Files.newDirectoryStream(DESCRIPTORS)) {
            for (Path descriptor : open) {
                int number = Integer.parseInt(descriptor.getFileName().toString());
                if (number >= from) {
                    LibC.fcntl(number, F_SETFD, FD_CLOEXEC);
                }
            }
        }
    }

    /** Of the thread that the process began with: it only waits for the JVM, which blocks more in its other threads. */
    private static ByteBuffer blockedAtStart() throws IOException {
        ByteBuffer signals = Descriptor.direct(SIGNAL_SET_OCTETS);
        for (String line : Files.readAllLines(Path.of("/proc/self/status"), StandardCharsets.ISO_8859_1)) {
            if (line.startsWith(BLOCKED_SIGNALS)) {
                signals.putLong(
                        0,
                        Long.parseUnsignedLong(
                                line.substring(BLOCKED_SIGNALS.length()).strip(), 16));
            }
        }
        return signals;
    }

    private static Memory text(byte[] octets) {
        Memory text = new Memory(octets.length + 1L);
        text.write(0, octets, 0, octets.length);
        text.setByte(octets.length, (byte) 0);
        return text;
    }
}
