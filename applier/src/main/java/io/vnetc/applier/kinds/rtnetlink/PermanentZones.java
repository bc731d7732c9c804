// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.kinds.rtnetlink;

import io.vnetc.applier.kinds.DriverException;
import io.vnetc.compiler.libvirt.xml.XmlElement;
import io.vnetc.compiler.libvirt.xml.XmlException;
import io.vnetc.compiler.libvirt.xml.XmlReader;
import io.vnetc.dsl.source.SourceFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Which links somebody put in zones of firewalld for good: its files (firewalld.zone(5)), for over D-Bus it has to be
 * asked for each link.
 */
final class PermanentZones {
    private static final Path FOLDER = Path.of("/etc/firewalld/zones");
    private static final String SUFFIX = ".xml";
    /** A zone may have a folder, whose files are parts of it. */
    private static final int DEPTH = 2;

    private PermanentZones() {}

    /** Zones by links, whose names may end in {@code +}. */
    static SortedMap<String, String> read() throws DriverException {
        SortedMap<String, String> zones = new TreeMap<>();
        if (!Files.isDirectory(FOLDER)) {
            return zones;
        }
        try (Stream<Path> found = Files.walk(FOLDER, DEPTH)) {
            List<Path> files = found.filter(path -> path.toString().endsWith(SUFFIX) && Files.isRegularFile(path))
                    .sorted()
                    .toList();
            for (Path file : files) {
                links(file).forEach(link -> zones.put(link, zone(file)));
            }
        } catch (IOException e) {
            throw new DriverException("cannot read the zones of firewalld", e.toString(), "", e);
        }
        return zones;
    }

    private static String zone(Path file) {
        String name = FOLDER.relativize(file).getName(0).toString();
        return name.endsWith(SUFFIX) ? name.substring(0, name.length() - SUFFIX.length()) : name;
    }

    private static List<String> links(Path file) throws IOException {
        String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        try {
            return XmlReader.read(new SourceFile(file.toString(), text)).elements("interface").stream()
                    .flatMap((XmlElement link) -> link.value("name").stream())
                    .toList();
        } catch (XmlException e) {
            // firewalld leaves out what it cannot read.
            return List.of();
        }
    }
}
