// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.lab;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is known of a test that runs in another machine: one line of what that machine writes.
 *
 * @param event what became of it
 * @param test its class and name
 * @param milliseconds that it took
 * @param message why it failed or was left out, else empty
 */
record Verdict(Event event, String test, long milliseconds, String message) {
    private static final Pattern LINE = Pattern.compile("@@ (\\S+) (\\d+) (\\S+) (\\S*)");

    enum Event {
        BEGUN,
        PASSED,
        FAILED,
        SKIPPED
    }

    String line() {
        return "@@ %s %d %s %s".formatted(event, milliseconds, encoded(test), encoded(message));
    }

    /** Empty where the line is something else that a test has written. */
    static Optional<Verdict> read(String line) {
        Matcher parts = LINE.matcher(line);
        return parts.matches()
                ? Optional.of(new Verdict(
                        Event.valueOf(parts.group(1)),
                        decoded(parts.group(3)),
                        Long.parseLong(parts.group(2)),
                        decoded(parts.group(4))))
                : Optional.empty();
    }

    private static String encoded(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String decoded(String text) {
        return new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT, "%s %s (%.1f s)", event.name().toLowerCase(Locale.ROOT), test, milliseconds / 1e3);
    }
}
