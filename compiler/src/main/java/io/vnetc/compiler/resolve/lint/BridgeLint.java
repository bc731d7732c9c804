// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.resolve.lint;

import io.vnetc.compiler.model.Forwarding;
import io.vnetc.compiler.model.Model;
import io.vnetc.compiler.model.Network;
import io.vnetc.dsl.ParsedSources;
import io.vnetc.dsl.diagnostic.Diagnostic;
import io.vnetc.dsl.diagnostic.DiagnosticCode;
import io.vnetc.dsl.vnet.Forward;
import io.vnetc.dsl.vnet.VnetPackage.Literals;
import java.util.Set;
import java.util.stream.Collectors;

/** Bridges that frames could go round and round through. */
final class BridgeLint {
    private final ParsedSources sources;
    private final Model model;

    BridgeLint(ParsedSources sources, Model model) {
        this.sources = sources;
        this.model = model;
    }

    void check() {
        Set<String> open = model.networks().stream()
                .filter(BridgeLint::isOpenToLoops)
                .map(Network::name)
                .collect(Collectors.toSet());
        for (io.vnetc.dsl.vnet.Network block : sources.declarations(io.vnetc.dsl.vnet.Network.class)) {
            if (open.contains(block.getName())) {
                report(block.getName(), block.getForwards().get(0));
            }
        }
    }

    private static boolean isOpenToLoops(Network network) {
        return network.forwarding() instanceof Forwarding.ManagedBridge managed
                && managed.via().size() > 1
                && !network.bridge().stp();
    }

    private void report(String network, Forward forward) {
        sources.diagnostics()
                .report(Diagnostic.warning(
                                DiagnosticCode.BRIDGE_LOOP,
                                sources.rangeOf(forward, Literals.FORWARD__UPLINKS, 1),
                                "the bridge of `" + network + "` has "
                                        + forward.getUplinks().size()
                                        + " uplinks and no spanning tree: where they meet again outside, frames go"
                                        + " round for ever")
                        .withHint("write `bridge { stp on }`, or leave one uplink"));
    }
}
