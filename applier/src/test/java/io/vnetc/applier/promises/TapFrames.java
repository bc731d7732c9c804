// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.promises;

import io.vnetc.applier.testing.NetworkNamespace;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Frames that guests on taps send, and which of them arrive at whom, with which tags. */
final class TapFrames {
    private static final HexFormat HEX = HexFormat.of();
    private static final String TO_ALL = "ffffffffffff";
    private static final String FROM = "02000000000";
    private static final String TYPE = "88b5";

    private final NetworkNamespace host;
    private final List<String> taps;
    private final Map<String, List<String>> sent = new TreeMap<>();

    /** @param taps that are held while frames are sent */
    TapFrames(NetworkNamespace host, String... taps) {
        this.host = host;
        this.taps = List.of(taps);
    }

    /**
     * Has a guest send a frame to all.
     *
     * @param text of four letters, to know it by
     * @param tags outermost first, as {@code 8100.42}
     */
    TapFrames send(String tap, String text, String... tags) {
        StringBuilder frame = new StringBuilder(TO_ALL).append(FROM).append(taps.indexOf(tap) + 1);
        for (String tag : tags) {
            String[] parts = tag.split("\\.", 2);
            frame.append(parts[0]).append("%04x".formatted(Integer.parseInt(parts[1])));
        }
        frame.append(TYPE).append(HEX.formatHex(text.getBytes(StandardCharsets.US_ASCII)));
        sent.computeIfAbsent(tap, none -> new ArrayList<>()).add(frame + "00".repeat(60 - frame.length() / 2));
        return this;
    }

    /** What each guest got, sorted, as {@code 8100.42 text}; of a guest that got nothing, nothing. */
    SortedMap<String, List<String>> received() {
        List<String> command = new ArrayList<>(List.of(
                "python3", TapFrames.class.getResource("/lab/tap-frames").getPath()));
        taps.forEach(tap -> command.add(tap + "=" + String.join(",", sent.getOrDefault(tap, List.of()))));
        return host.exec(command.toArray(String[]::new))
                .lines()
                .map(line -> line.split(" ", 2))
                .collect(Collectors.groupingBy(
                        line -> line[0],
                        TreeMap::new,
                        Collectors.collectingAndThen(
                                Collectors.mapping(line -> shown(line[1]), Collectors.toList()),
                                lines -> lines.stream().sorted().toList())));
    }

    private static String shown(String frame) {
        StringBuilder tags = new StringBuilder();
        int at = 24;
        for (; !frame.startsWith(TYPE, at); at += 8) {
            tags.append(frame, at, at + 4)
                    .append('.')
                    .append(Integer.parseInt(frame.substring(at + 4, at + 8), 16) & 0xfff)
                    .append(' ');
        }
        byte[] text = HEX.parseHex(frame, at + 4, at + 12);
        return tags + new String(text, StandardCharsets.US_ASCII);
    }
}
