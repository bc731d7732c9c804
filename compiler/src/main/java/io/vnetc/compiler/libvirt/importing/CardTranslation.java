// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.libvirt.importing;

import io.vnetc.compiler.libvirt.schema.DriverOption;
import io.vnetc.compiler.model.CardModel;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The card that the guest sees: {@code <model>}, {@code <driver>}, and where it is in the guest. */
final class CardTranslation {
    /** Those whose packets the host's kernel can move. */
    private static final Set<String> TAPS = Set.of("network", "bridge", "direct", "ethernet");

    /** Cards that are part of a board. */
    private static final Set<String> ON_BOARD = Set.of("lan9118", "smc91c111");

    /** What no card but virtio may be set to, to libvirt. */
    private static final Set<String> OF_VIRTIO = Set.of("iommu", "ats", "packed", "page_per_vq");

    private final Findings findings;

    CardTranslation(Findings findings) {
        this.findings = findings;
    }

    void translate(Node nic, Machine machine, boolean first, Statement.Block out) {
        if (nic.says("type", "hostdev")) {
            nic.child("model")
                    .ifPresent(model -> findings.note(
                            model.from("type").place(),
                            "`" + model.path() + "` says nothing: a device of the host is the card that it is"));
            ofHost(nic, machine, first, out);
            return;
        }
        Optional<CardModel> model = model(nic, machine, out);
        if (model.isEmpty()) {
            return;
        }
        boolean isPlain = model.get() == CardModel.VIRTIO;
        Statement.Block device = new Statement.Block(
                "device" + (isPlain ? "" : " " + model.get().word()),
                nic.child("model").map(each -> each.from("type")).orElse(nic.from()));
        nic.child("driver").ifPresent(driver -> driver(driver, nic, model.get().isVirtio(), device, out));
        placement(nic, machine, first, device);
        if (!isPlain || !device.isEmpty()) {
            out.add(device);
        }
    }

    /** Of a device of the host there is only where it is in the guest. */
    void ofHost(Node device, Machine machine, boolean first, Statement.Block out) {
        Statement.Block block = new Statement.Block("device", device.from());
        placement(device, machine, first, block);
        if (!block.isEmpty()) {
            out.add(block);
        }
    }

    /** libvirt's `virtio` is a card of its own on each bus that is no PCI. */
    private Optional<CardModel> model(Node nic, Machine machine, Statement.Block out) {
        Optional<Node> written = nic.child("model");
        String word = written.flatMap(model -> model.value("type")).orElseGet(machine::card);
        From from = written.map(model -> model.from("type")).orElseGet(nic::from);
        Optional<String> bus = nic.child("address").flatMap(address -> address.value("type"));
        if (word.equals("virtio")) {
            boolean isChannel = bus.map("ccw"::equals).orElseGet(machine::hasChannels);
            return Optional.of(
                    isChannel
                            ? CardModel.VIRTIO_CCW
                            : bus.filter("virtio-mmio"::equals).isPresent() ? CardModel.VIRTIO_MMIO : CardModel.VIRTIO);
        }
        Optional<CardModel> model = CardModel.named(word).or(() -> CardModel.ofDriver(word));
        if (model.isEmpty()) {
            findings.noEqual(
                    out,
                    from,
                    ON_BOARD.contains(word)
                            ? "the card " + word + " is part of its board, and nothing is plugged in"
                            : "QEMU has no card `" + word + "`",
                    "choose another, as virtio");
        }
        return model;
    }

    private void driver(Node driver, Node nic, boolean isVirtio, Statement.Block device, Statement.Block out) {
        if (!isVirtio) {
            ignored(driver, device);
            return;
        }
        driver.value("name").ifPresent(name -> {
            if (!TAPS.contains(nic.value("type").orElse(""))) {
                findings.note(
                        driver.from("name").place(),
                        "`" + driver.path() + "/@name` says nothing: the host's kernel moves packets of taps only");
            } else if (Set.of("qemu", "vhost").contains(name)) {
                out.say(driver.from("name"), name.equals("vhost") ? "vhost" : "vhost off");
            } else {
                findings.noEqual(out, driver.from("name"), "it is of a device of the host", "write `qemu` or `vhost`");
            }
        });
        if (driver.has("model")) {
            findings.noEqual(out, driver.from("model"), "it is of a device of the host", "remove it");
        }
        driver.value("queues").ifPresent(queues -> out.say(driver.from("queues"), "queues " + queues));
        driver.value("txmode")
                .ifPresent(mode -> device.say(
                        driver.from("txmode"), "tx-mode " + Spelling.text(mode.equals("timer") ? mode : "bh")));
        for (DriverOption option : DriverOption.ALL) {
            Optional<Node> owner = option.element().isEmpty() ? Optional.of(driver) : driver.child(option.element());
            owner.ifPresent(node -> node.value(option.attribute())
                    .ifPresent(value -> device.say(node.from(option.attribute()), option.property() + " " + value)));
        }
    }

    private void ignored(Node node, Statement.Block device) {
        for (var attribute : node.element().attributes()) {
            if (OF_VIRTIO.contains(attribute.name())) {
                findings.noEqual(
                        device,
                        node.from(attribute.name()),
                        "the card is no virtio, and libvirt refuses it as well",
                        "remove it, or write the model virtio");
            } else {
                findings.note(
                        attribute.place(),
                        "libvirt takes no notice of `" + node.path() + "/@" + attribute.name()
                                + "`: the card is no virtio");
            }
        }
        node.children().forEach(inner -> ignored(inner, device));
    }

    private void placement(Node nic, Machine machine, boolean first, Statement.Block device) {
        Optional<Node> boot = nic.child("boot");
        boot.ifPresent(order -> {
            device.say(order.from("order"), "boot-order " + order.value("order").orElseThrow());
            if (order.has("loadparm")) {
                findings.noEqual(device, order.from("loadparm"), "it is what a mainframe boots with", "remove it");
            }
        });
        if (first && boot.isEmpty()) {
            machine.networkBoot().ifPresent(order -> device.say(nic.from(), "boot-order " + order));
        }
        nic.child("rom").ifPresent(rom -> rom(rom, device));
        nic.child("acpi").ifPresent(acpi -> {
            acpi.value("index").ifPresent(index -> device.say(acpi.from("index"), "acpi-index " + index));
            if (acpi.has("nodeset")) {
                findings.noEqual(
                        device, acpi.from("nodeset"), "which memory it is near to is not said here", "remove it");
            }
        });
        nic.child("address").ifPresent(address -> address(address, machine, device));
    }

    private void rom(Node rom, Statement.Block device) {
        rom.value("bar").ifPresent(bar -> device.say(rom.from("bar"), "rom-bar " + bar));
        rom.value("file").ifPresent(file -> device.say(rom.from("file"), "rom-file " + Spelling.text(file)));
        if (rom.says("enabled", "no")) {
            device.say(rom.from("enabled"), "rom off");
        }
    }

    private void address(Node address, Machine machine, Statement.Block device) {
        switch (address.value("type").orElse("pci")) {
            case "pci" -> pci(address, machine, device);
            case "usb" -> {
                if (address.has("bus")) {
                    device.say(
                            address.from("bus"),
                            "bus " + Spelling.text(Machine.usbBus(DeviceAddress.number(address, "bus"))));
                }
                address.value("port")
                        .ifPresent(port -> device.say(address.from("port"), "usb-port " + Spelling.text(port)));
            }
            case "ccw" -> {
                if (address.has("devno")) {
                    device.say(address.from("devno"), "devno " + Spelling.text(channel(address)));
                }
            }
            case "spapr-vio" -> {
                if (address.has("reg")) {
                    device.say(address.from("reg"), "reg " + DeviceAddress.number(address, "reg"));
                }
            }
            case "virtio-mmio", "unassigned" -> {}
            default ->
                findings.noEqual(
                        device,
                        address.from("type"),
                        "a card is on the PCI bus, on USB, or a channel",
                        "write one of these, or remove it");
        }
    }

    private static String channel(Node address) {
        return String.format(
                Locale.ROOT,
                "%x.%x.%04x",
                DeviceAddress.number(address, "cssid"),
                DeviceAddress.number(address, "ssid"),
                DeviceAddress.number(address, "devno"));
    }

    /** Where nothing is said libvirt chooses a place, and here QEMU does. */
    private void pci(Node address, Machine machine, Statement.Block device) {
        if (DeviceAddress.number(address, "domain") != 0) {
            findings.noEqual(device, address.from("domain"), "a guest has one PCI domain", "write 0");
            return;
        }
        if (address.has("slot") || address.has("bus")) {
            device.say(
                    address.from("bus"), "bus " + Spelling.text(machine.pciBus(DeviceAddress.number(address, "bus"))));
            device.say(address.from("slot"), "slot " + DeviceAddress.number(address, "slot"));
        }
        long function = DeviceAddress.number(address, "function");
        if (function > 0) {
            device.say(address.from("function"), "function " + function);
        }
        address.value("multifunction")
                .ifPresent(several -> device.say(address.from("multifunction"), "multifunction " + several));
        for (Node inner : List.copyOf(address.children())) {
            findings.noEqual(device, inner.from(), "it is of a mainframe's PCI", "remove it");
        }
    }
}
