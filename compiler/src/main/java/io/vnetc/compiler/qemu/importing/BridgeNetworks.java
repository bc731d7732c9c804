// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.qemu.importing;

import io.vnetc.compiler.libvirt.importing.From;
import io.vnetc.compiler.libvirt.importing.Names;
import io.vnetc.compiler.libvirt.importing.Spelling;
import io.vnetc.compiler.libvirt.importing.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The bridges that taps are ports of, each a network of the language, which leaves the bridge as it is. */
final class BridgeNetworks {
    /** In the place of a bridge that is not known: no host has it, and a plan says so. */
    static final String TO_FILL_IN = "FILL-IN";

    /** The network of those taps. */
    private static final String UNKNOWN = "taps";

    private final Names names = new Names();
    private final Map<String, Statement.Block> networks = new LinkedHashMap<>();

    /**
     * The network of a bridge, as it is written.
     *
     * @param bridge empty where it is not known
     * @param from what it is blamed on
     */
    String of(Optional<String> bridge, From from) {
        String name = names.of(bridge.orElse(UNKNOWN));
        networks.computeIfAbsent(name, added -> {
            Statement.Block block = new Statement.Block("network " + Spelling.name(added), from);
            if (bridge.isEmpty()) {
                block.comment("to be filled in: the bridge that these taps are ports of");
            }
            return block.say(from, "forward bridge").say(from, "bridge " + Spelling.text(bridge.orElse(TO_FILL_IN)));
        });
        return Spelling.name(name);
    }

    List<Statement.Block> declarations() {
        return List.copyOf(networks.values());
    }
}
