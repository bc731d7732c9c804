// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.kinds.dnsmasq;

import io.vnetc.applier.host.HostContext;
import io.vnetc.applier.kinds.Requirement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;

/**
 * A folder of files to be given out by TFTP. dnsmasq reads them as a user of its own, so every user has to come there.
 *
 * @param path of it
 */
record FilesFolder(Path path) implements Requirement {
    @Override
    public String what() {
        return "the folder " + path + " that files are given out of, which every user may read";
    }

    @Override
    public String remedy() {
        return Files.isDirectory(path)
                ? "Let every user in: chmod o+rx " + path + ", and chmod o+x the folders above it."
                : "Make it: sudo mkdir -p " + path;
    }

    @Override
    public boolean isMet(HostContext host) {
        try {
            if (!Files.isDirectory(path)
                    || !Files.getPosixFilePermissions(path).contains(PosixFilePermission.OTHERS_READ)) {
                return false;
            }
            for (Path folder = path.toRealPath(); folder != null; folder = folder.getParent()) {
                if (!Files.getPosixFilePermissions(folder).contains(PosixFilePermission.OTHERS_EXECUTE)) {
                    return false;
                }
            }
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
