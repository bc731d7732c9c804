// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.host;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The directories of one instance.
 *
 * @param run what a restart of the machine may lose: lock, rendered files, pids
 * @param state what it must not lose: journal, ledger, leases, what was applied
 * @param config settings
 */
public record Paths(Path run, Path state, Path config) {
    public static final Path RUN = Path.of("/run/vnet");
    public static final Path STATE = Path.of("/var/lib/vnet");
    public static final Path CONFIG = Path.of("/etc/vnet");

    /** Those of the host, or of a named network namespace, which has its own. */
    public static Paths standard(Optional<String> namespace) {
        return namespace
                .map(name -> new Paths(
                        RUN.resolve("netns").resolve(name),
                        STATE.resolve("netns").resolve(name),
                        CONFIG))
                .orElseGet(() -> new Paths(RUN, STATE, CONFIG));
    }

    /** All below one directory, as tests want it. */
    public static Paths below(Path root) {
        return new Paths(root.resolve("run"), root.resolve("state"), root.resolve("config"));
    }

    /** What dnsmasq of this network reads. */
    public Path dnsmasq(String network) {
        return run.resolve("dnsmasq").resolve(network);
    }

    /** What dnsmasq of this network remembers. */
    public Path leases(String network) {
        return state.resolve("dnsmasq").resolve(network + ".leases");
    }
}
