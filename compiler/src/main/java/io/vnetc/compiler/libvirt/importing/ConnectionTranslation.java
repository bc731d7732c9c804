// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.libvirt.importing;

import static java.util.Map.entry;

import io.vnetc.compiler.libvirt.importing.GuestTranslation.Guest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a NIC is plugged into: its {@code type}, and {@code <source>}. */
final class ConnectionTranslation {
    /** Where libvirt says nothing of a link's mode. */
    private static final String DEFAULT_MODE = "vepa";

    private static final Set<String> MODES = Set.of("vepa", "bridge", "private", "passthrough");
    private static final String UNPLUGGED = "unplugged";

    /** What libvirt writes of a running guest, and does not read. */
    private static final Set<String> OF_RUNNING = Set.of("portid", "missing");

    /** What {@code <source>} says, by the type. */
    private static final Map<String, Set<String>> SAID = Map.ofEntries(
            // Beside its network, which says the rest, libvirt writes what a running guest got of it.
            entry("network", Set.of("network", "portgroup", "bridge", "dev", "mode")),
            entry("bridge", Set.of("bridge", "network", "portgroup")),
            entry("direct", Set.of("dev", "mode", "network", "portgroup")),
            entry("user", Set.of("dev")),
            entry("ethernet", Set.of()),
            entry("hostdev", Set.of("address", "vendor", "product")),
            entry("vdpa", Set.of("dev")),
            entry("vhostuser", Set.of("type", "path", "mode", "reconnect", "dev")),
            entry("mcast", Set.of("address", "port")),
            entry("server", Set.of("address", "port")),
            entry("client", Set.of("address", "port")),
            entry("udp", Set.of("address", "port", "local")),
            entry("internal", Set.of("name")),
            entry("null", Set.of()),
            entry("vds", Set.of("switchid", "portid", "portgroupid", "connectionid")));

    private final Findings findings;
    private final HostDeclarations host;
    private final GuestNetworks networks;
    private final UserTranslation users;

    ConnectionTranslation(Findings findings, HostDeclarations host, GuestNetworks networks) {
        this.findings = findings;
        this.host = host;
        this.networks = networks;
        this.users = new UserTranslation(findings);
    }

    /** Says what it is plugged into; what cannot be said is plugged into nothing, and reported. */
    void translate(Node nic, String name, Guest guest, Statement.Block out) {
        String type = nic.value("type").orElseThrow();
        Node source = nic.child("source").orElse(nic);
        nic.child("source").ifPresent(each -> checkSource(each, type, out));
        switch (type) {
            case "network" -> network(source, out);
            case "bridge" ->
                wanted(source, "bridge", out)
                        .ifPresent(bridge -> out.say(
                                source.from("bridge"),
                                "network " + Spelling.name(networks.onBridge(bridge, source.from("bridge")))));
            case "direct" -> direct(source, out);
            case "user" -> users.translate(nic, out);
            case "ethernet" -> ethernet(nic, out);
            case "hostdev" -> function(nic, source, guest.name() + "-" + name, out);
            case "vdpa" ->
                wanted(source, "dev", out)
                        .ifPresent(device -> out.say(source.from("dev"), "vdpa " + Spelling.text(device)));
            case "vhostuser" -> vhostUser(nic, source, out);
            case "mcast" -> socket(source, "dgram", "remote", out);
            case "client" -> socket(source, "stream", "", out);
            case "server" -> server(source, out);
            case "udp" -> udp(source, out);
            case "null" -> out.say(nic.from("type"), UNPLUGGED);
            default ->
                none(
                        nic.from("type"),
                        "it is of " + (type.equals("vds") ? "VMware" : "VirtualBox") + ", and QEMU has none",
                        "choose what it is to be plugged into",
                        out);
        }
    }

    /** Says which device of the host it is; one that is handed over and taken back is a pool of one. */
    void hostDevice(Node device, String name, Guest guest, Statement.Block out) {
        Node address = device.child("source")
                .flatMap(source -> source.child("address"))
                .orElseThrow();
        if (device.says("managed", "yes")) {
            pool(device, address, guest.name() + "-" + name, out);
        } else {
            out.say(address.from(), "pci " + DeviceAddress.pci(address));
        }
    }

    private void none(From what, String reason, String remedy, Statement.Block out) {
        findings.noEqual(out, what, reason, remedy);
        out.say(what, UNPLUGGED);
    }

    private Optional<String> wanted(Node source, String attribute, Statement.Block out) {
        Optional<String> value = source.value(attribute);
        if (value.isEmpty()) {
            none(
                    source.from(),
                    "it does not say what the NIC is plugged into",
                    "add `" + attribute + "` to `source`",
                    out);
        }
        return value;
    }

    private void checkSource(Node source, String type, Statement.Block out) {
        Set<String> said = SAID.get(type);
        for (var attribute : source.element().attributes()) {
            if (OF_RUNNING.contains(attribute.name()) && !said.contains(attribute.name())) {
                findings.note(
                        attribute.place(),
                        "`" + source.path() + "/@" + attribute.name()
                                + "` is what libvirt writes of a guest that runs, and does not read itself");
            } else if (!said.contains(attribute.name())) {
                useless(source.from(attribute.name()), type, out);
            }
        }
        for (Node child : source.children()) {
            if (!said.contains(child.element().local())) {
                useless(child.from(), type, out);
            }
        }
    }

    private void useless(From what, String type, Statement.Block out) {
        findings.noEqual(
                out,
                what,
                type.equals("ethernet")
                        ? "addresses and routes of the host's end of a tap are of a network here"
                        : "it says nothing for a NIC of the type `" + type + "`",
                type.equals("ethernet") ? "declare a network with them, and plug the NIC into it" : "remove it");
    }

    private void network(Node source, Statement.Block out) {
        wanted(source, "network", out).ifPresent(original -> {
            From what = source.from("network");
            String name = networks.named(original).orElseGet(() -> {
                findings.noEqual(
                        out,
                        what,
                        "what the network `" + original + "` is, none of the files says",
                        "import it with them: `virsh net-dumpxml " + original + "` prints it");
                return networks.unknown(original, what);
            });
            out.say(what, "network " + Spelling.name(name));
            source.value("portgroup")
                    .ifPresent(group ->
                            out.say(source.from("portgroup"), "portgroup " + Spelling.name(Spelling.declared(group))));
        });
    }

    private void direct(Node source, Statement.Block out) {
        String mode = source.value("mode").orElse(DEFAULT_MODE);
        if (!MODES.contains(mode)) {
            none(
                    source.from("mode"),
                    "there is no such mode of a macvtap",
                    "write one of " + String.join(", ", MODES),
                    out);
            return;
        }
        wanted(source, "dev", out)
                .ifPresent(link -> out.say(
                        source.from("dev"),
                        "network " + Spelling.name(networks.onLink(link, mode, source.from("dev")))));
    }

    private static void ethernet(Node nic, Statement.Block out) {
        Statement.Block block = out.open(nic.from("type"), "qemu-tap");
        nic.child("target")
                .ifPresent(target -> target.value("dev")
                        .filter(name -> target.says("managed", "no") || !name.matches("vnet[0-9]+"))
                        .ifPresent(name -> block.say(target.from("dev"), "name " + Spelling.text(name))));
        nic.child("script").ifPresent(script -> script(script, "script", block));
        nic.child("downscript").ifPresent(script -> script(script, "down-script", block));
    }

    /** libvirt has none where the text is empty. */
    private static void script(Node script, String word, Statement.Block out) {
        script.value("path")
                .filter(path -> !path.isEmpty())
                .ifPresent(path -> out.say(script.from("path"), word + " " + Spelling.text(path)));
    }

    /** A function whose address and VLAN its card is told, which is a pool of one. */
    private void function(Node nic, Node source, String name, Statement.Block out) {
        Optional<Node> address = source.child("address");
        if (address.filter(each -> each.says("type", "usb")).isPresent()) {
            Node usb = address.get();
            out.say(usb.from(), "usb " + DeviceAddress.number(usb, "bus") + "." + DeviceAddress.number(usb, "device"));
        } else if (source.child("vendor").isPresent() && source.child("product").isPresent()) {
            Node vendor = source.child("vendor").get();
            out.say(
                    vendor.from(),
                    "usb "
                            + "%04x:%04x"
                                    .formatted(
                                            DeviceAddress.number(vendor, "id"),
                                            DeviceAddress.number(
                                                    source.child("product").get(), "id")));
        } else if (address.isPresent()) {
            pool(nic, address.get(), name, out);
        } else {
            none(source.from(), "it does not say which device", "add `<address type='pci' …/>` to `source`", out);
        }
    }

    private void pool(Node nic, Node address, String name, Statement.Block out) {
        String pool = host.pool(name, address.from(), body -> {
            body.say(address.from(), "pci " + DeviceAddress.pci(address));
            new ForwardTranslation(findings, host).driver(nic, body);
            if (nic.says("managed", "yes")) {
                body.say(nic.from("managed"), "managed");
            }
        });
        out.say(address.from(), "pool " + Spelling.name(pool));
    }

    private void vhostUser(Node nic, Node source, Statement.Block out) {
        if (InterfaceTranslation.isPasst(nic)) {
            none(
                    nic.child("backend").orElseThrow().from("type"),
                    "passt is spoken to through a stream here, and not through the guest's memory",
                    "write the type `user`",
                    out);
            return;
        }
        wanted(source, "path", out).ifPresent(path -> {
            Statement.Block block = out.open(source.from("path"), "vhost-user " + Spelling.text(path));
            if (source.says("mode", "server")) {
                block.say(source.from("mode"), "server on");
            }
            source.child("reconnect")
                    .filter(reconnect -> reconnect.says("enabled", "yes"))
                    .ifPresent(reconnect -> reconnect
                            .value("timeout")
                            .ifPresentOrElse(
                                    time -> block.say(reconnect.from("timeout"), "reconnect " + time + "s"),
                                    () -> findings.noEqual(
                                            block,
                                            reconnect.from(),
                                            "it does not say after what time",
                                            "add `timeout`")));
        });
    }

    private void socket(Node source, String word, String end, Statement.Block out) {
        wanted(source, "address", out)
                .flatMap(address -> wanted(source, "port", out).map(port -> List.of(address, port)))
                .ifPresent(place -> {
                    String address = end.isEmpty() ? "address" : end;
                    String port = end.isEmpty() ? "port" : end + "-port";
                    out.open(source.from(), word)
                            .say(source.from("address"), address + " " + place.get(0))
                            .say(source.from("port"), port + " " + place.get(1));
                });
    }

    /** Where it does not say at which address, QEMU waits at all of the host's. */
    private void server(Node source, Statement.Block out) {
        wanted(source, "port", out)
                .ifPresent(port -> out.open(source.from(), "stream")
                        .say(source.from(), "server on")
                        .say(
                                source.from("address"),
                                "address " + source.value("address").orElse("0.0.0.0"))
                        .say(source.from("port"), "port " + port));
    }

    private void udp(Node source, Statement.Block out) {
        Optional<Node> local = source.child("local");
        if (local.isEmpty()) {
            none(source.from(), "it does not say where it listens", "add `<local address='…' port='…'/>`", out);
            return;
        }
        Node here = local.get();
        wanted(source, "address", out)
                .flatMap(address -> wanted(source, "port", out).map(port -> List.of(address, port)))
                .ifPresent(place -> out.open(source.from(), "dgram")
                        .say(
                                here.from("address"),
                                "local " + here.value("address").orElseThrow())
                        .say(
                                here.from("port"),
                                "local-port " + here.value("port").orElseThrow())
                        .say(source.from("address"), "remote " + place.get(0))
                        .say(source.from("port"), "remote-port " + place.get(1)));
    }
}
