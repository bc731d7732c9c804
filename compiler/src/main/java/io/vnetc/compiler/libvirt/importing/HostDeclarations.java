// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.libvirt.importing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** What the networks use of the host: links by their roles, and pools of devices. */
final class HostDeclarations {
    private final String name;
    private final From from;
    private final Names roles = new Names();
    private final Names poolNames = new Names();
    private final Map<String, Statement.Block> pools = new LinkedHashMap<>();

    /**
     * @param name of the host
     * @param from what its block is blamed on
     */
    HostDeclarations(String name, From from) {
        this.name = name;
        this.from = from;
    }

    /** The role of a link, as it is written. */
    String uplink(String link) {
        return Spelling.name(roles.of(link));
    }

    /** Declares a pool for a network, and gives its name. */
    String pool(String network, From what, Consumer<Statement.Block> body) {
        String pool = poolNames.of(network);
        Statement.Block block = new Statement.Block("pool " + Spelling.name(pool), what, true);
        body.accept(block);
        pools.put(pool, block);
        return pool;
    }

    /** The host, where anything of it is used, then the pools. */
    List<Statement.Block> declarations() {
        List<Statement.Block> all = new ArrayList<>();
        if (!roles.all().isEmpty()) {
            Statement.Block host = new Statement.Block("host " + Spelling.name(name), from, true);
            roles.all()
                    .forEach((link, role) ->
                            host.say(from, "uplink " + Spelling.name(role) + " = " + Spelling.domain(link)));
            all.add(host);
        }
        all.addAll(pools.values());
        return all;
    }
}
