// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.cli;

import java.util.Optional;

/** What a command says on stderr. */
final class Messages {
    private final Io io;
    private final Paint paint;

    Messages(Io io, Color color) {
        this.io = io;
        this.paint = new Paint(color.isOn(io, Io.ERR));
    }

    Paint paint() {
        return paint;
    }

    void error(String message, Optional<String> remedy) {
        io.err().println(paint.bold("vnetc: ") + paint.red("error: ") + message);
        remedy.ifPresent(this::hint);
    }

    void warning(String message) {
        io.err().println(paint.bold("vnetc: ") + paint.yellow("warning: ") + message);
    }

    void note(String message) {
        io.err().println(message);
    }

    private void hint(String remedy) {
        io.err().println(paint.dim("  hint: ") + remedy);
    }
}
