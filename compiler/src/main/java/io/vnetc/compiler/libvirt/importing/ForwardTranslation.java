// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.libvirt.importing;

import io.vnetc.dsl.value.IpFamily;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** How packets leave a network: {@code <forward>}. */
final class ForwardTranslation {
    /** What libvirt maps TCP and UDP sources to where it is not told. */
    private static final String DEFAULT_PORTS = "1024..65535";

    private static final Set<String> NAMED = Set.of("nat", "route", "open");

    private final Findings findings;
    private final HostDeclarations host;

    ForwardTranslation(Findings findings, HostDeclarations host) {
        this.findings = findings;
        this.host = host;
    }

    /** What guests are plugged into. */
    enum Kind {
        /** A bridge that libvirt makes. */
        OWN,
        /** A bridge that is there. */
        EXISTING,
        /** Links of the host, by macvtap. */
        MACVTAP,
        /** Functions of the host's cards. */
        HOSTDEV
    }

    static Kind kind(Node network) {
        Optional<Node> forward = network.child("forward");
        return switch (forward.map(ForwardTranslation::mode).orElse("")) {
            case "bridge" -> forward.filter(ForwardTranslation::hasMembers).isPresent() ? Kind.MACVTAP : Kind.EXISTING;
            case "private", "vepa", "passthrough" -> Kind.MACVTAP;
            case "hostdev" -> Kind.HOSTDEV;
            default -> Kind.OWN;
        };
    }

    private static String mode(Node forward) {
        return forward.value("mode").orElse("nat");
    }

    private static boolean hasMembers(Node forward) {
        return forward.has("dev")
                || forward.child("interface").isPresent()
                || forward.child("pf").isPresent()
                || forward.child("address").isPresent();
    }

    void translate(Node network, String name, Set<IpFamily> families, Statement.Block out) {
        network.child("forward").ifPresent(forward -> {
            forward.children("interface").forEach(this::noteConnections);
            forward.children("address").forEach(this::noteConnections);
            switch (kind(network)) {
                case OWN -> own(forward, families, out);
                case EXISTING -> {
                    out.say(forward.from(), "forward bridge");
                    refuse(out, forward, "managed", "driver", "nat");
                }
                case MACVTAP -> macvtap(forward, out);
                case HOSTDEV -> hostdev(forward, name, out);
            }
        });
    }

    private void noteConnections(Node member) {
        if (member.has("connections")) {
            findings.note(
                    member.from("connections").place(),
                    "`" + member.path() + "/@connections` is a count of libvirt's, which it does not read itself");
        }
    }

    private void own(Node forward, Set<IpFamily> families, Statement.Block out) {
        String mode = mode(forward);
        Set<String> links = new LinkedHashSet<>();
        forward.value("dev").ifPresent(links::add);
        List<Node> members = forward.children("interface");
        members.forEach(member -> member.value("dev").ifPresent(links::add));
        if (links.size() > 1) {
            findings.noEqual(
                    out,
                    members.get(members.size() - 1).from(),
                    "libvirt forwards by the first device only, and takes no notice of the others",
                    "remove the others");
        }
        String via = links.stream()
                .findFirst()
                .map(link -> " via " + host.uplink(link))
                .orElse("");
        Statement.Block block = out.open(forward.from(), "forward " + mode + via);
        refuse(out, forward, "managed", "pf", "address", "driver");
        if (mode.equals("nat")) {
            nat(forward, families, block);
        } else {
            refuse(out, forward, "nat");
        }
    }

    private void nat(Node forward, Set<IpFamily> families, Statement.Block block) {
        Optional<Node> nat = forward.child("nat");
        Optional<Node> ports = nat.flatMap(node -> node.child("port"));
        block.say(
                ports.orElse(forward).from(),
                "ports " + ports.map(ForwardTranslation::range).orElse(DEFAULT_PORTS));
        nat.flatMap(node -> node.child("address"))
                .ifPresent(pool -> block.say(pool.from(), "addresses " + range(pool)));
        if (nat.filter(node -> node.says("ipv6", "yes")).isPresent()) {
            block.say(nat.get().from("ipv6"), "ipv6 nat");
        } else if (families.contains(IpFamily.IPV6)) {
            block.say(forward.from(), "ipv6 route");
        }
    }

    private static String range(Node node) {
        return node.value("start").orElseThrow() + ".." + node.value("end").orElseThrow();
    }

    private void macvtap(Node forward, Statement.Block out) {
        Set<String> links = new LinkedHashSet<>();
        forward.value("dev").ifPresent(links::add);
        forward.children("interface").forEach(member -> member.value("dev").ifPresent(links::add));
        if (links.isEmpty()) {
            findings.noEqual(
                    out,
                    forward.child("pf").orElse(forward).from(),
                    "which links the guests get is known only when one is started",
                    "name the links: `<interface dev='…'/>` for each");
            return;
        }
        out.say(
                forward.from(),
                "forward macvtap " + mode(forward) + " via "
                        + links.stream().map(host::uplink).collect(Collectors.joining(", ")));
        refuse(out, forward, "managed", "pf", "address", "driver", "nat");
    }

    private void hostdev(Node forward, String network, Statement.Block out) {
        List<Node> functions = forward.children("address");
        Optional<Node> physical = forward.child("pf");
        if (functions.isEmpty() == physical.isEmpty()) {
            findings.noEqual(
                    out,
                    forward.from(),
                    "a pool is of one physical function's, or of functions that are named, and not of both",
                    "give it `<pf dev='…'/>` or one `<address type='pci' …/>` for each");
            return;
        }
        String pool = host.pool(network, forward.from(), body -> {
            physical.ifPresent(pf ->
                    body.say(pf.from(), "sriov " + host.uplink(pf.value("dev").orElseThrow())));
            functions.forEach(function -> body.say(function.from(), "pci " + DeviceAddress.pci(function)));
            driver(forward, body);
            if (forward.says("managed", "yes")) {
                body.say(forward.from("managed"), "managed");
            }
        });
        out.say(forward.from(), "forward hostdev " + Spelling.name(pool));
        refuse(out, forward, "dev", "interface", "nat");
    }

    /** Which driver devices are bound to, of a network or of a NIC: {@code <driver>}. */
    void driver(Node owner, Statement.Block body) {
        owner.child("driver").ifPresent(driver -> {
            driver.value("name").ifPresent(value -> driver(driver, value, body));
            driver.value("model").ifPresent(value -> body.say(driver.from("model"), "model " + Spelling.name(value)));
        });
    }

    /** libvirt's word for the kernel's vfio-pci; the others are of kernels that are long gone, and of Xen. */
    private void driver(Node driver, String name, Statement.Block body) {
        if (name.equals("vfio")) {
            body.say(driver.from("name"), "driver vfio-pci");
        } else {
            findings.noEqual(
                    body,
                    driver.from("name"),
                    "QEMU takes devices that are bound to vfio-pci",
                    "write `<driver name='vfio'/>`");
        }
    }

    /** Reports each of these attributes and elements, which libvirt has no use for where it stands. */
    private void refuse(Statement.Block out, Node forward, String... names) {
        for (String name : names) {
            List<From> found = new ArrayList<>();
            if (forward.has(name) && !(name.equals("managed") && forward.says(name, "no"))) {
                found.add(forward.from(name));
            }
            forward.children(name).forEach(child -> found.add(child.from()));
            String mode = mode(forward);
            for (From what : found) {
                findings.noEqual(
                        out,
                        what,
                        "it says nothing for the mode `" + mode + "`" + (NAMED.contains(mode) ? "" : " here"),
                        "remove it");
            }
        }
    }
}
