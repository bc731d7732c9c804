// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.cli;

import java.util.Optional;

/** Ends a command with a message. */
final class CommandException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ExitCode exit;
    private final String remedy;

    CommandException(ExitCode exit, String message) {
        this(exit, message, "");
    }

    CommandException(ExitCode exit, String message, String remedy) {
        super(message);
        this.exit = exit;
        this.remedy = remedy;
    }

    ExitCode exit() {
        return exit;
    }

    Optional<String> remedy() {
        return remedy.isEmpty() ? Optional.empty() : Optional.of(remedy);
    }
}
