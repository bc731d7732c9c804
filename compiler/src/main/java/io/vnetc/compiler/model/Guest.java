// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.model;

import java.util.List;

/**
 * A virtual machine, as far as its network goes.
 *
 * @param name unique in the source
 * @param nics in source order
 * @param lifecycle what becomes of it
 */
public record Guest(String name, List<Nic> nics, Lifecycle lifecycle, Origin origin) {
    public Guest {
        nics = List.copyOf(nics);
    }

    /** A guest that was never renamed. */
    public Guest(String name, List<Nic> nics, Origin origin) {
        this(name, nics, Lifecycle.of(name), origin);
    }

    /** The same with other cards. */
    public Guest with(List<Nic> others) {
        return new Guest(name, others, lifecycle, origin);
    }
}
