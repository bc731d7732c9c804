// SPDX-License-Identifier: Apache-2.0
package io.vnetc.dsl.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.vnetc.dsl.diagnostic.SourceRange;
import org.junit.jupiter.api.Test;

final class SourceFileTest {
    private static SourceRange range(String text, int offset, int length) {
        return new SourceFile("a.vnet", text).range(offset, length);
    }

    @Test
    void countsLinesAndColumnsFromOne() {
        assertThat(range("ab\ncd", 0, 1)).isEqualTo(new SourceRange("a.vnet", 1, 1, 1, 2));
        assertThat(range("ab\ncd", 4, 1)).isEqualTo(new SourceRange("a.vnet", 2, 2, 2, 3));
        assertThat(range("ab\ncd", 1, 3)).isEqualTo(new SourceRange("a.vnet", 1, 2, 2, 2));
    }

    @Test
    void endsALineWithLfCrLfOrCr() {
        SourceFile file = new SourceFile("a.vnet", "one\ntwo\r\nthree\rfour");
        assertThat(file.lineCount()).isEqualTo(4);
        assertThat(file.line(1)).isEqualTo("one");
        assertThat(file.line(2)).isEqualTo("two");
        assertThat(file.line(3)).isEqualTo("three");
        assertThat(file.line(4)).isEqualTo("four");
        assertThat(file.line(5)).isEmpty();
        assertThat(file.range(9, 1).line()).isEqualTo(3);
    }

    @Test
    void countsCodePointsNotChars() {
        assertThat(range("😀😀x", 4, 1)).isEqualTo(new SourceRange("a.vnet", 1, 3, 1, 4));
    }

    @Test
    void staysInsideTheText() {
        assertThat(range("ab", 7, 5)).isEqualTo(new SourceRange("a.vnet", 1, 3, 1, 3));
        assertThat(range("", 0, 1)).isEqualTo(new SourceRange("a.vnet", 1, 1, 1, 1));
    }
}
