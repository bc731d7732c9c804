// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.libvirt.importing;

import io.vnetc.dsl.value.Cidr;
import io.vnetc.dsl.value.IpAddress;
import io.vnetc.dsl.value.IpFamily;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A network of one guest behind QEMU's own or passt's address translation: the type {@code user}. */
final class UserTranslation {
    /** That of QEMU's own network, and the only one that guests make addresses of. */
    private static final int IPV6_LENGTH = 64;

    private final Findings findings;

    UserTranslation(Findings findings) {
        this.findings = findings;
    }

    void translate(Node nic, Statement.Block out) {
        if (InterfaceTranslation.isPasst(nic)) {
            passt(nic, out);
        } else {
            own(nic, out);
        }
    }

    private void own(Node nic, Statement.Block out) {
        Statement.Block block = out.open(nic.from("type"), "user");
        nic.child("source")
                .filter(source -> source.has("dev"))
                .ifPresent(source -> findings.noEqual(
                        block,
                        source.from("dev"),
                        "only passt takes after a link of the host",
                        "add `<backend type='passt'/>`"));
        List<Node> addresses = nic.children("ip");
        addresses.forEach(ip -> refusePeer(ip, block));
        if (!addresses.isEmpty()) {
            block.say(
                    addresses.get(0).from(),
                    "network "
                            + addresses.stream()
                                    .map(ip -> network(ip).toString())
                                    .collect(Collectors.joining(", ")));
        }
        nic.children("route")
                .forEach(route -> findings.noEqual(
                        block, route.from(), "QEMU's own network has the one way out that it has", "remove it"));
        nic.children("portForward")
                .forEach(forward -> findings.noEqual(
                        block,
                        forward.from(),
                        "libvirt publishes ports by passt only",
                        "add `<backend type='passt'/>`"));
    }

    private void refusePeer(Node ip, Statement.Block out) {
        if (ip.has("peer")) {
            findings.noEqual(out, ip.from("peer"), "a guest of QEMU has no peer", "remove it");
        }
    }

    /** What QEMU makes of it: without a length the network has that of its class, as net_slirp_init() has it. */
    private static Cidr network(Node ip) {
        IpAddress address = IpAddress.parse(ip.value("address").orElseThrow());
        int length = ip.value("prefix")
                .map(Integer::parseInt)
                .filter(bits -> bits > 0)
                .orElseGet(() -> address.family() == IpFamily.IPV6 ? IPV6_LENGTH : classLength(address));
        return new Cidr(address.masked(length), length);
    }

    private static int classLength(IpAddress address) {
        int first = address.toBytes()[0] & 0xff;
        int second = address.toBytes()[1] & 0xff;
        if (first < 128) {
            return 8;
        }
        if (first == 172 && second >= 16 && second < 32) {
            return 12;
        }
        if (first < 192 || (first == 192 && second == 168)) {
            return 16;
        }
        if (first == 198 && (second & 0xfe) == 18) {
            return 15;
        }
        return first < 224 ? 24 : 28;
    }

    private void passt(Node nic, Statement.Block out) {
        Statement.Block block = out.open(nic.from("type"), "passt");
        Node backend = nic.child("backend").orElseThrow();
        backend.value("logFile")
                .ifPresent(file -> block.say(backend.from("logFile"), "log-file " + Spelling.text(file)));
        nic.child("source")
                .ifPresent(source -> source.value("dev")
                        .ifPresent(link -> block.say(source.from("dev"), "interface " + Spelling.text(link))));
        addresses(nic, block);
        for (String name : List.of("hostname", "fqdn")) {
            backend.value(name).ifPresent(value -> block.say(backend.from(name), name + " " + Spelling.text(value)));
        }
        nic.children("portForward").forEach(forward -> publish(forward, block));
    }

    private void addresses(Node nic, Statement.Block out) {
        List<Node> addresses = nic.children("ip");
        addresses.forEach(ip -> refusePeer(ip, out));
        if (!addresses.isEmpty()) {
            out.say(addresses.get(0).from(), "address " + joined(addresses, "address"));
        }
        for (Node ip : addresses) {
            if (ip.has("prefix")) {
                boolean isIpv4 = !ip.value("address").orElseThrow().contains(":");
                if (isIpv4) {
                    out.say(
                            ip.from("prefix"),
                            "prefix-length " + ip.value("prefix").orElseThrow());
                } else if (!ip.says("prefix", Integer.toString(IPV6_LENGTH))) {
                    findings.noEqual(out, ip.from("prefix"), "passt's IPv6 prefix has 64 bits", "write 64");
                }
            }
        }
        List<Node> routes = nic.children("route");
        if (!routes.isEmpty()) {
            out.say(routes.get(0).from(), "gateway " + joined(routes, "gateway"));
        }
        for (Node route : routes) {
            for (String part : List.of("address", "netmask", "prefix", "metric")) {
                if (route.has(part)) {
                    findings.noEqual(out, route.from(part), "passt's guest has a default route only", "remove it");
                }
            }
        }
    }

    private static String joined(List<Node> nodes, String attribute) {
        return nodes.stream()
                .map(node ->
                        IpAddress.parse(node.value(attribute).orElseThrow()).toString())
                .collect(Collectors.joining(", "));
    }

    /** A range of ports, from its first to its last. */
    private record Ports(Node node, int first, int last) {
        static Ports of(Node range) {
            int first = Integer.parseInt(range.value("start").orElseThrow());
            return new Ports(
                    range, first, range.value("end").map(Integer::parseInt).orElse(first));
        }

        boolean contains(Ports other) {
            return first <= other.first && other.last <= last;
        }

        @Override
        public String toString() {
            return first == last ? Integer.toString(first) : first + ".." + last;
        }
    }

    /** One line for each range, with what is taken out of it. */
    private void publish(Node forward, Statement.Block out) {
        List<Ports> ranges = new ArrayList<>();
        Set<Ports> excluded = new LinkedHashSet<>();
        for (Node range : forward.children("range")) {
            Ports ports = Ports.of(range);
            if (range.says("exclude", "yes")) {
                excluded.add(ports);
            } else {
                ranges.add(ports);
            }
        }
        if (ranges.isEmpty()) {
            findings.noEqual(
                    out,
                    forward.from(),
                    "it is all ports that are free on the host when the guest starts",
                    "name the ports");
            return;
        }
        String where = forward.value("address").map(text -> " on " + text).orElse("")
                + forward.value("dev")
                        .map(link -> " via " + Spelling.domain(link))
                        .orElse("");
        for (Ports ports : ranges) {
            List<Ports> without = excluded.stream().filter(ports::contains).toList();
            excluded.removeAll(without);
            String except = without.isEmpty()
                    ? ""
                    : " except " + without.stream().map(Ports::toString).collect(Collectors.joining(", "));
            Optional<String> target = ports.node().value("to").filter(to -> Integer.parseInt(to) != ports.first());
            out.say(
                    ports.node().from(),
                    "publish " + forward.value("proto").orElseThrow() + " " + ports + except + where
                            + target.map(to -> " to port " + to).orElse(""));
        }
        excluded.forEach(ports -> findings.noEqual(
                out, ports.node().from(), "these ports are in no range that is published", "remove it"));
    }
}
