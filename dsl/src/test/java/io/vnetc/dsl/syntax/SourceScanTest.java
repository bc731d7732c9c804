// SPDX-License-Identifier: Apache-2.0
package io.vnetc.dsl.syntax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.vnetc.dsl.diagnostic.Diagnostics;
import io.vnetc.dsl.source.SourceFile;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SourceScanTest {
    private static boolean passes(String text) {
        return SourceScan.passes(new SourceFile("a.vnet", text), new Diagnostics());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "mac 52:54:00:12:34:56",
                "mac fe:54:00:12:34:56",
                "subnet fd00:20:1::/64 gateway ::1 to 2001:db8::",
                "dhcp .100 .. .199 // to ::",
                "\"a // string { with \\\" brackets\"",
                "/* { ( [ \" */",
                "a.b <-> c.d",
                "nas, files",
                "10.0.0.0/8 // comment",
                "::/64// comment",
                "a < b and c >= d or e != f",
                "(a + b) * c / d % e - f"
            })
    void passesWhatTheLanguageHas(String text) {
        assertThat(passes(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "}",
                "(]",
                "\"",
                "\"a\nb\"",
                "\"a\\\nb\"",
                "/*",
                "/*/",
                "#",
                "a; b",
                "mtu: 5",
                "mtu:5",
                ":",
                "a & b",
                "not !a",
                "10.0.0.0/8// comment",
                "é",
                "😀",
                "a:",
                "$x"
            })
    void stopsWhatItHasNot(String text) {
        assertThat(passes(text)).isFalse();
    }

    @Test
    void bearsAHundredBracketsAndNoMore() {
        assertThat(passes("{".repeat(100) + "}".repeat(100))).isTrue();
        assertThat(passes("{".repeat(101) + "}".repeat(101))).isFalse();
    }

    @Test
    void isQuickWithLongLinesAndDeepNesting() {
        assertTimeoutPreemptively(Duration.ofSeconds(10), () -> {
            assertThat(passes("{}".repeat(2 << 20))).isTrue();
            assertThat(passes("(".repeat(4 << 20))).isFalse();
            assertThat(passes("\n".repeat(4 << 20))).isTrue();
            assertThat(passes("a:".repeat(2 << 20))).isFalse();
            assertThat(passes("x".repeat(4 << 20))).isFalse();
            assertThat(passes("/**/".repeat(1 << 20))).isTrue();
            assertThat(passes("a ".repeat(2 << 20))).isTrue();
        });
    }
}
