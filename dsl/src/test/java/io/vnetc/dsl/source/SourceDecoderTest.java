// SPDX-License-Identifier: Apache-2.0
package io.vnetc.dsl.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.vnetc.dsl.diagnostic.Diagnostic;
import io.vnetc.dsl.diagnostic.DiagnosticCode;
import io.vnetc.dsl.diagnostic.Diagnostics;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SourceDecoderTest {
    private final Diagnostics diagnostics = new Diagnostics();

    private Optional<SourceFile> decode(byte[] bytes) {
        return SourceDecoder.decode("a.vnet", bytes, diagnostics);
    }

    private Optional<SourceFile> decode(String text) {
        return decode(text.getBytes(StandardCharsets.UTF_8));
    }

    private Diagnostic only() {
        assertThat(diagnostics.all()).hasSize(1);
        return diagnostics.all().get(0);
    }

    @Test
    void takesUtf8WithTabsAndAnyLineEnd() {
        assertThat(decode("\tnetz \u00fc \ud83d\ude00\r\nzwei\n").orElseThrow().text())
                .isEqualTo("\tnetz \u00fc \ud83d\ude00\r\nzwei\n");
    }

    @Test
    void dropsAByteOrderMark() {
        assertThat(decode("\ufefflet").orElseThrow().text()).isEqualTo("let");
    }

    @Test
    void saysWhichByteIsNotUtf8AndWhere() {
        assertThat(decode(new byte[] {'a', '\n', 'b', (byte) 0xe4, 'c'})).isEmpty();
        assertThat(only().message()).isEqualTo("the file is not UTF-8: byte 4 is 0xe4");
        assertThat(only().range()).hasToString("a.vnet:2:2");
    }

    @Test
    void refusesOverlongFormsAndSurrogates() {
        assertThat(decode(new byte[] {(byte) 0xc0, (byte) 0xaf})).isEmpty();
        assertThat(decode(new byte[] {(byte) 0xed, (byte) 0xa0, (byte) 0x80})).isEmpty();
        assertThat(decode(new byte[] {'a', (byte) 0xe2, (byte) 0x82})).isEmpty();
        assertThat(diagnostics.all()).allMatch(each -> each.code() == DiagnosticCode.NOT_UTF8);
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                0x00, 0x01, 0x07, 0x08, 0x0b, 0x0c, 0x1b, 0x1f, 0x7f, 0x80, 0x85, 0x9b, 0x9f, 0x202a, 0x202e, 0x2066,
                0x2069, 0x2028, 0xfeff, 0xfffe, 0xffff
            })
    void refusesCharactersThatHideOrReorder(int c) {
        assertThat(decode("// a" + (char) c + "b")).isEmpty();
        assertThat(only().code()).isEqualTo(DiagnosticCode.CONTROL_CHARACTER);
        assertThat(only().range()).hasToString("a.vnet:1:5");
    }

    @Test
    void refusesMoreThanFourMebibytes() {
        assertThat(decode(" ".repeat(SourceDecoder.MOST_BYTES))).isPresent();
        assertThat(decode(" ".repeat(SourceDecoder.MOST_BYTES + 1))).isEmpty();
        assertThat(only().code()).isEqualTo(DiagnosticCode.FILE_TOO_LARGE);
    }
}
