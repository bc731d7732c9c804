// SPDX-License-Identifier: Apache-2.0
package io.vnetc.dsl.scoping;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SimilarTest {
    @ParameterizedTest
    @CsvSource({
        "abc, abc, 0",
        "abc, abd, 1",
        "abc, acb, 1",
        "abc, ab, 1",
        "abc, xabc, 1",
        "kitten, sitting, 3",
        "a, xyz, 3"
    })
    void countsSlips(String left, String right, int slips) {
        assertThat(Similar.slips(left, right)).isEqualTo(slips);
        assertThat(Similar.slips(right, left)).isEqualTo(slips);
    }

    @Test
    void findsTheNearestWord() {
        List<String> known = List.of("bridge", "domain", "dns", "subnet");
        assertThat(Similar.to("brigde", known)).contains("bridge");
        assertThat(Similar.to("Subnet", known)).contains("subnet");
        assertThat(Similar.to("dms", known)).contains("dns");
        assertThat(Similar.to("forward", known)).isEmpty();
        assertThat(Similar.to("x", List.of())).isEmpty();
    }
}
