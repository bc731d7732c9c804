// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.state;

import io.vnetc.dsl.value.SocketPath;
import java.util.Optional;

/**
 * A guest that listens for commands, so it runs.
 *
 * @param socket on which it does
 * @param silence why nothing can be known of it, where it does not answer as it should
 * @param room how many more cards can be plugged into it while it runs
 */
public record RunningGuest(SocketPath socket, Optional<String> silence, int room) {
    public RunningGuest {
        if (room < 0) {
            throw new IllegalArgumentException("room for fewer than no cards: " + room);
        }
    }

    /** Whether it takes commands. */
    public boolean answers() {
        return silence.isEmpty();
    }
}
