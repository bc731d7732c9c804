// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.render.qemu;

import io.vnetc.compiler.model.QemuVersion;

/**
 * What arguments depend on.
 *
 * @param version that they are for
 * @param vhost whether the host's kernel is to move packets where nothing is said of it: it has vhost-net
 */
public record QemuHost(QemuVersion version, boolean vhost) {
    /** One that nobody looked at. vhost is left out then: without /dev/vhost-net QEMU complains. */
    public static final QemuHost ASSUMED = new QemuHost(QemuVersion.DEFAULT, false);
}
