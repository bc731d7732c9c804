// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.model;

import java.util.List;

/**
 * A virtual machine, as far as its network goes.
 *
 * @param name unique in the source
 * @param nics in source order
 */
public record Guest(String name, List<Nic> nics, Origin origin) {
    public Guest {
        nics = List.copyOf(nics);
    }
}
