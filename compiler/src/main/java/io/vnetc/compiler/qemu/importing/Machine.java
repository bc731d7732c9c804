// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.qemu.importing;

import io.vnetc.compiler.model.CardModel;
import java.util.Map;
import java.util.Optional;

/**
 * What a machine decides about cards that are not told apart.
 *
 * @param program that QEMU was started by
 * @param type of {@code -machine}
 */
record Machine(Optional<String> program, Optional<String> type) {
    /** qdev_alias_table of QEMU's softmmu/qdev-monitor.c, and qemu_get_nic_models() of its net/net.c. */
    private static final Map<String, CardModel> ALIASES = Map.of(
            "e1000-82540em", CardModel.E1000,
            "virtio-net-pci-base", CardModel.VIRTIO,
            "usb", CardModel.USB_NET,
            "ne2k_isa", CardModel.NE2K_ISA);

    /** The card of a driver's name, or of one of its other names. */
    Optional<CardModel> card(String driver) {
        if (driver.equals("virtio-net") || driver.equals("virtio")) {
            return Optional.of(virtio());
        }
        return CardModel.ofDriver(driver).or(() -> Optional.ofNullable(ALIASES.get(driver)));
    }

    private CardModel virtio() {
        return program().filter(name -> name.endsWith("s390x")).isPresent() ? CardModel.VIRTIO_CCW : CardModel.VIRTIO;
    }

    /** The card of a machine that is given one without a model; empty where that is not known here. */
    Optional<CardModel> usualCard() {
        String architecture = program.map(name -> name.substring(name.lastIndexOf('/') + 1))
                .map(name -> name.startsWith("qemu-system-") ? name.substring("qemu-system-".length()) : "x86_64")
                .orElse("x86_64");
        String machine = type.orElse("");
        return switch (architecture) {
            case "x86_64", "i386" -> {
                if (machine.startsWith("microvm") || machine.equals("isapc") || machine.equals("none")) {
                    yield Optional.empty();
                }
                yield Optional.of(
                        machine.equals("q35") || machine.startsWith("pc-q35-") ? CardModel.E1000E : CardModel.E1000);
            }
            case "aarch64", "arm", "riscv64", "riscv32" ->
                machine.equals("virt") || machine.startsWith("virt-")
                        ? Optional.of(CardModel.VIRTIO)
                        : Optional.empty();
            case "s390x" -> Optional.of(CardModel.VIRTIO_CCW);
            case "ppc64" ->
                machine.isEmpty() || machine.startsWith("pseries")
                        ? Optional.of(CardModel.SPAPR_VLAN)
                        : Optional.empty();
            default -> Optional.empty();
        };
    }
}
