// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.cli;

import io.vnetc.applier.kinds.Inquiry;
import io.vnetc.compiler.lower.Lowering;
import io.vnetc.compiler.lower.Surroundings;
import io.vnetc.compiler.model.Guest;
import io.vnetc.compiler.model.Model;
import io.vnetc.compiler.state.HostState;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/** What guests are asked for a source, which is read while the host is looked at: the look waits for it here. */
final class SourceInquiry {
    private final Optional<String> host;
    private final CompletableFuture<Optional<Model>> model = new CompletableFuture<>();

    /**
     * Of a source that is not read yet.
     *
     * @param host that was asked for
     */
    SourceInquiry(Optional<String> host) {
        this.host = host;
    }

    /** The source is read; a second word is not heard. */
    void is(Model read) {
        model.complete(Optional.of(read));
    }

    /** Whatever became of the source, nobody waits for it any longer. */
    void end() {
        model.complete(Optional.empty());
    }

    /**
     * What is asked beside what was applied.
     *
     * @param applied what this host was last made to be
     */
    Inquiry.Source beside(Optional<HostState> applied) {
        return hostName ->
                model.join().map(read -> about(read, hostName, applied)).orElse(Inquiry.NONE);
    }

    private Inquiry about(Model read, String hostName, Optional<HostState> applied) {
        boolean asks = read.guests().stream().anyMatch(guest -> guest.qmp().isPresent());
        try {
            // Cards are what they are on any host.
            HostState desired = asks
                    ? Lowering.lower(read, Source.host(read, host, hostName), Surroundings.ASSUMED)
                            .desired()
                    : HostState.EMPTY;
            return Inquiry.about(read.guests().stream().map(Guest::name).collect(Collectors.toSet()), desired, applied);
        } catch (CommandException e) {
            // The command says so itself when it comes to it.
            return Inquiry.NONE;
        }
    }
}
