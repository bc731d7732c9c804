// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.lab;

import io.vnetc.compiler.model.QemuVersion;
import java.nio.file.Path;
import java.util.List;

/**
 * A QEMU that runs guests.
 *
 * @param command its program, and what it has to be told to find its files
 * @param version that its guests' host declares
 */
public record Qemu(List<String> command, QemuVersion version) {
    /** The one that is installed: of Debian 12, 7.2. */
    public static final Qemu INSTALLED = new Qemu(List.of("qemu-system-x86_64"), QemuVersion.DEFAULT);

    public Qemu {
        command = List.copyOf(command);
    }

    /** The one of the release's backports, unpacked and kept (see {@link LabCache}): 10.0 in those of Debian 12. */
    public static Qemu ofBackports() {
        Path folder = LabCache.made("make-qemu");
        return new Qemu(
                List.of(
                        folder.resolve("usr/bin/qemu-system-x86_64").toString(),
                        "-L",
                        folder.resolve("usr/share/qemu").toString(),
                        "-L",
                        "/usr/share/seabios"),
                new QemuVersion(10, 0, 0));
    }

    @Override
    public String toString() {
        return "QEMU " + version;
    }
}
