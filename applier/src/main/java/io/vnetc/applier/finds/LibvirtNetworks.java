// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.finds;

import io.vnetc.compiler.libvirt.xml.XmlElement;
import io.vnetc.compiler.libvirt.xml.XmlException;
import io.vnetc.compiler.libvirt.xml.XmlReader;
import io.vnetc.dsl.source.SourceFile;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The networks that libvirt has defined, which it keeps as a file each. */
final class LibvirtNetworks {
    static final Path FOLDER = Path.of("/etc/libvirt/qemu/networks");

    private LibvirtNetworks() {}

    /** A remark for each bridge that one of them has. */
    static Map<String, List<String>> remarks(Path folder) throws IOException {
        Map<String, List<String>> remarks = new TreeMap<>();
        if (Files.isDirectory(folder) && Files.isReadable(folder)) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.xml")) {
                for (Path file : files) {
                    read(file)
                            .ifPresent(network -> remarks.put(
                                    bridge(network),
                                    List.of("libvirt's network " + name(network)
                                            + "; to have vnetc run it: vnetc import libvirt " + file)));
                }
            }
        }
        remarks.remove("");
        return remarks;
    }

    private static Optional<XmlElement> read(Path file) throws IOException {
        if (Files.size(file) > XmlReader.MOST_CHARS) {
            return Optional.empty();
        }
        try {
            return Optional.of(XmlReader.read(new SourceFile(file.toString(), Files.readString(file))));
        } catch (XmlException notOurs) {
            return Optional.empty();
        }
    }

    private static String bridge(XmlElement network) {
        return network.element("bridge").flatMap(bridge -> bridge.value("name")).orElse("");
    }

    private static String name(XmlElement network) {
        return network.element("name").map(XmlElement::text).orElse("").strip();
    }
}
