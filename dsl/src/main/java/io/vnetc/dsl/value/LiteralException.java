// SPDX-License-Identifier: Apache-2.0
package io.vnetc.dsl.value;

import java.util.Optional;

/** A text that is not the literal it should be. The message says what is wrong with it; the hint, what to write. */
public final class LiteralException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final String hint;

    public LiteralException(String message) {
        this(message, "");
    }

    public LiteralException(String message, String hint) {
        super(message);
        this.hint = hint;
    }

    /** What to write instead, where one answer is likely. */
    public Optional<String> hint() {
        return hint.isEmpty() ? Optional.empty() : Optional.of(hint);
    }
}
