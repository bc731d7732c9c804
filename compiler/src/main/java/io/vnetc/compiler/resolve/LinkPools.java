// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.resolve;

import io.vnetc.compiler.model.Forwarding;
import io.vnetc.compiler.model.Network;
import io.vnetc.compiler.model.Uplink;
import io.vnetc.dsl.diagnostic.Diagnostic;
import io.vnetc.dsl.diagnostic.DiagnosticCode;
import io.vnetc.dsl.diagnostic.SourceRange;
import io.vnetc.dsl.value.InterfaceName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Which of a host's links each macvtap is on: the one that has the fewest, of equals the one that is named first; in the
 * order of the source, so that a guest that is added at its end moves no other.
 */
final class LinkPools {
    private static final int MOST_NAMED = 8;

    private final Resolution resolution;
    private final Map<HostClaims, Map<InterfaceName, List<String>>> holders = new HashMap<>();

    LinkPools(Resolution resolution) {
        this.resolution = resolution;
    }

    /**
     * A link for a card.
     *
     * @param card as messages name it, {@code web.eth0}
     * @return empty where there is none left, which is reported
     */
    Optional<InterfaceName> choose(
            Network network, Forwarding.Macvtap macvtap, HostClaims host, String card, Supplier<SourceRange> where) {
        Map<InterfaceName, List<String>> taken = holders.computeIfAbsent(host, absent -> new HashMap<>());
        boolean exclusive = macvtap.mode() == Forwarding.Macvtap.Mode.PASSTHROUGH;
        Optional<InterfaceName> best = Optional.empty();
        for (Uplink uplink : macvtap.via()) {
            int load = load(taken, uplink.link());
            if (!(exclusive && load > 0) && (best.isEmpty() || load < load(taken, best.get()))) {
                best = Optional.of(uplink.link());
            }
        }
        if (best.isPresent()) {
            taken.computeIfAbsent(best.get(), absent -> new ArrayList<>()).add(card);
        } else if (!macvtap.via().isEmpty()) {
            exhausted(network, macvtap, taken, card, where);
        }
        return best;
    }

    private void exhausted(
            Network network,
            Forwarding.Macvtap macvtap,
            Map<InterfaceName, List<String>> taken,
            String card,
            Supplier<SourceRange> where) {
        List<String> held = new ArrayList<>();
        for (Uplink uplink :
                macvtap.via().subList(0, Math.min(MOST_NAMED, macvtap.via().size()))) {
            held.add("`" + uplink.role() + "` has " + String.join(", ", taken.getOrDefault(uplink.link(), List.of())));
        }
        resolution.report(Diagnostic.error(
                        DiagnosticCode.POOL_EXHAUSTED,
                        where.get(),
                        "there is no link left for `" + card + "`: with `passthrough` each guest of the network `"
                                + network.name() + "` has one to itself, and " + String.join("; ", held))
                .withHint("add an uplink to `via`, or use another mode of `forward macvtap`"));
    }

    private static int load(Map<InterfaceName, List<String>> taken, InterfaceName link) {
        return taken.getOrDefault(link, List.of()).size();
    }
}
