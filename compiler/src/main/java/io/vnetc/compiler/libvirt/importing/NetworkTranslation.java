// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.libvirt.importing;

import io.vnetc.compiler.libvirt.importing.ForwardTranslation.Kind;
import io.vnetc.compiler.libvirt.schema.NetworkSchema;
import io.vnetc.compiler.libvirt.xml.XmlWriter;
import io.vnetc.dsl.value.Cidr;
import io.vnetc.dsl.value.IpAddress;
import io.vnetc.dsl.value.IpFamily;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** A network, part by part, in the order in which the language's own examples have them. */
final class NetworkTranslation {
    /** BR_MIN_FORWARD_DELAY and BR_MAX_FORWARD_DELAY, which the kernel holds a bridge to as soon as it runs STP. */
    private static final long LEAST_STP_DELAY = 2;

    private static final long MOST_STP_DELAY = 30;

    private final Findings findings;
    private final ForwardTranslation forwards;
    private final SubnetTranslation subnets;
    private final DnsTranslation names;
    private final PortTranslation ports;

    NetworkTranslation(Findings findings, HostDeclarations host) {
        this.findings = findings;
        this.forwards = new ForwardTranslation(findings, host);
        this.subnets = new SubnetTranslation(findings);
        this.names = new DnsTranslation(findings);
        this.ports = new PortTranslation(findings);
    }

    /** Fills the block of the network. */
    void translate(Node network, String name, Statement.Block out) {
        if (network.has("connections")) {
            findings.note(
                    network.from("connections").place(),
                    "`network/@connections` is a count of libvirt's, which it does not read itself");
        }
        about(network, out);
        Kind kind = ForwardTranslation.kind(network);
        forwards.translate(network, name, families(network), out);
        if (kind == Kind.OWN || kind == Kind.EXISTING) {
            bridge(network, kind, out);
        }
        if (kind != Kind.OWN) {
            List<String> own = kind == Kind.EXISTING
                    ? List.of("mac", "mtu", "domain", "dns", "ip", "route", "bandwidth")
                    : kind == Kind.MACVTAP
                            ? List.of("bridge", "mac", "mtu", "domain", "dns", "ip", "route")
                            : List.of("bridge", "mac", "mtu", "domain", "dns", "ip", "route", "bandwidth");
            for (String part : own) {
                network.children(part)
                        .forEach(each -> findings.noEqual(
                                out,
                                each.from(),
                                "libvirt manages nothing of a network of this mode, and refuses it as well",
                                "remove it"));
            }
        }
        ports.translate(network, out);
        if (kind == Kind.OWN) {
            guestIpv6(network, out);
            network.child("domain").ifPresent(domain -> domain(domain, out));
            subnets.translate(network.children("ip"), out);
            network.children("route").forEach(route -> route(route, out));
            network.child("dns")
                    .ifPresent(
                            dns -> names.translate(dns, network.child("domain").isPresent(), out));
        }
        network.element().elements().stream()
                .filter(element -> element.name().namespace().equals(NetworkSchema.DNSMASQ))
                .findFirst()
                .ifPresent(options -> new OptionTranslation(findings)
                        .translate(new Node(options, "network/" + options.name()), kind == Kind.OWN, out));
        network.children("portgroup").forEach(group -> portgroup(group, out));
    }

    /** Under libvirt guests talk IPv6 among themselves past a firewall only where they are told that they may. */
    private static void guestIpv6(Node network, Statement.Block out) {
        boolean open = network.child("forward")
                .filter(forward -> forward.says("mode", "open"))
                .isPresent();
        if (!open && !families(network).contains(IpFamily.IPV6)) {
            out.say(network.from("ipv6"), "guest-ipv6" + (network.says("ipv6", "yes") ? "" : " off"));
        }
    }

    private static Set<IpFamily> families(Node network) {
        Set<IpFamily> families = new HashSet<>();
        network.children("ip")
                .forEach(ip -> ip.value("address")
                        .ifPresent(
                                address -> families.add(IpAddress.parse(address).family())));
        return families;
    }

    private void about(Node network, Statement.Block out) {
        network.child("uuid").ifPresent(uuid -> out.say(uuid.from(), "uuid " + Spelling.domain(uuid(uuid.text()))));
        network.child("title").ifPresent(title -> text(title, "title", out));
        network.child("description")
                .filter(description -> !description.element().text().isEmpty())
                .ifPresent(description -> description(description, out));
        network.child("metadata")
                .ifPresent(metadata -> metadata.element().elements().forEach(element -> {
                    String xml = XmlWriter.line(element);
                    From what = new From("network/metadata/" + element.name(), element.place());
                    if (element.name().namespace().isEmpty()) {
                        findings.noEqual(out, what, "libvirt keeps no metadata without a namespace", "remove it");
                    } else if (!Spelling.canWrite(xml)) {
                        findings.noEqual(out, what, "it has a character that is not printed", "write it without");
                    } else {
                        out.say(
                                what,
                                "metadata " + Spelling.text(element.name().namespace()) + " = " + Spelling.text(xml));
                    }
                }));
    }

    /** Each of its lines is one of its own. */
    private void description(Node node, Statement.Block out) {
        List<String> lines = List.of(node.element().text().split("\n", -1));
        if (lines.stream().allMatch(Spelling::canWrite)) {
            lines.forEach(line -> out.say(node.from(), "description " + Spelling.text(line)));
        } else {
            findings.noEqual(out, node.from(), "it has a character that is not printed", "write it without");
        }
    }

    private static String uuid(String text) {
        String hex = text.replace("-", "").toLowerCase(Locale.ROOT);
        return hex.substring(0, 8) + "-" + hex.substring(8, 12) + "-" + hex.substring(12, 16) + "-"
                + hex.substring(16, 20) + "-" + hex.substring(20);
    }

    private void text(Node node, String word, Statement.Block out) {
        String text = node.element().text();
        if (text.isEmpty()) {
            return;
        }
        if (Spelling.canWrite(text)) {
            out.say(node.from(), word + " " + Spelling.text(text));
        } else {
            findings.noEqual(
                    out, node.from(), "it has a line end or a character that is not printed", "write it on one line");
        }
    }

    private void bridge(Node network, Kind kind, Statement.Block out) {
        Optional<Node> bridge = network.child("bridge");
        String name = bridge.flatMap(node -> node.value("name"))
                .map(text -> " " + Spelling.domain(text))
                .orElse("");
        Node blamed = bridge.orElse(network);
        if (kind == Kind.EXISTING) {
            if (name.isEmpty()) {
                findings.noEqual(out, blamed.from(), "it does not say which bridge", "add `<bridge name='…'/>`");
                return;
            }
            out.say(blamed.from(), "bridge" + name);
            for (String attribute : List.of("stp", "delay", "macTableManager", "zone")) {
                if (blamed.has(attribute)) {
                    findings.noEqual(
                            out,
                            blamed.from(attribute),
                            "libvirt changes nothing of a bridge that is there",
                            "remove it");
                }
            }
            return;
        }
        Statement.Block block = out.open(blamed.from(), "bridge" + name);
        spanningTree(blamed, bridge, block);
        network.child("mtu")
                .ifPresent(
                        mtu -> block.say(mtu.from(), "mtu " + mtu.value("size").orElseThrow()));
        network.child("mac")
                .ifPresent(mac -> block.say(
                        mac.from(), "mac " + mac.value("address").orElseThrow().toLowerCase(Locale.ROOT)));
        bridge.filter(node -> node.says("macTableManager", "libvirt"))
                .ifPresent(node -> block.say(node.from("macTableManager"), "mac-table managed"));
        bridge.flatMap(node -> node.value("zone"))
                .ifPresent(zone -> block.say(bridge.get().from("zone"), "zone " + Spelling.domain(zone)));
    }

    /**
     * libvirt runs STP unless it is told not to, with a delay of 0 unless it is told one; the kernel then makes at least
     * two seconds of it.
     */
    private void spanningTree(Node blamed, Optional<Node> bridge, Statement.Block block) {
        long delay =
                bridge.flatMap(node -> node.value("delay")).map(Long::parseLong).orElse(0L);
        boolean stp = bridge.filter(node -> node.says("stp", "off")).isEmpty();
        if (stp) {
            block.say(blamed.from("stp"), "stp on");
            long kept = Math.max(LEAST_STP_DELAY, Math.min(MOST_STP_DELAY, delay));
            block.say(blamed.from("delay"), "forward-delay " + kept + "s");
        } else if (delay > 0) {
            block.say(blamed.from("delay"), "forward-delay " + delay + "s");
        }
    }

    private static void domain(Node domain, Statement.Block out) {
        out.say(
                domain.from(),
                "domain " + Spelling.domain(domain.value("name").orElseThrow())
                        + (domain.says("localOnly", "yes") ? " local" : "")
                        + (domain.says("register", "yes") ? " register" : ""));
    }

    /** With the metric that libvirt writes where it is told none, or 0. */
    private void route(Node route, Statement.Block out) {
        Optional<Cidr> destination = SubnetTranslation.network(route, false);
        IpAddress gateway = IpAddress.parse(route.value("gateway").orElseThrow());
        if (destination.isEmpty()) {
            findings.noEqual(
                    out,
                    route.from("address"),
                    "it is no network: bits behind its prefix are set",
                    "mend it; libvirt refuses it as well");
            return;
        }
        String metric =
                route.value("metric").filter(text -> Long.parseLong(text) > 0).orElse("1");
        out.say(route.from(), "route " + destination.get() + " via " + gateway + " metric " + metric);
    }

    private void portgroup(Node group, Statement.Block out) {
        String name = group.value("name").orElseThrow();
        String kept = Spelling.declared(name);
        if (!kept.equals(name)) {
            findings.warning(
                    group.from("name").place(),
                    "`" + name + "` is no name of a portgroup here, and is called `" + kept + "`",
                    "rename it in libvirt first to keep the two the same");
        }
        Statement.Block block = new Statement.Block(
                "portgroup " + Spelling.name(kept) + (group.says("default", "yes") ? " default" : ""),
                group.from(),
                true);
        out.add(block);
        ports.translate(group, block);
    }
}
