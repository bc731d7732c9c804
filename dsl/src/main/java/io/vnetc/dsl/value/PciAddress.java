// SPDX-License-Identifier: Apache-2.0
package io.vnetc.dsl.value;

import java.util.Comparator;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a function of a PCI device is, as sysfs has it: {@code 0000:03:10.0}.
 *
 * @param domain 0 to 0xffffffff
 * @param bus 0 to 0xff
 * @param slot 0 to 0x1f
 * @param function 0 to 7
 */
public record PciAddress(long domain, int bus, int slot, int function) implements Comparable<PciAddress> {
    private static final Pattern FORM =
            Pattern.compile("(?:([0-9a-fA-F]{4,8}):)?([0-9a-fA-F]{2}):([01][0-9a-fA-F])\\.([0-7])");

    private static final Comparator<PciAddress> ORDER = Comparator.comparingLong(PciAddress::domain)
            .thenComparingInt(PciAddress::bus)
            .thenComparingInt(PciAddress::slot)
            .thenComparingInt(PciAddress::function);

    public PciAddress {
        if (domain < 0 || domain >>> 32 != 0 || bus >>> 8 != 0 || slot >>> 5 != 0 || function >>> 3 != 0) {
            throw new IllegalArgumentException(
                    "no PCI address: " + domain + ", " + bus + ", " + slot + ", " + function);
        }
    }

    /**
     * Reads it as lspci(8) writes it, the domain being 0 where it is left out.
     *
     * @throws LiteralException when it is anything else
     */
    public static PciAddress parse(String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            throw new LiteralException(
                    "`" + text
                            + "` is not a PCI address: it has a domain, a bus, a slot up to 1f and a function up to 7",
                    "as in 0000:03:10.0, from `lspci -D`");
        }
        return new PciAddress(
                parts.group(1) == null ? 0 : Long.parseLong(parts.group(1), 16),
                Integer.parseInt(parts.group(2), 16),
                Integer.parseInt(parts.group(3), 16),
                Integer.parseInt(parts.group(4)));
    }

    @Override
    public int compareTo(PciAddress other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%04x:%02x:%02x.%d", domain, bus, slot, function);
    }
}
