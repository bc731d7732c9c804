// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.libvirt.exporting;

import io.vnetc.compiler.libvirt.xml.XmlElement;
import io.vnetc.compiler.model.Attachment;
import io.vnetc.compiler.model.CardModel;
import io.vnetc.compiler.model.HostDevice;
import io.vnetc.compiler.model.Nic;
import io.vnetc.compiler.model.PropertySet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a card is in its guest, and what is in its ROM. */
final class PlacementXml {
    private static final Pattern PCI_BUS = Pattern.compile("pcie?\\.([0-9]{1,3})");
    private static final Pattern USB_BUS = Pattern.compile("usb([0-9]{0,3})\\.0");
    private static final Pattern CHANNEL = Pattern.compile("([0-9a-f]{1,2})\\.([0-3])\\.([0-9a-f]{1,4})");

    private final Nic nic;
    private final PropertySet set;
    private final Unsayable unsayable;

    PlacementXml(Nic nic, Unsayable unsayable) {
        this.nic = nic;
        this.set = nic.card().properties();
        this.unsayable = unsayable;
    }

    /** @param said to which what these say is added */
    List<XmlElement> parts(Set<String> said) {
        List<XmlElement> parts = new ArrayList<>();
        said.addAll(List.of("boot-order", "rom-bar", "rom-file", "rom", "acpi-index"));
        set.number("boot-order").ifPresent(order -> {
            if (order == 0) {
                unsayable.report(nic.origin(), "the place 0 in the boot order, which begins with 1");
            } else {
                parts.add(XmlElement.of("boot").with("order", order));
            }
        });
        XmlElement rom = XmlElement.of("rom")
                .with("enabled", set.flag("rom").filter(has -> !has).map(none -> "no"))
                .with("bar", set.flag("rom-bar").map(mapped -> mapped ? "on" : "off"))
                .with("file", set.text("rom-file"));
        if (!rom.attributes().isEmpty()) {
            parts.add(rom);
        }
        set.number("acpi-index")
                .ifPresent(index -> parts.add(XmlElement.of("acpi").with("index", index)));
        address(said).ifPresent(parts::add);
        return parts;
    }

    private boolean isUsb() {
        return nic.attachment() instanceof Attachment.Passthrough given
                ? !(given.device() instanceof HostDevice.Pci)
                : nic.card().model().bus() == CardModel.Bus.USB;
    }

    private Optional<XmlElement> address(Set<String> said) {
        CardModel model = nic.card().model();
        if (isUsb()) {
            said.addAll(List.of("bus", "usb-port"));
            return usb();
        }
        return switch (model) {
            case VIRTIO_MMIO -> Optional.of(XmlElement.of("address").with("type", "virtio-mmio"));
            case VIRTIO_CCW -> {
                said.add("devno");
                yield channel();
            }
            case SPAPR_VLAN -> {
                said.add("reg");
                yield set.number("reg")
                        .map(place -> XmlElement.of("address")
                                .with("type", "spapr-vio")
                                .with("reg", "0x" + Long.toHexString(place)));
            }
            default -> {
                said.addAll(List.of("bus", "slot", "function", "multifunction"));
                yield pci();
            }
        };
    }

    /** libvirt numbers the buses, and calls them so for QEMU. */
    private Optional<XmlElement> pci() {
        Optional<Integer> bus = number(PCI_BUS);
        Optional<Long> slot = set.number("slot");
        if (slot.isEmpty()) {
            if (set.has("bus") || set.has("multifunction")) {
                unsayable.report(nic.origin(), "a PCI bus without a slot on it");
            }
            return Optional.empty();
        }
        return bus.map(number -> XmlElement.of("address")
                .with("type", "pci")
                .with("domain", "0x0000")
                .with("bus", "0x%02x".formatted(number))
                .with("slot", "0x%02x".formatted(slot.get()))
                .with("function", "0x%x".formatted(set.number("function").orElse(0L)))
                .with("multifunction", set.flag("multifunction").map(several -> several ? "on" : "off")));
    }

    private Optional<XmlElement> usb() {
        if (!set.has("bus") && !set.has("usb-port")) {
            return Optional.empty();
        }
        return number(USB_BUS)
                .map(bus -> XmlElement.of("address")
                        .with("type", "usb")
                        .with("bus", bus)
                        .with("port", set.text("usb-port")));
    }

    private Optional<XmlElement> channel() {
        return set.text("devno").flatMap(text -> {
            Matcher parts = CHANNEL.matcher(text);
            if (!parts.matches()) {
                unsayable.report(nic.origin(), "the channel " + text);
                return Optional.empty();
            }
            return Optional.of(XmlElement.of("address")
                    .with("type", "ccw")
                    .with("cssid", "0x" + parts.group(1))
                    .with("ssid", "0x" + parts.group(2))
                    .with("devno", "0x" + parts.group(3)));
        });
    }

    private Optional<Integer> number(Pattern form) {
        Optional<String> bus = set.text("bus");
        if (bus.isEmpty()) {
            return Optional.of(0);
        }
        Matcher parts = form.matcher(bus.get());
        if (!parts.matches()) {
            unsayable.report(nic.origin(), "a bus called " + bus.get());
            return Optional.empty();
        }
        return Optional.of(parts.group(1).isEmpty() ? 0 : Integer.parseInt(parts.group(1)));
    }
}
