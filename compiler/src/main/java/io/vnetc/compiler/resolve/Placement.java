// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.resolve;

import io.vnetc.dsl.vnet.Guest;
import io.vnetc.dsl.vnet.Host;
import io.vnetc.dsl.vnet.Network;
import io.vnetc.dsl.vnet.Pool;
import java.util.List;
import java.util.Optional;

/** Which host runs a network or has a pool: the one it names, else the only one, else, where none is declared, whichever reads it. */
final class Placement {
    private final List<Host> hosts;

    Placement(List<Host> hosts) {
        this.hosts = hosts;
    }

    /** Empty: the network has to say, and does not. */
    Optional<Scope> of(Network network) {
        return of(Optional.ofNullable(network.getHost()));
    }

    /** Likewise, for a pool. */
    Optional<Scope> of(Pool pool) {
        return of(Optional.ofNullable(pool.getHost()));
    }

    /** Likewise, for a guest that no network or pool says it of. */
    Optional<Scope> of(Guest guest) {
        return of(Optional.ofNullable(guest.getHost()));
    }

    private Optional<Scope> of(Optional<Host> said) {
        if (said.isPresent()) {
            return Optional.of(Scope.of(said.get().getName()));
        }
        return switch (hosts.size()) {
            case 0 -> Optional.of(Scope.ANY_HOST);
            case 1 -> Optional.of(Scope.of(hosts.get(0).getName()));
            default -> Optional.empty();
        };
    }

    /** The names of all hosts, for messages. */
    String choices() {
        return String.join(
                " or ",
                hosts.stream()
                        .map(host -> "`on " + host.getName() + "`")
                        .sorted()
                        .toList());
    }

    /**
     * What shares one kernel.
     *
     * @param host absent: whichever host reads the source
     */
    record Scope(Optional<String> host) {
        static final Scope ANY_HOST = new Scope(Optional.empty());

        static Scope of(String host) {
            return new Scope(Optional.of(host));
        }
    }
}
