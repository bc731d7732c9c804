// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.resolve;

import io.vnetc.dsl.diagnostic.DiagnosticCode;
import io.vnetc.dsl.value.LiteralException;
import io.vnetc.dsl.value.SocketPath;
import java.util.Optional;
import org.eclipse.emf.ecore.EObject;

/** Paths of sockets that QEMU makes or goes to. */
final class SocketPaths {
    private SocketPaths() {}

    /** The path, where a socket can have it; what is wrong is reported at what it is of. */
    static Optional<String> read(Resolution resolution, EObject where, String text) {
        try {
            return Optional.of(new SocketPath(text).text());
        } catch (LiteralException e) {
            resolution.error(
                    DiagnosticCode.BACKEND,
                    resolution.place(where),
                    e.getMessage(),
                    e.hint().orElse("write another one"));
            return Optional.empty();
        }
    }
}
