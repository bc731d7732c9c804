// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.resolve;

import io.vnetc.compiler.model.Forwarding;
import io.vnetc.compiler.model.Host;
import io.vnetc.compiler.model.HostLink;
import io.vnetc.compiler.model.Network;
import io.vnetc.compiler.model.Uplink;
import io.vnetc.dsl.diagnostic.DiagnosticCode;
import io.vnetc.dsl.diagnostic.SourceRange;
import java.util.List;
import java.util.Optional;

/** A bridge drops without a word what is larger than the port that it has to leave by. */
final class UplinkMtuCheck {
    private final Resolution resolution;
    private final List<Host> hosts;

    UplinkMtuCheck(Resolution resolution, List<Host> hosts) {
        this.resolution = resolution;
        this.hosts = hosts;
    }

    void run(List<Network> networks) {
        for (Network network : networks) {
            if (network.forwarding() instanceof Forwarding.ManagedBridge managed) {
                managed.via()
                        .forEach(uplink -> mtu(uplink)
                                .filter(mtu -> mtu < network.bridge().mtu())
                                .ifPresent(mtu -> tooSmall(network, uplink, mtu)));
            }
        }
    }

    /** Where the source says it. */
    private Optional<Integer> mtu(Uplink uplink) {
        return hosts.stream()
                .filter(host -> host.uplinks().contains(uplink))
                .flatMap(host -> host.links().stream())
                .filter(link -> link.name().equals(uplink.link()) || link.peer().equals(Optional.of(uplink.link())))
                .map(HostLink::mtu)
                .findFirst()
                .or(uplink::mtu);
    }

    private void tooSmall(Network network, Uplink uplink, int mtu) {
        resolution.error(
                DiagnosticCode.MTU,
                place(network),
                "the bridge of `" + network.name() + "` has an MTU of "
                        + network.bridge().mtu() + ", and its port `" + uplink.link() + "` one of " + mtu
                        + ": larger packets of guests would be lost there",
                "write `bridge { mtu " + mtu + " }` in the network, or give `" + uplink.link() + "` an `mtu` of "
                        + network.bridge().mtu());
    }

    private SourceRange place(Network network) {
        return resolution.sources().declarations(io.vnetc.dsl.vnet.Network.class).stream()
                .filter(declared -> declared.getName().equals(network.name()))
                .findFirst()
                .map(declared -> Resolution.only(declared.getBridges())
                        .flatMap(bridge -> Resolution.only(bridge.getMtus()))
                        .map(resolution::place)
                        .orElseGet(() -> resolution.name(declared)))
                .orElseThrow();
    }
}
