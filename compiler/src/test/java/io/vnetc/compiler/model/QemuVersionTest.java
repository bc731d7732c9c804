// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vnetc.dsl.value.LiteralException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class QemuVersionTest {
    @ParameterizedTest
    @CsvSource({"7.2,7.2", "7.2.0,7.2", "8.2.1,8.2.1", "10.0.94,10.0.94", "08.02,8.2"})
    void isReadAndWritten(String text, String written) {
        assertThat(QemuVersion.parse(text)).hasToString(written);
        assertThat(QemuVersion.parse(written)).isEqualTo(QemuVersion.parse(text));
    }

    @Test
    void anOlderOneComesFirst() {
        List<QemuVersion> versions = List.of("6.2", "7.2", "7.2.1", "8.0.50", "8.1", "10.0").stream()
                .map(QemuVersion::parse)
                .toList();

        assertThat(versions).isSorted();
        assertThat(versions.get(0).isBefore(QemuVersion.DEFAULT)).isTrue();
        assertThat(QemuVersion.DEFAULT.isBefore(QemuVersion.DEFAULT)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "8", "8.", ".2", "8.2.", "8.2.1.0", "-8.2", "8,2", "8.2 ", "8.2\n", "v8.2", "8.2-rc1", "1000.0",
                "٨.٢"
            })
    void anythingElseIsNone(String text) {
        assertThatThrownBy(() -> QemuVersion.parse(text)).isInstanceOf(LiteralException.class);
    }
}
