// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.host;

import java.io.IOException;
import java.nio.file.Path;

/** A directory of vnetc's that somebody else could change: nothing in it is believed. */
public final class UnsafePathException extends IOException {
    private static final long serialVersionUID = 1L;

    UnsafePathException(Path path, String why) {
        super("%s %s: vnetc does not use it".formatted(path, why));
    }
}
