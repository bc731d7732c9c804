// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.libvirt.importing;

import io.vnetc.compiler.libvirt.importing.GuestTranslation.Guest;
import io.vnetc.dsl.value.ByteSize;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** A NIC, part by part: {@code <interface>}. */
final class InterfaceTranslation {
    /** Names that libvirt gives itself, and drops where it reads them. */
    private static final String RESERVED = "(vnet|vif|macvtap|macvlan)[0-9]+";

    /** Those whose end on the host is a link that has a name. */
    private static final Set<String> LINKED = Set.of("network", "bridge", "direct");

    private final Findings findings;
    private final ConnectionTranslation connections;
    private final CardTranslation cards;
    private final PortTranslation ports;

    InterfaceTranslation(Findings findings, HostDeclarations host, GuestNetworks networks) {
        this.findings = findings;
        this.connections = new ConnectionTranslation(findings, host, networks);
        this.cards = new CardTranslation(findings);
        this.ports = new PortTranslation(findings);
    }

    /**
     * Fills the block of a NIC.
     *
     * @param first whether it is the guest's first
     */
    void translate(Node nic, String name, boolean first, Guest guest, Statement.Block out) {
        String type = nic.value("type").orElseThrow();
        connections.translate(nic, name, guest, out);
        nic.child("mac").ifPresent(mac -> mac(mac, out));
        nic.child("mtu")
                .ifPresent(mtu -> out.say(mtu.from(), "mtu " + mtu.value("size").orElseThrow()));
        nic.child("target").ifPresent(target -> target(target, type, out));
        nic.child("tune").flatMap(tune -> tune.child("sndbuf")).ifPresent(buffer -> sendBuffer(buffer, out));
        nic.child("link")
                .filter(link -> link.says("state", "down"))
                .ifPresent(link -> out.say(link.from(), "link down"));
        nic.child("teaming").ifPresent(teaming -> teaming(teaming, nic, guest, out));
        ports.translate(nic, out);
        cards.translate(nic, guest.machine(), first, out);
        unsaid(nic, type, out);
    }

    /** Fills the block of a device of the host that a NIC stands in for: {@code <hostdev>}. */
    void hostDevice(Node device, String name, Guest guest, Statement.Block out) {
        connections.hostDevice(device, name, guest, out);
        device.child("teaming").ifPresent(teaming -> teaming(teaming, device, guest, out));
        cards.ofHost(device, guest.machine(), false, out);
    }

    private void mac(Node mac, Statement.Block out) {
        out.say(mac.from("address"), "mac " + mac.value("address").orElseThrow().toLowerCase(Locale.ROOT));
        for (String attribute : List.of("type", "check")) {
            if (mac.has(attribute)) {
                note(mac.from(attribute), "VMware's, and QEMU takes no notice of it");
            }
        }
        if (mac.has("currentAddress")) {
            note(mac.from("currentAddress"), "what the guest made of its address while it ran");
        }
    }

    private void target(Node target, String type, Statement.Block out) {
        String name = target.value("dev").orElse("");
        if (type.equals("ethernet") || name.isEmpty()) {
            return;
        }
        if (!LINKED.contains(type)) {
            note(target.from("dev"), "of no use to a NIC of the type `" + type + "`");
        } else if (name.matches(RESERVED)) {
            note(target.from("dev"), "a name that libvirt gave itself, and drops when it reads it");
        } else {
            out.say(target.from("dev"), "tap " + Spelling.domain(name));
        }
    }

    private static void sendBuffer(Node buffer, Statement.Block out) {
        out.say(buffer.from(), "sndbuf " + new ByteSize(Long.parseLong(buffer.text())));
    }

    private void teaming(Node teaming, Node nic, Guest guest, Statement.Block out) {
        if (teaming.says("type", "transient")) {
            String alias = teaming.value("persistent").orElse("");
            String standby = guest.nics().get(alias);
            if (standby == null) {
                findings.noEqual(
                        out,
                        teaming.from("persistent"),
                        "the guest has no NIC of this alias",
                        "name the alias of the NIC that stands in, as in `ua-standby`");
            } else {
                out.say(teaming.from("persistent"), "failover " + Spelling.name(standby));
            }
        } else if (nic.child("alias")
                .flatMap(alias -> alias.value("name"))
                .filter(guest.teamed()::contains)
                .isEmpty()) {
            findings.noEqual(
                    out,
                    teaming.from(),
                    "the guest has no NIC that this one stands in for",
                    "add the one that it stands in for, or remove `teaming`");
        }
    }

    /** What is not said in the language, each with its reason. */
    private void unsaid(Node nic, String type, Statement.Block out) {
        if (!type.equals("user") && !isPasst(nic)) {
            for (String part : List.of("ip", "route")) {
                nic.children(part)
                        .forEach(each -> findings.noEqual(
                                out,
                                each.from(),
                                "a guest of QEMU is told its addresses by DHCP, or sets them itself",
                                "remove it"));
            }
            nic.children("portForward")
                    .forEach(each -> findings.noEqual(
                            out, each.from(), "only passt publishes ports", "write `publish` in the network"));
        }
        if (!type.equals("ethernet")) {
            for (String part : List.of("script", "downscript")) {
                nic.child(part)
                        .ifPresent(script -> findings.noEqual(
                                out,
                                script.from(),
                                "only a tap of QEMU's own has scripts, which is of the type `ethernet`",
                                "remove it"));
            }
        }
        if (!type.equals("hostdev") && nic.has("managed")) {
            findings.noEqual(out, nic.from("managed"), "only a device of the host is handed over", "remove it");
        }
        nic.child("filterref")
                .ifPresent(filter -> findings.noEqual(
                        out,
                        filter.from(),
                        "frames of one port are not filtered here",
                        "say what guests may do with each other in their network's `guests { … }`, and remove it"));
        nic.child("coalesce")
                .flatMap(coalesce -> coalesce.child("rx"))
                .ifPresent(coalesce -> findings.noEqual(
                        out, coalesce.from(), "a tap's interrupts are left as the kernel has them", "remove it"));
        nic.child("guest")
                .ifPresent(guest -> findings.noEqual(
                        out,
                        guest.from(),
                        "it is the name in a container of LXC; QEMU's guest names its own",
                        "remove it"));
        nic.child("backenddomain")
                .ifPresent(domain -> findings.noEqual(out, domain.from(), "it is Xen's", "remove it"));
        nic.child("backend").ifPresent(backend -> {
            for (String device : List.of("tap", "vhost")) {
                if (backend.has(device)) {
                    findings.noEqual(
                            out,
                            backend.from(device),
                            "QEMU opens the kernel's own device",
                            "remove it where it is the usual one");
                }
            }
            for (String setting : List.of("logFile", "hostname", "fqdn")) {
                if (backend.has(setting) && !isPasst(nic)) {
                    findings.noEqual(out, backend.from(setting), "it is passt's", "add `type='passt'`, or remove it");
                }
            }
        });
    }

    static boolean isPasst(Node nic) {
        return nic.child("backend")
                .filter(backend -> backend.says("type", "passt"))
                .isPresent();
    }

    private void note(From what, String words) {
        findings.note(what.place(), "`" + what.path() + "` is " + words);
    }
}
