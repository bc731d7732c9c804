// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.cli;

import io.vnetc.compiler.kind.Kinds;
import io.vnetc.compiler.render.json.StateJson;
import io.vnetc.compiler.state.MalformedStateException;
import io.vnetc.compiler.state.ObservedHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What {@code vnetc observe} writes. */
final class ObservedFile {
    private ObservedFile() {}

    static String text(ObservedHost observed) {
        return new StateJson(Kinds.TABLE).write(observed);
    }

    static ObservedHost read(Path file) throws IOException {
        try {
            return new StateJson(Kinds.TABLE).readObserved(Files.readString(file));
        } catch (MalformedStateException e) {
            throw new MalformedStateException(file + ": " + e.getMessage());
        }
    }
}
