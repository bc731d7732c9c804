// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.kind;

import io.vnetc.compiler.link.LinkOptions;
import io.vnetc.compiler.link.LinkType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The host's own links in commands. */
final class HostLinkCommands {
    private HostLinkCommands() {}

    static List<String> of(Optional<HostLink> before, Optional<HostLink> after) {
        if (after.isEmpty()) {
            return before.filter(old -> !old.isSecondEnd())
                    .map(old -> List.of("ip link del dev " + old.name()))
                    .orElse(List.of());
        }
        HostLink now = after.get();
        List<String> lines = new ArrayList<>();
        if (before.isEmpty()) {
            make(now, lines);
        } else {
            change(before.get(), now, lines);
        }
        return lines;
    }

    private static void make(HostLink now, List<String> lines) {
        if (now.type() == LinkType.TUN || now.type() == LinkType.TAP) {
            lines.add("ip tuntap add dev " + now.name() + " mode " + now.type());
        } else if (!now.isSecondEnd()) {
            lines.add("ip link add "
                    + now.lower().map(link -> "link " + link + " ").orElse("") + "name " + now.name()
                    + " type " + now.type() + now.options().words(now.type(), LinkOptions.NONE)
                    + now.peer().map(peer -> " peer name " + peer).orElse(""));
        }
        lines.add("ip link set dev " + now.name() + " group " + Marks.LINK_GROUP + " alias " + Marks.alias(now.owner())
                + " mtu " + now.mtu()
                + now.mac().map(mac -> " address " + mac).orElse("")
                + now.bridge().map(bridge -> " master " + bridge).orElse(""));
        if (now.bridge().isPresent()) {
            lines.addAll(BridgePort.commands(now.name(), BridgePort.DEFAULT, now.port()));
        }
        lines.add(sysctl(now, "ipv6", "disable_ipv6", !now.addressing().ipv6()));
        forwarding(HostLink.Speaking.PLAIN, now, lines);
        if (now.up()) {
            lines.add("ip link set dev " + now.name() + " up");
        }
    }

    private static void change(HostLink old, HostLink now, List<String> lines) {
        StringBuilder words = new StringBuilder();
        append(words, " alias ", Marks.alias(old.owner()), Marks.alias(now.owner()));
        append(words, " mtu ", old.mtu(), now.mtu());
        now.mac()
                .filter(mac -> !old.mac().equals(now.mac()))
                .ifPresent(mac -> words.append(" address ").append(mac));
        append(
                words,
                "",
                old.bridge(),
                now.bridge(),
                now.bridge().map(bridge -> " master " + bridge).orElse(" nomaster"));
        append(words, "", old.up(), now.up(), now.up() ? " up" : " down");
        if (!words.isEmpty()) {
            lines.add("ip link set dev " + now.name() + words);
        }
        String options = now.options().words(now.type(), old.options());
        if (!options.isEmpty()) {
            lines.add("ip link set dev " + now.name() + " type " + now.type() + options);
        }
        if (now.bridge().isPresent()) {
            lines.addAll(BridgePort.commands(
                    now.name(), old.bridge().equals(now.bridge()) ? old.port() : BridgePort.DEFAULT, now.port()));
        }
        if (old.addressing().ipv6() != now.addressing().ipv6()) {
            lines.add(sysctl(now, "ipv6", "disable_ipv6", !now.addressing().ipv6()));
        }
        forwarding(old.addressing(), now, lines);
    }

    private static void forwarding(HostLink.Speaking old, HostLink now, List<String> lines) {
        if (old.ipv4Forwarding() != now.addressing().ipv4Forwarding()) {
            lines.add(sysctl(now, "ipv4", "forwarding", now.addressing().ipv4Forwarding()));
        }
        if (old.ipv6Forwarding() != now.addressing().ipv6Forwarding()) {
            lines.add(sysctl(now, "ipv6", "forwarding", now.addressing().ipv6Forwarding()));
            lines.add(sysctl(now, "ipv6", "force_forwarding", now.addressing().ipv6Forwarding()));
        }
    }

    private static void append(StringBuilder words, String word, Object old, Object now) {
        append(words, word, old, now, now.toString());
    }

    private static void append(StringBuilder words, String word, Object old, Object now, String text) {
        if (!old.equals(now)) {
            words.append(word).append(text);
        }
    }

    private static String sysctl(HostLink link, String family, String key, boolean on) {
        return "sysctl -w net/" + family + "/conf/" + link.name() + "/" + key + "=" + (on ? 1 : 0);
    }
}
