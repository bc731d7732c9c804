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
    void guestsNoticeThatItIsTakenAwayAndNotThatItIsMade() {
        assertThat(Shaping.KIND.effect(Optional.empty(), Optional.of(SHAPING))).isEqualTo(Effect.NONE);
        Effect gone = Shaping.KIND.effect(Optional.of(SHAPING), Optional.empty());
        assertThat(gone.severity()).isEqualTo(Severity.BRIEF);
        assertThat(gone.links()).containsExactly(BRIDGE);
    }
}
