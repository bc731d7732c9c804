// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.libvirt.importing;

import java.util.Locale;

/** Places on buses, as libvirt writes them: {@code <address>}. */
final class DeviceAddress {
    private DeviceAddress() {}

    /** On the PCI bus. */
    static String pci(Node address) {
        return String.format(
                Locale.ROOT,
                "%04x:%02x:%02x.%x",
                number(address, "domain"),
                number(address, "bus"),
                number(address, "slot"),
                number(address, "function"));
    }

    /** As strtoul() does with base 0, which is what libvirt reads it with; a leading zero is octal to it. */
    static long number(Node address, String attribute) {
        String text = address.value(attribute).orElse("0");
        if (text.startsWith("0x")) {
            return Long.parseLong(text.substring(2), 16);
        }
        if (text.matches("0[0-7]+")) {
            return Long.parseLong(text, 8);
        }
        return Long.parseLong(text, text.matches("[0-9]+") ? 10 : 16);
    }
}
