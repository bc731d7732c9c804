// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.state;

import io.vnetc.compiler.model.Owner;
import io.vnetc.dsl.value.InterfaceName;
import java.util.Optional;
import java.util.Set;

/**
 * One thing on a host that can be made, changed and taken away. Implementations are records in {@code kind}, equal when
 * their canonical attributes are.
 */
public interface Resource {
    ResourceAddress address();

    /** The declaration that it belongs to; for foreign things {@link Owner#HOST}. */
    Owner owner();

    /** All that is compared, in the order in which it is shown; {@link Kind#read} makes the same resource of them. */
    Attributes attributes();

    /**
     * What somebody must hold before this can be made, and until it is gone: a tap needs the name of its bridge, whether
     * that is ours or somebody else's.
     */
    default Set<Claim> needs() {
        return Set.of();
    }

    /** What it holds that nothing else may. */
    default Set<Claim> claims() {
        return Set.of();
    }

    /** What nothing else may need while it is there: a guest that has a link to itself lets nobody else on it. */
    default Set<Claim> bars() {
        return Set.of();
    }

    /** Whether it is written on it that taking it away, or making it again, is refused. */
    default boolean isProtected() {
        return false;
    }

    /** The addresses that it puts behind a link, for kinds that do; two links of a host cannot have the same. */
    default Optional<Reach> reach() {
        return Optional.empty();
    }

    /** The guest whose QEMU has it, for what is gone with that. */
    default Optional<String> inGuest() {
        return Optional.empty();
    }

    /** Of a link, the bridge that it is a port of. */
    default Optional<InterfaceName> master() {
        return Optional.empty();
    }
}
