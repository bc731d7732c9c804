// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.finds;

import io.vnetc.compiler.qemu.importing.HostKnowledge;
import io.vnetc.dsl.value.LiteralException;
import io.vnetc.dsl.value.PciAddress;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A process of QEMU: its command line, and what the host says of what stands there. It is only looked at. */
public final class RunningQemu {
    private static final Path PROC = Path.of("/proc");
    private static final Path LINKS = Path.of("/sys/class/net");
    private static final Path PCI_DEVICES = Path.of("/sys/bus/pci/devices");
    private static final Path TUN = Path.of("/dev/net/tun");
    private static final String FIELD = "iff:";
    /** The base class of network controllers (PCI Code and ID Assignment, 1.3). */
    private static final String NETWORK_CLASS = "0x02";

    private final Path process;

    public RunningQemu(long pid) {
        this.process = PROC.resolve(Long.toString(pid));
    }

    /**
     * Its words, each of which ends with a NUL; empty of a process of the kernel.
     *
     * @throws java.nio.file.NoSuchFileException when there is no such process
     * @throws java.nio.charset.CharacterCodingException when it is not UTF-8
     */
    public String commandLine() throws IOException {
        return StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(Files.readAllBytes(process.resolve("cmdline"))))
                .toString();
    }

    /** What the host says; what may not be seen is not there. */
    public HostKnowledge host() {
        return new HostKnowledge(taps(), sharesLinks() ? bridges() : Map.of(), networkCards());
    }

    private boolean sharesLinks() {
        try {
            return Files.readSymbolicLink(process.resolve("ns/net"))
                    .equals(Files.readSymbolicLink(PROC.resolve("thread-self/ns/net")));
        } catch (IOException e) {
            return false;
        }
    }

    private Map<Integer, String> taps() {
        Map<Integer, String> taps = new HashMap<>();
        each(process.resolve("fd"), descriptor -> {
            if (Files.readSymbolicLink(descriptor).equals(TUN)) {
                Path number = descriptor.getFileName();
                tap(process.resolve("fdinfo").resolve(number))
                        .ifPresent(tap -> taps.put(Integer.parseInt(number.toString()), tap));
            }
        });
        return taps;
    }

    private static Optional<String> tap(Path information) throws IOException {
        return Files.readAllLines(information, StandardCharsets.ISO_8859_1).stream()
                .filter(line -> line.startsWith(FIELD))
                .map(line -> line.substring(FIELD.length()).strip())
                .findFirst();
    }

    private static Map<String, String> bridges() {
        Map<String, String> bridges = new HashMap<>();
        each(LINKS, link -> {
            Path master = link.resolve("master");
            if (Files.isSymbolicLink(master) && Files.isDirectory(master.resolve("bridge"))) {
                bridges.put(
                        link.getFileName().toString(),
                        Files.readSymbolicLink(master).getFileName().toString());
            }
        });
        return bridges;
    }

    private static Map<PciAddress, Boolean> networkCards() {
        Map<PciAddress, Boolean> cards = new HashMap<>();
        each(
                PCI_DEVICES,
                device -> cards.put(
                        PciAddress.parse(device.getFileName().toString()),
                        Files.readString(device.resolve("class")).startsWith(NETWORK_CLASS)));
        return cards;
    }

    /** Looks at an entry of a folder. */
    @FunctionalInterface
    private interface Look {
        void at(Path entry) throws IOException;
    }

    private static void each(Path folder, Look look) {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                tryAt(entry, look);
            }
        } catch (IOException e) {
            // There is no such folder, or it is somebody else's.
            return;
        }
    }

    private static void tryAt(Path entry, Look look) {
        try {
            look.at(entry);
        } catch (IOException | LiteralException e) {
            // It has gone, or is of a kind that this is not about.
            return;
        }
    }
}
