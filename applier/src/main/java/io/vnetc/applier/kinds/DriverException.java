// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.kinds;

import java.util.Optional;

/** The host did not do, or did not show, what was asked. */
public final class DriverException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String what;
    private final String words;
    private final String remedy;

    /**
     * A failure.
     *
     * @param what was tried, with the name of the thing, as "cannot make the bridge vbr-office"
     * @param words of the kernel or the program, as they came
     * @param remedy what to do, as a sentence; empty where nobody knows
     */
    public DriverException(String what, String words, String remedy) {
        super(words.isEmpty() ? what : what + ": " + words);
        this.what = what;
        this.words = words;
        this.remedy = remedy;
    }

    public DriverException(String what, String words, String remedy, Throwable cause) {
        this(what, words, remedy);
        initCause(cause);
    }

    public String what() {
        return what;
    }

    public String words() {
        return words;
    }

    public Optional<String> remedy() {
        return remedy.isEmpty() ? Optional.empty() : Optional.of(remedy);
    }
}
