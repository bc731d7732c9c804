// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.cli;

import java.util.Map;
import java.util.Optional;

/** Whether output is coloured. */
enum Color {
    AUTO,
    ALWAYS,
    NEVER;

    /**
     * The answer for one stream: the option, then {@code VNETC_COLOR}, {@code NO_COLOR} (no-color.org: if not empty),
     * {@code CLICOLOR_FORCE} (bixense.com/clicolors), {@code TERM=dumb}, then whether it is a terminal.
     */
    boolean isOn(Io io, int stream) {
        Map<String, String> environment = io.environment();
        Color chosen =
                this == AUTO ? of(environment.getOrDefault("VNETC_COLOR", "")).orElse(AUTO) : this;
        if (chosen != AUTO) {
            return chosen == ALWAYS;
        }
        if (!environment.getOrDefault("NO_COLOR", "").isEmpty()) {
            return false;
        }
        String forced = environment.getOrDefault("CLICOLOR_FORCE", "");
        if (!forced.isEmpty() && !forced.equals("0")) {
            return true;
        }
        return !environment.getOrDefault("TERM", "").equals("dumb")
                && io.terminals().contains(stream);
    }

    private static Optional<Color> of(String text) {
        return switch (text) {
            case "always" -> Optional.of(ALWAYS);
            case "never" -> Optional.of(NEVER);
            default -> Optional.empty();
        };
    }

    @Override
    public String toString() {
        return switch (this) {
            case AUTO -> "auto";
            case ALWAYS -> "always";
            case NEVER -> "never";
        };
    }
}
