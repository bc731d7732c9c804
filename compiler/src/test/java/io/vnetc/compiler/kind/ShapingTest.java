// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.kind;

import static org.assertj.core.api.Assertions.assertThat;

import io.vnetc.compiler.model.Owner;
import io.vnetc.compiler.state.Effect;
import io.vnetc.compiler.state.Effect.Severity;
import io.vnetc.dsl.value.InterfaceName;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ShapingTest {
    private static final InterfaceName BRIDGE = new InterfaceName("vbr-office");
    private static final Shaping SHAPING = new Shaping(BRIDGE, Owner.network("office"), 1, List.of(), List.of());

    @Test
    void guestsNoticeThatItIsMadeAndThatItIsTakenAway() {
        for (Effect effect : List.of(
                Shaping.KIND.effect(Optional.empty(), Optional.of(SHAPING)),
                Shaping.KIND.effect(Optional.of(SHAPING), Optional.empty()))) {
            assertThat(effect.severity()).isEqualTo(Severity.BRIEF);
            assertThat(effect.links()).containsExactly(BRIDGE);
        }
        assertThat(Shaping.KIND.effect(Optional.of(SHAPING), Optional.of(SHAPING)))
                .isEqualTo(Effect.NONE);
    }

    @Test
    void theyNoticeTheSameOfARedirect() {
        Redirect through = new Redirect(BRIDGE, Owner.network("office"), Optional.of(new InterfaceName("vi-office")));
        Redirect half = new Redirect(BRIDGE, Owner.network("office"), Optional.empty());

        for (Effect effect : List.of(
                Redirect.KIND.effect(Optional.empty(), Optional.of(through)),
                Redirect.KIND.effect(Optional.of(through), Optional.empty()))) {
            assertThat(effect.severity()).isEqualTo(Severity.BRIEF);
            assertThat(effect.links()).containsExactly(BRIDGE);
        }
        assertThat(Redirect.KIND.effect(Optional.of(half), Optional.of(through)))
                .isEqualTo(Effect.NONE);
    }
}
