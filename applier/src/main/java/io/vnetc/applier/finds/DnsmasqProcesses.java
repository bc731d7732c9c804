// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.finds;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The dnsmasq processes of this network namespace that somebody else started, by the links that they serve. */
final class DnsmasqProcesses {
    private static final Path PROCESSES = Path.of("/proc");
    private static final long MOST_BYTES = 1 << 20;

    private DnsmasqProcesses() {}

    /**
     * A remark for each link that one of them serves.
     *
     * @param ours directory of the configurations that are ours
     */
    static Map<String, List<String>> remarks(Path ours) throws IOException {
        Map<String, List<String>> remarks = new TreeMap<>();
        Path namespace = PROCESSES.resolve("thread-self/ns/net");
        for (ProcessHandle process : ProcessHandle.allProcesses().toList()) {
            Path place = PROCESSES.resolve(Long.toString(process.pid()));
            List<String> words = words(place);
            if (words.isEmpty()
                    || !words.get(0).matches("(.*/)?dnsmasq")
                    || words.stream().anyMatch(word -> word.contains(ours.toString()))
                    || !Files.isSameFile(namespace, place.resolve("ns/net"))) {
                continue;
            }
            settings(words)
                    .filter(setting -> setting.startsWith("interface="))
                    .forEach(setting -> remarks.computeIfAbsent(
                                    setting.substring("interface=".length()), none -> new ArrayList<>())
                            .add("DHCP or DNS: a dnsmasq with the process id " + process.pid()));
        }
        return remarks;
    }

    /** The arguments and the lines of the configuration file, both as {@code name=value}. */
    private static Stream<String> settings(List<String> words) throws IOException {
        List<String> settings = new ArrayList<>();
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            if (word.equals("-i") && i + 1 < words.size()) {
                settings.add("interface=" + words.get(i + 1));
            } else if (word.startsWith("--conf-file=")) {
                Path file = Path.of(word.substring("--conf-file=".length()));
                if (Files.isRegularFile(file) && Files.isReadable(file) && Files.size(file) < MOST_BYTES) {
                    settings.addAll(Files.readAllLines(file, StandardCharsets.ISO_8859_1));
                }
            } else if (word.startsWith("--")) {
                settings.add(word.substring(2));
            }
        }
        return settings.stream();
    }

    /** None where the process is gone, or is the kernel's. */
    private static List<String> words(Path process) {
        try {
            byte[] line = Files.readAllBytes(process.resolve("cmdline"));
            return Arrays.stream(new String(line, StandardCharsets.ISO_8859_1).split("\0"))
                    .filter(word -> !word.isEmpty())
                    .toList();
        } catch (IOException gone) {
            return List.of();
        }
    }
}
