// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.model;

import java.util.Arrays;
import java.util.Optional;

/** Which card a guest sees. */
public enum CardModel {
    VIRTIO("virtio", "virtio-net-pci", Bus.PCI),
    VIRTIO_TRANSITIONAL("virtio-transitional", "virtio-net-pci-transitional", Bus.PCI),
    VIRTIO_NON_TRANSITIONAL("virtio-non-transitional", "virtio-net-pci-non-transitional", Bus.PCI),
    VIRTIO_MMIO("virtio-mmio", "virtio-net-device", Bus.OTHER),
    VIRTIO_CCW("virtio-ccw", "virtio-net-ccw", Bus.OTHER),
    E1000("e1000", "e1000", Bus.PCI),
    E1000_82544GC("e1000-82544gc", "e1000-82544gc", Bus.PCI),
    E1000_82545EM("e1000-82545em", "e1000-82545em", Bus.PCI),
    E1000E("e1000e", "e1000e", Bus.PCI),
    I82550("i82550", "i82550", Bus.PCI),
    I82551("i82551", "i82551", Bus.PCI),
    I82557A("i82557a", "i82557a", Bus.PCI),
    I82557B("i82557b", "i82557b", Bus.PCI),
    I82557C("i82557c", "i82557c", Bus.PCI),
    I82558A("i82558a", "i82558a", Bus.PCI),
    I82558B("i82558b", "i82558b", Bus.PCI),
    I82559A("i82559a", "i82559a", Bus.PCI),
    I82559B("i82559b", "i82559b", Bus.PCI),
    I82559C("i82559c", "i82559c", Bus.PCI),
    I82559ER("i82559er", "i82559er", Bus.PCI),
    I82562("i82562", "i82562", Bus.PCI),
    I82801("i82801", "i82801", Bus.PCI),
    IGB("igb", "igb", Bus.PCI),
    NE2K_ISA("ne2k_isa", "ne2k_isa", Bus.OTHER),
    NE2K_PCI("ne2k_pci", "ne2k_pci", Bus.PCI),
    PCNET("pcnet", "pcnet", Bus.PCI),
    RTL8139("rtl8139", "rtl8139", Bus.PCI),
    SPAPR_VLAN("spapr-vlan", "spapr-vlan", Bus.OTHER),
    TULIP("tulip", "tulip", Bus.PCI),
    USB_NET("usb-net", "usb-net", Bus.USB),
    VMXNET3("vmxnet3", "vmxnet3", Bus.PCI);

    /** What a card is plugged into. */
    public enum Bus {
        PCI,
        USB,
        OTHER
    }

    private final String word;
    private final String driver;
    private final Bus bus;

    CardModel(String word, String driver, Bus bus) {
        this.word = word;
        this.driver = driver;
        this.bus = bus;
    }

    /** The language's word for it, which is libvirt's. */
    public String word() {
        return word;
    }

    /** QEMU's device. */
    public String driver() {
        return driver;
    }

    public Bus bus() {
        return bus;
    }

    /** Whether guest and host speak virtio through it. */
    public boolean isVirtio() {
        return driver.startsWith("virtio-net");
    }

    /** The model that the language has a word for. */
    public static Optional<CardModel> named(String word) {
        return Arrays.stream(values()).filter(model -> model.word.equals(word)).findFirst();
    }

    /** The model that QEMU has a device for. */
    public static Optional<CardModel> ofDriver(String driver) {
        return Arrays.stream(values())
                .filter(model -> model.driver.equals(driver))
                .findFirst();
    }
}
