// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.kinds.rtnetlink;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Which processes have taps open: {@code /proc/PID/fdinfo} of such a descriptor has a line {@code iff:} with the tap's
 * name. It does not say of which namespace, so only processes of ours are looked at; and those that this process may look
 * into.
 */
final class TapHolders {
    private static final Path PROC = Path.of("/proc");
    private static final Path DEVICE = Path.of("/dev/net/tun");
    private static final String FIELD = "iff:";
    private static final String MACVTAP_NODE = "/tap";

    private TapHolders() {}

    /** The holders of these taps, as {@code qemu-system-x86 (pid 4711)}, of those where that can be known. */
    static Map<String, String> find(Set<String> taps) {
        Map<String, String> holders = new TreeMap<>();
        eachProcess((process, descriptor) -> {
            if (Files.readSymbolicLink(descriptor).equals(DEVICE)) {
                String tap = tap(process.resolve("fdinfo").resolve(descriptor.getFileName()));
                if (taps.contains(tap)) {
                    holders.putIfAbsent(tap, holder(process));
                }
            }
        });
        return holders;
    }

    /**
     * The holders of these devices of macvtaps, by the numbers that stat(2) has of them: a device may have several nodes,
     * and of each name may be another one in another namespace.
     */
    static Map<Long, String> ofDevices(Set<Long> devices) {
        Map<Long, String> holders = new TreeMap<>();
        eachProcess((process, descriptor) -> {
            if (Files.readSymbolicLink(descriptor).toString().contains(MACVTAP_NODE)) {
                Long device = (Long) Files.getAttribute(descriptor, "unix:rdev");
                if (devices.contains(device)) {
                    holders.putIfAbsent(device, holder(process));
                }
            }
        });
        return holders;
    }

    private static Optional<Path> namespace(Path process) {
        try {
            return Optional.of(Files.readSymbolicLink(process.resolve("ns/net")));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Looks at an open file of a process. */
    @FunctionalInterface
    private interface Look {
        void at(Path process, Path descriptor) throws IOException;
    }

    private static void eachProcess(Look look) {
        Optional<Path> namespace = namespace(PROC.resolve("thread-self"));
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[1-9]*")) {
            for (Path process : processes) {
                if (namespace.isPresent() && namespace(process).equals(namespace)) {
                    eachDescriptor(process, look);
                }
            }
        } catch (IOException e) {
            // No more can be known.
            return;
        }
    }

    private static void eachDescriptor(Path process, Look look) {
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(process.resolve("fd"))) {
            for (Path descriptor : descriptors) {
                look.at(process, descriptor);
            }
        } catch (IOException e) {
            // The process has ended, or is somebody else's.
            return;
        }
    }

    private static String holder(Path process) throws IOException {
        return command(process) + " (pid " + process.getFileName() + ")";
    }

    private static String tap(Path information) throws IOException {
        for (String line : Files.readAllLines(information, StandardCharsets.ISO_8859_1)) {
            if (line.startsWith(FIELD)) {
                return line.substring(FIELD.length()).strip();
            }
        }
        return "";
    }

    /** The name that a process gave itself: 15 octets at most, of any kind. */
    private static String command(Path process) throws IOException {
        return Files.readString(process.resolve("comm"), StandardCharsets.ISO_8859_1)
                .strip()
                .replaceAll("[^ -~]", "?");
    }
}
