// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.qemu.importing;

import java.util.Optional;

/**
 * What a card of QEMU's can be plugged into. Two are the same only if they are one.
 *
 * @param type QEMU's word for it
 * @param id that others name it by
 */
record Backend(Settings settings, String type, Optional<String> id) {
    /** Takes its words for itself out of settings. */
    static Backend of(Settings settings) {
        return new Backend(
                settings,
                settings.take("type").map(Settings.Setting::value).orElse(""),
                settings.take("id", "name").map(Settings.Setting::value));
    }

    /** Whether it is a socket of a hub, and nothing by itself. */
    boolean isHubPort() {
        return type.equals("hubport");
    }

    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
