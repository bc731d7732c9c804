// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.promises;

import io.vnetc.applier.lab.SnapshotDifference.Change;
import io.vnetc.compiler.kind.Bridge;
import io.vnetc.compiler.kind.BridgeAddress;
import io.vnetc.compiler.kind.Dnsmasq;
import io.vnetc.compiler.kind.FirewallTable;
import io.vnetc.compiler.kind.Ifb;
import io.vnetc.compiler.kind.Macvtap;
import io.vnetc.compiler.kind.Redirect;
import io.vnetc.compiler.kind.Route;
import io.vnetc.compiler.kind.Setting;
import io.vnetc.compiler.kind.Shaping;
import io.vnetc.compiler.kind.Tap;
import io.vnetc.compiler.kind.UplinkPort;
import io.vnetc.compiler.plan.Step;
import io.vnetc.compiler.state.Resource;
import io.vnetc.dsl.value.IpFamily;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** What of a namespace a step may change: its own thing, and what the kernel has only because that thing is there. */
final class Footprint {
    private Footprint() {}

    static Predicate<Change> of(Step step) {
        Resource resource = step.resource();
        if (resource instanceof Bridge bridge) {
            return link(bridge.name().text());
        }
        if (resource instanceof Tap tap) {
            return link(tap.name().text());
        }
        if (resource instanceof Ifb ifb) {
            return link(ifb.name().text());
        }
        if (resource instanceof Macvtap macvtap) {
            // The link below is told to take in frames for its address.
            String filter = macvtap.lower() + " " + macvtap.mac() + " ";
            return link(macvtap.name().text())
                    .or(change -> change.section().equals("fdb") && change.key().startsWith(filter));
        }
        if (resource instanceof UplinkPort port) {
            return link(port.link().text());
        }
        if (resource instanceof Shaping shaping) {
            return traffic(shaping.link().text()).and(ingress().negate());
        }
        if (resource instanceof Redirect redirect) {
            return traffic(redirect.link().text()).and(ingress());
        }
        if (resource instanceof BridgeAddress address) {
            return item("address", address.link() + " " + address.inet());
        }
        if (resource instanceof Route route) {
            return Footprint.of(route);
        }
        if (resource instanceof Setting setting) {
            return item(
                    "sysctl",
                    "net/%s/conf/%s/%s"
                            .formatted(
                                    setting.key().family(),
                                    setting.link(),
                                    setting.key().file()));
        }
        if (resource instanceof FirewallTable table) {
            return chains(table);
        }
        if (resource instanceof Dnsmasq dnsmasq) {
            String files = "/dnsmasq/" + dnsmasq.network() + "/";
            return change -> change.section().equals("process") && change.key().contains(files);
        }
        throw new IllegalArgumentException("no footprint is known for " + resource.address());
    }

    static Predicate<Change> of(List<Step> steps) {
        return change -> steps.stream().anyMatch(step -> of(step).test(change));
    }

    private static Predicate<Change> item(String section, String key) {
        return change -> change.item().equals(section + " " + key);
    }

    /** A link, and what it brings along and takes with it: its settings, and as a port its membership. */
    private static Predicate<Change> link(String name) {
        Set<String> settings = Set.of("net/ipv4/conf/" + name, "net/ipv6/conf/" + name);
        return change -> switch (change.section()) {
            case "link", "port", "vlan" -> change.key().equals(name);
            case "fdb" -> change.key().startsWith(name + " ");
            case "sysctl" ->
                settings.contains(change.key().substring(0, change.key().lastIndexOf('/')));
            default -> false;
        };
    }

    /** The qdiscs of a link, with their classes and filters. */
    private static Predicate<Change> traffic(String link) {
        Set<String> sections = Set.of("qdisc", "class", "filter");
        return change -> sections.contains(change.section()) && change.key().startsWith(link + " ");
    }

    private static Predicate<Change> ingress() {
        return change -> change.key().contains(" ffff:") || change.key().contains(" ingress");
    }

    private static Predicate<Change> of(Route route) {
        String destination = route.destination().length() == 0
                ? "default"
                : route.destination().toString().replaceFirst("/(32|128)$", "");
        String section = route.destination().family() == IpFamily.IPV4 ? "route4" : "route6";
        String start = destination + " dev " + route.link() + " ";
        return change -> change.section().equals(section) && change.key().startsWith(start);
    }

    /** Chains of ours; in a built-in chain the one rule that leads to them. */
    private static Predicate<Change> chains(FirewallTable table) {
        String tool = table.family().saveCommand().replace("save", "");
        String inTable = table.table() + " ";
        return change -> change.section().startsWith(tool)
                && change.key().startsWith(inTable)
                && (change.key().startsWith(inTable + "VNET-")
                        || withoutJump(change.before()).equals(withoutJump(change.after())));
    }

    private static List<String> withoutJump(Optional<String> chain) {
        return chain.orElse("policy ACCEPT")
                .lines()
                .filter(line -> !line.contains(" -j VNET-"))
                .toList();
    }
}
