// SPDX-License-Identifier: Apache-2.0
package io.vnetc.dsl.source;

import java.io.IOException;

/** A path, or a symbolic link on it, leads out of the tree. */
public final class LeavesTreeException extends IOException {
    private static final long serialVersionUID = 1L;

    public LeavesTreeException(String path) {
        super(path);
    }
}
