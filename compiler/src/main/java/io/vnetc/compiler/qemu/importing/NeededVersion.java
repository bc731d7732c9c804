// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.qemu.importing;

import io.vnetc.compiler.model.QemuVersion;
import java.util.Optional;

/** The QEMU that all that was read needs, which grows while it is read. */
final class NeededVersion {
    private QemuVersion version = QemuVersion.DEFAULT;

    void atLeast(QemuVersion needed) {
        version = version.isBefore(needed) ? needed : version;
    }

    /** Empty where the usual one will do. */
    Optional<QemuVersion> beyondUsual() {
        return version.equals(QemuVersion.DEFAULT) ? Optional.empty() : Optional.of(version);
    }
}
