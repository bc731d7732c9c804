// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.Reader;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** When output is coloured. */
final class ColorTest {
    @Test
    void on_a_terminal_only() {
        assertThat(Color.AUTO.isOn(io(Map.of(), Set.of(Io.OUT)), Io.OUT)).isTrue();
        assertThat(Color.AUTO.isOn(io(Map.of(), Set.of(Io.ERR)), Io.OUT)).isFalse();
        assertThat(Color.AUTO.isOn(io(Map.of("TERM", "dumb"), Set.of(Io.OUT)), Io.OUT))
                .isFalse();
    }

    @Test
    void the_option_comes_before_the_environment() {
        assertThat(Color.ALWAYS.isOn(io(Map.of("NO_COLOR", "1", "VNETC_COLOR", "never"), Set.of()), Io.OUT))
                .isTrue();
        assertThat(Color.NEVER.isOn(io(Map.of("CLICOLOR_FORCE", "1"), Set.of(Io.OUT)), Io.OUT))
                .isFalse();
    }

    @Test
    void the_environment_has_an_order() {
        Map<String, String> all = Map.of("VNETC_COLOR", "always", "NO_COLOR", "1");
        assertThat(Color.AUTO.isOn(io(all, Set.of()), Io.OUT)).isTrue();
        assertThat(Color.AUTO.isOn(io(Map.of("NO_COLOR", "1", "CLICOLOR_FORCE", "1"), Set.of(Io.OUT)), Io.OUT))
                .isFalse();
        assertThat(Color.AUTO.isOn(io(Map.of("NO_COLOR", ""), Set.of(Io.OUT)), Io.OUT))
                .isTrue();
        assertThat(Color.AUTO.isOn(io(Map.of("CLICOLOR_FORCE", "1"), Set.of()), Io.OUT))
                .isTrue();
        assertThat(Color.AUTO.isOn(io(Map.of("CLICOLOR_FORCE", "0"), Set.of()), Io.OUT))
                .isFalse();
    }

    private static Io io(Map<String, String> environment, Set<Integer> terminals) {
        return new Io(
                new BufferedReader(Reader.nullReader()), System.out, System.err, environment, Path.of("/"), terminals);
    }
}
