// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.model;

import io.vnetc.dsl.value.InterfaceName;
import io.vnetc.dsl.value.Rate;
import java.util.Optional;

/** What a guest's card is on the host. */
public sealed interface Attachment {
    /** A port of its network's bridge. */
    record Tap(InterfaceName name) implements Attachment {
        @Override
        public Optional<InterfaceName> link() {
            return Optional.of(name);
        }
    }

    /**
     * A link of its own on one of the host's.
     *
     * @param lower the host's
     */
    record Macvtap(InterfaceName name, InterfaceName lower) implements Attachment {
        @Override
        public Optional<InterfaceName> link() {
            return Optional.of(name);
        }
    }

    /**
     * A device that the guest is given whole. Its packets never pass the host's kernel: what holds for them the card sees
     * to.
     *
     * @param pool that it is of
     * @param member which
     * @param rate that it may send at
     * @param spoofCheck whether it may send with its own address only; absent: as the card's driver has it
     */
    record Function(String pool, Pool.Member member, Optional<Rate> rate, Optional<Boolean> spoofCheck)
            implements Attachment {}

    /** The link of ours that it is, where it is one. */
    default Optional<InterfaceName> link() {
        return Optional.empty();
    }
}
