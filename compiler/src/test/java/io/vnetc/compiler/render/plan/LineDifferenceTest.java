// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.render.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class LineDifferenceTest {
    @Test
    void equalLinesHaveNone() {
        assertThat(LineDifference.of(List.of("a", "b"), List.of("a", "b"))).isEmpty();
    }

    @Test
    void aChangeIsShownWithALineBeforeAndAfter() {
        assertThat(LineDifference.of(List.of("a", "b", "c", "d", "e"), List.of("a", "b", "x", "d", "e")))
                .containsExactly("@ line 2", " b", "-c", "+x", " d");
    }

    @Test
    void theFirstAndTheLastLineHaveOneNeighbour() {
        assertThat(LineDifference.of(List.of("a", "b"), List.of("x", "b"))).containsExactly("-a", "+x", " b");
        assertThat(LineDifference.of(List.of("a", "b"), List.of("a", "b", "c")))
                .containsExactly("@ line 2", " b", "+c");
    }

    @Test
    void changesNearEachOtherAreShownTogether() {
        assertThat(LineDifference.of(List.of("a", "b", "c", "d", "e"), List.of("x", "b", "c", "y", "e")))
                .containsExactly("-a", "+x", " b", " c", "-d", "+y", " e");
    }

    @Test
    void changesFarFromEachOtherAreShownApart() {
        assertThat(LineDifference.of(List.of("a", "b", "c", "d", "e", "f"), List.of("x", "b", "c", "d", "e", "y")))
                .containsExactly("-a", "+x", " b", "@ line 5", " e", "-f", "+y");
    }
}
