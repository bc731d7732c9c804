// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.qemu;

import static io.vnetc.compiler.qemu.PropertyKind.choice;
import static io.vnetc.compiler.qemu.PropertyKind.flag;
import static io.vnetc.compiler.qemu.PropertyKind.number;
import static io.vnetc.compiler.qemu.PropertyKind.path;

import io.vnetc.compiler.dnsmasq.ValueType;
import io.vnetc.compiler.model.CardModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a card can be set to, by what it is. */
public final class CardProperties {
    /** Its place on a PCI bus: with the next one a single property of QEMU. */
    public static final String SLOT = "slot";

    /** Of several in one place. */
    public static final String FUNCTION = "function";

    /** Whether it has a ROM at all. */
    public static final String ROM = "rom";

    /** What is in it. */
    public static final String ROM_FILE = "rom-file";

    /** Whether its ROM is mapped; a number for QEMU. */
    public static final String ROM_BAR = "rom-bar";

    /** How many descriptors a ring has; VIRTIO_NET_RX_QUEUE_MIN_SIZE and VIRTQUEUE_MAX_SIZE of QEMU. */
    private static final int LEAST_RING = 256;

    private static final int MOST_RING = 1024;
    /** The table of MSI-X vectors has at most 2,048 (PCI 3.0, 6.8.2). */
    private static final int MOST_VECTORS = 2048;
    /** ONBOARD_INDEX_MAX of QEMU's hw/acpi/pci.h. */
    private static final int MOST_ACPI_INDEX = 16_383;

    private static final List<PropertyKind> ALL = List.of(number("boot-order", 0, Integer.MAX_VALUE, "bootindex"));

    private static final List<PropertyKind> PCI = List.of(
            PropertyKind.of("bus", ValueType.TEXT, "bus"),
            number(SLOT, 0, 31, "addr"),
            number(FUNCTION, 0, 7, "addr"),
            flag("multifunction", "multifunction"),
            number("acpi-index", 1, MOST_ACPI_INDEX, "acpi-index"),
            flag(ROM, "romfile"),
            flag(ROM_BAR, "rombar"),
            path(ROM_FILE, "romfile"));

    private static final List<PropertyKind> USB =
            List.of(PropertyKind.of("bus", ValueType.TEXT, "bus"), PropertyKind.of("usb-port", ValueType.TEXT, "port"));

    private static final List<PropertyKind> VIRTIO = List.of(
            ring("rx-queue-size", "rx_queue_size"),
            ring("tx-queue-size", "tx_queue_size"),
            choice("tx-mode", Set.of("bh", "timer"), "tx"),
            flag("event-idx", "event_idx"),
            flag("packed", "packed"),
            flag("iommu", "iommu_platform"),
            flag("mergeable-buffers", "mrg_rxbuf"),
            flag("rss", "rss"),
            flag("rss-hash-report", "hash"),
            flag("host-csum", "csum"),
            flag("host-gso", "gso"),
            flag("host-tso4", "host_tso4"),
            flag("host-tso6", "host_tso6"),
            flag("host-ecn", "host_ecn"),
            flag("host-ufo", "host_ufo"),
            flag("guest-csum", "guest_csum"),
            flag("guest-tso4", "guest_tso4"),
            flag("guest-tso6", "guest_tso6"),
            flag("guest-ecn", "guest_ecn"),
            flag("guest-ufo", "guest_ufo"),
            number("speed", 0, Integer.MAX_VALUE, "speed"),
            choice("duplex", Set.of("full", "half"), "duplex"));

    private static final List<PropertyKind> VIRTIO_PCI = List.of(
            number("vectors", 0, MOST_VECTORS, "vectors"),
            flag("ioeventfd", "ioeventfd"),
            flag("ats", "ats"),
            flag("page-per-vq", "page-per-vq"));

    /** Where a card is on a bus of its own kind. */
    private static final Map<CardModel, List<PropertyKind>> OTHER = Map.of(
            CardModel.VIRTIO_CCW, List.of(PropertyKind.of("devno", ValueType.TEXT, "devno")),
            CardModel.SPAPR_VLAN, List.of(number("reg", 0, Long.MAX_VALUE, "reg")));

    private CardProperties() {}

    /** What a card of a model can be set to. */
    public static List<PropertyKind> of(CardModel model) {
        List<PropertyKind> kinds = new ArrayList<>(ALL);
        switch (model.bus()) {
            case PCI -> kinds.addAll(PCI);
            case USB -> kinds.addAll(USB);
            case OTHER -> kinds.addAll(OTHER.getOrDefault(model, List.of()));
        }
        if (model.isVirtio()) {
            kinds.addAll(VIRTIO);
        }
        if (model.isVirtio() && model.bus() == CardModel.Bus.PCI) {
            kinds.addAll(VIRTIO_PCI);
        }
        return kinds;
    }

    /** What a device of the host on the PCI bus can be set to. */
    public static List<PropertyKind> ofPciDevice() {
        List<PropertyKind> kinds = new ArrayList<>(ALL);
        kinds.addAll(PCI);
        return kinds;
    }

    /** What a device of the host on USB can be set to. */
    public static List<PropertyKind> ofUsbDevice() {
        List<PropertyKind> kinds = new ArrayList<>(ALL);
        kinds.addAll(USB);
        return kinds;
    }

    private static PropertyKind ring(String name, String property) {
        return number(name, LEAST_RING, MOST_RING, size -> Long.bitCount(size) == 1, "a power of two", property);
    }
}
