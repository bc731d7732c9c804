// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.model;

import io.vnetc.dsl.value.LiteralException;
import io.vnetc.dsl.value.PciAddress;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A device of the host that a guest can be given. */
public sealed interface HostDevice {
    /** On the PCI bus. */
    record Pci(PciAddress address) implements HostDevice {
        @Override
        public String toString() {
            return address.toString();
        }
    }

    /**
     * On USB, by what it is.
     *
     * @param vendor 0 to 0xffff
     * @param product 0 to 0xffff
     */
    record UsbProduct(int vendor, int product) implements HostDevice {
        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%04x:%04x", vendor, product);
        }
    }

    /**
     * On USB, by the number that it got when it was plugged in.
     *
     * @param bus 1 to 999
     * @param address 1 to 127
     */
    record UsbAddress(int bus, int address) implements HostDevice {
        @Override
        public String toString() {
            return bus + "." + address;
        }
    }

    /**
     * On USB, by the socket that it is plugged into.
     *
     * @param bus 1 to 999
     * @param port the way there, through hubs: numbers with dots between them
     */
    record UsbPort(int bus, String port) implements HostDevice {
        @Override
        public String toString() {
            return bus + "-" + port;
        }
    }

    /** What a device on USB may be written as. */
    Pattern USB = Pattern.compile(
            "(?<vendor>[0-9a-fA-F]{4}):(?<product>[0-9a-fA-F]{4})"
                    + "|(?<bus>[1-9][0-9]{0,2})(?:\\.(?<address>[1-9][0-9]{0,2})|-(?<port>[1-9][0-9]?(?:\\.[1-9][0-9]?){0,5}))");

    /** The greatest address of USB 2.0, section 9.4.6. */
    int MOST_USB_ADDRESS = 127;

    /**
     * Reads what names a device on USB.
     *
     * @throws LiteralException when it is anything else
     */
    static HostDevice usb(String text) {
        Matcher parts = USB.matcher(text);
        if (parts.matches()) {
            if (parts.group("vendor") != null) {
                return new UsbProduct(
                        Integer.parseInt(parts.group("vendor"), 16), Integer.parseInt(parts.group("product"), 16));
            }
            int bus = Integer.parseInt(parts.group("bus"));
            if (parts.group("port") != null) {
                return new UsbPort(bus, parts.group("port"));
            }
            int address = Integer.parseInt(parts.group("address"));
            if (address <= MOST_USB_ADDRESS) {
                return new UsbAddress(bus, address);
            }
        }
        throw new LiteralException(
                "`" + text + "` is not a device on USB",
                "write VENDOR:PRODUCT as in 0bda:8153, BUS.ADDRESS as in 1.4 (both from `lsusb`), or BUS-PORT as in 1-2.1");
    }
}
