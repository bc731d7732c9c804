// SPDX-License-Identifier: Apache-2.0
package io.vnetc.dsl.value;

/** The two families of Internet addresses. */
public enum IpFamily {
    IPV4(32, "IPv4"),
    IPV6(128, "IPv6");

    private final int bits;
    private final String label;

    IpFamily(int bits, String label) {
        this.bits = bits;
        this.label = label;
    }

    /** Length of an address: 32 or 128. */
    public int bits() {
        return bits;
    }

    @Override
    public String toString() {
        return label;
    }
}
