// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.libvirt.importing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Networks that guests are plugged into: those of the files, and for bridges and links that guests name, ones of their own. */
final class GuestNetworks {
    private final Names names;
    private final HostDeclarations host;
    private final Map<String, String> byBridge = new HashMap<>();
    private final Map<String, String> byLink = new HashMap<>();
    private final List<Statement> declarations = new ArrayList<>();

    /** @param names of the networks of the files */
    GuestNetworks(Names names, HostDeclarations host) {
        this.names = names;
        this.host = host;
    }

    /** Takes note of the bridge of a network of the files. */
    void has(String network, String bridge) {
        byBridge.putIfAbsent(bridge, network);
    }

    /** The network of the files that libvirt calls so. */
    Optional<String> named(String original) {
        return Optional.ofNullable(names.all().get(original));
    }

    /** One that is in no file, and of which nothing but its name is known. */
    String unknown(String original, From what) {
        String name = names.of(original);
        Statement.Block block = declare(name, what);
        block.comment(Findings.comment(what, "what it is is in none of the files"));
        return name;
    }

    /** The network on a bridge that is there. */
    String onBridge(String bridge, From what) {
        return byBridge.computeIfAbsent(bridge, link -> {
            String name = names.fresh(link);
            declare(name, what).say(what, "forward bridge").say(what, "bridge " + Spelling.domain(link));
            return name;
        });
    }

    /** The network of macvtaps on a link of the host. */
    String onLink(String link, String mode, From what) {
        return byLink.computeIfAbsent(link + " " + mode, both -> {
            String name = names.fresh(link + "-" + mode);
            declare(name, what).say(what, "forward macvtap " + mode + " via " + host.uplink(link));
            return name;
        });
    }

    private Statement.Block declare(String name, From what) {
        Statement.Block block = new Statement.Block("network " + Spelling.name(name), what, true);
        declarations.add(block);
        return block;
    }

    /** What is not of the files. */
    List<Statement> declarations() {
        return declarations;
    }
}
