// SPDX-License-Identifier: Apache-2.0
package io.vnetc.dsl.literal;

import io.vnetc.dsl.diagnostic.DiagnosticCode;
import java.util.Optional;

/** A text that is not the literal that is wanted, ready to be reported at its place. */
public final class LiteralProblem extends Exception {
    private static final long serialVersionUID = 1L;

    private final DiagnosticCode code;
    private final String hint;
    private final int from;
    private final int length;

    private LiteralProblem(DiagnosticCode code, String message, String hint, int from, int length) {
        super(message);
        this.code = code;
        this.hint = hint;
        this.from = from;
        this.length = length;
    }

    /** A problem of the whole text. */
    public static LiteralProblem of(DiagnosticCode code, String message, String hint) {
        return new LiteralProblem(code, message, hint, 0, -1);
    }

    /** The same, of a part of the text only. */
    public LiteralProblem at(int offset, int partLength) {
        return new LiteralProblem(code, getMessage(), hint, offset + from, length < 0 ? partLength : length);
    }

    public DiagnosticCode code() {
        return code;
    }

    /** What to write. */
    public Optional<String> hint() {
        return hint.isEmpty() ? Optional.empty() : Optional.of(hint);
    }

    /** Where in the text the problem begins. */
    public int from() {
        return from;
    }

    /** How long the wrong part is; negative for the whole text. */
    public int length() {
        return length;
    }
}
