// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.model;

import io.vnetc.dsl.value.SocketPath;
import java.util.List;
import java.util.Optional;

/**
 * A virtual machine, as far as its network goes.
 *
 * @param name unique in the source
 * @param host that runs it; absent: whichever host reads the source
 * @param nics in source order
 * @param qmp where it listens for commands while it runs
 * @param lifecycle what becomes of it
 */
public record Guest(
        String name,
        Optional<String> host,
        List<Nic> nics,
        Optional<SocketPath> qmp,
        Lifecycle lifecycle,
        Origin origin) {
    public Guest {
        nics = List.copyOf(nics);
    }

    /** A guest that was never renamed and takes no commands, on whichever host. */
    public Guest(String name, List<Nic> nics, Origin origin) {
        this(name, Optional.empty(), nics, Optional.empty(), Lifecycle.of(name), origin);
    }

    /** The same with other cards. */
    public Guest with(List<Nic> others) {
        return new Guest(name, host, others, qmp, lifecycle, origin);
    }
}
